package org.witan.validator.api.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.witan.chain.state.Entry;
import org.witan.genesis.membership.NodeId;

/** Participants' entries: {@code /v1/entries}. */
public final class EntryBodies {
    private EntryBodies() {}

    /**
     * Adds one entry; {@code value} is null where the bytes are no UTF-8.
     *
     * @param withValue whether the content is added
     */
    public static void entry(
            ObjectNode body, NodeId owner, String key, Entry entry, boolean withValue) {
        body.put("owner", owner.value());
        body.put("key", key);
        body.put("version", entry.version());
        body.put("writtenHeight", entry.height());
        body.put("sizeBytes", entry.content().length);
        if (withValue) {
            body.put("value", text(entry.content()).orElse(null));
            body.put("valueBase64", Base64.getEncoder().encodeToString(entry.content()));
        }
    }

    /** Says that there is no entry; only a proof of that makes it worth saying. */
    public static void absent(ObjectNode body, NodeId owner, String key) {
        body.put("owner", owner.value());
        body.put("key", key);
        body.put("version", 0);
        body.putNull("writtenHeight");
        body.put("sizeBytes", 0);
        body.putNull("value");
        body.putNull("valueBase64");
    }

    /** Adds a proof bundle in its binary form. */
    public static void proof(ObjectNode body, byte[] bundle) {
        body.put("proof", Base64.getEncoder().encodeToString(bundle));
    }

    private static Optional<String> text(byte[] content) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(content))
                            .toString());
        } catch (CharacterCodingException binary) {
            return Optional.empty();
        }
    }
}
