package org.witan.chain.cli;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.witan.chain.state.Entry;
import org.witan.chain.state.StatePath;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.membership.Member;

/** A value of the network state, in words. */
final class ShownValue {
    private static final int MAX_SHOWN = 1000;
    private static final String ENTRY = "entry";

    private ShownValue() {}

    static List<String> lines(StatePath path, byte[] value) {
        String kind = path.text().substring(0, Math.max(0, path.text().indexOf('/')));
        Optional<Entry> entry = entry(path, value);
        if (entry.isPresent()) {
            return List.of(
                    "version: %d, written at height %d"
                            .formatted(entry.get().version(), entry.get().height()),
                    "content: " + text(entry.get().content()));
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

    /** Owner and key of an entry's path; nothing for other paths. */
    static Map<String, Object> owner(StatePath path) {
        String[] parts = path.text().split("/", 3);
        Map<String, Object> fields = new LinkedHashMap<>();
        if (parts.length == 3 && parts[0].equals(ENTRY)) {
            fields.put("owner", parts[1]);
            fields.put("key", parts[2]);
        }
        return fields;
    }

    /** An entry for scripts: {@code content} only if it is text; nothing for other values. */
    static Map<String, Object> fields(StatePath path, byte[] value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        entry(path, value)
                .ifPresent(entry -> {
                    fields.put("version", entry.version());
                    fields.put("writtenHeight", entry.height());
                    utf8(entry.content()).ifPresent(text -> fields.put("content", text));
                    String encoded = Base64.getEncoder().encodeToString(entry.content());
                    fields.put("contentBase64", encoded);
                });
        return fields;
    }

    private static Optional<Entry> entry(StatePath path, byte[] value) {
        return path.text().startsWith(ENTRY + "/")
                        && Entry.CODEC.decode(value) instanceof Decoded.Ok<Entry>(var entry)
                ? Optional.of(entry)
                : Optional.empty();
    }

    private static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException noText) {
            return Optional.empty();
        }
    }

    /** As text where it is one without control characters, in hex where it is not. */
    private static String text(byte[] bytes) {
        String shown =
                utf8(bytes)
                        .filter(text -> text.chars().noneMatch(Character::isISOControl))
                        .orElseGet(() -> HexFormat.of().formatHex(bytes));
        return shown.length() > MAX_SHOWN
                ? shown.substring(0, MAX_SHOWN) + "… (" + bytes.length + " bytes)"
                : shown;
    }
}
