package org.witan.chain.cli;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.witan.chain.state.Entry;
import org.witan.chain.state.StatePath;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.membership.Member;

/** A value of the network state, in words. */
final class ShownValue {
    private static final int MAX_SHOWN = 1000;

    private ShownValue() {}

    static List<String> lines(StatePath path, byte[] value) {
        String kind = path.text().substring(0, Math.max(0, path.text().indexOf('/')));
        if (kind.equals("entry") && Entry.CODEC.decode(value) instanceof Decoded.Ok<Entry>(var e)) {
            return List.of(
                    "version: " + e.version() + ", written at height " + e.height(),
                    "content: " + text(e.content()));
        }
        if (kind.equals("member")
                && Member.CODEC.decode(value) instanceof Decoded.Ok<Member>(var member)) {
            return List.of(
                    "member: %s of %s, %s, %s"
                            .formatted(
                                    member.id(),
                                    member.organisation(),
                                    member.role(),
                                    member.status()),
                    "key " + member.keyNumber() + ": " + member.key());
        }
        return List.of("value: " + text(value));
    }

    /** As text where it is one without control characters, in hex where it is not. */
    private static String text(byte[] bytes) {
        String shown;
        try {
            shown = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            if (shown.chars().anyMatch(Character::isISOControl)) {
                shown = HexFormat.of().formatHex(bytes);
            }
        } catch (CharacterCodingException noText) {
            shown = HexFormat.of().formatHex(bytes);
        }
        return shown.length() > MAX_SHOWN
                ? shown.substring(0, MAX_SHOWN) + "… (" + bytes.length + " bytes)"
                : shown;
    }
}
