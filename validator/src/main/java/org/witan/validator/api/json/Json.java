package org.witan.validator.api.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.witan.validator.api.NodeSnapshot;
import org.witan.validator.api.Problem;

/** Reads and writes the JSON of the HTTP API, within limits that a stranger cannot stretch. */
public final class Json {
    /** Media type of all bodies but problems. */
    public static final String MEDIA_TYPE = "application/json";

    /** Longest string that is read, in characters. */
    public static final int MAX_STRING = 64 << 10;

    private static final int MAX_DEPTH = 32;
    private static final int MAX_NAME = 128;
    private static final int MAX_NUMBER = 40;
    private static final int MAX_DOCUMENT = 256 << 10;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxStringLength(MAX_STRING)
                                                    .maxNameLength(MAX_NAME)
                                                    .maxNumberLength(MAX_NUMBER)
                                                    .maxDocumentLength(MAX_DOCUMENT)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private Json() {}

    /** A body that begins with the network and the height that it speaks of. */
    public static ObjectNode body(String network, long height) {
        return MAPPER.createObjectNode().put("network", network).put("height", height);
    }

    /** A body of the network and the height of a snapshot. */
    public static ObjectNode body(NodeSnapshot node) {
        return body(node.identity().networkId().toString(), node.tip().height());
    }

    /** The body of a problem, in the form of RFC 9457. */
    public static ObjectNode problem(Problem problem, NodeSnapshot node) {
        return MAPPER.createObjectNode()
                .put("type", problem.type())
                .put("title", problem.what())
                .put("status", problem.status())
                .put("detail", problem.why())
                .put("code", problem.code())
                .put("fix", problem.fix())
                .put("network", node.identity().networkId().toString())
                .put("height", node.tip().height());
    }

    /** The text of a body in UTF-8, ended by a newline. */
    public static byte[] bytes(JsonNode body) {
        try {
            return (MAPPER.writeValueAsString(body) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree can be written", impossible);
        }
    }

    /**
     * Reads one JSON object of a stranger: depth 32, strings 64 KiB, names 128, numbers 40
     * characters, no name twice, nothing behind it, in UTF-8 and in nothing that looks like another
     * encoding of it.
     *
     * @return the object, or empty for anything else
     */
    public static Optional<ObjectNode> readObject(byte[] utf8) {
        try {
            // Given bytes, the parser would guess UTF-16 and UTF-32 as well.
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
            return MAPPER.readTree(text) instanceof ObjectNode object
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (IOException bad) {
            return Optional.empty();
        }
    }

    /** Puts a moment as ISO 8601 in UTC, or null where there is none. */
    static void moment(ObjectNode object, String name, OptionalLong atMillis) {
        if (atMillis.isPresent()) {
            moment(object, name, atMillis.getAsLong());
        } else {
            object.putNull(name);
        }
    }

    static void moment(ObjectNode object, String name, long atMillis) {
        object.put(name, Instant.ofEpochMilli(atMillis).toString());
    }

    static void number(ObjectNode object, String name, OptionalLong value) {
        if (value.isPresent()) {
            object.put(name, value.getAsLong());
        } else {
            object.putNull(name);
        }
    }

    /** Puts texts, numbers, truth values, lists and maps of these by their names. */
    static void put(ObjectNode object, Map<String, Object> values) {
        values.forEach((name, value) -> object.set(name, MAPPER.valueToTree(value)));
    }

    static void texts(ObjectNode object, String name, Collection<?> values) {
        ArrayNode array = object.putArray(name);
        values.forEach(value -> array.add(value.toString()));
    }
}
