package org.witan.validator.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One line of a history, in the form of Jepsen's: a client begins an operation, or learns its end.
 *
 * @param index number of the line, from 0
 * @param time nanoseconds on the recorder's clock, which all lines share
 * @param process who: the number of a client, which is used no more after an {@code info}; or
 *     {@code nemesis} for whoever makes the faults
 * @param type what kind of line
 * @param f {@code write}, {@code cas}, {@code read}, or the name of a fault
 * @param said the rest
 */
public record Event(long index, long time, String process, Type type, String f, Said said) {
    /** Who makes the faults. */
    public static final String NEMESIS = "nemesis";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** The kinds of lines. */
    public enum Type {
        /** It is about to be sent. */
        INVOKE,
        /** It was done. */
        OK,
        /** It was certainly not done. */
        FAIL,
        /** Its end is not known, now or ever. Faults are told with this, too. */
        INFO
    }

    /** The line, without its end. */
    public String line() {
        ObjectNode line = MAPPER.createObjectNode();
        line.put("index", index).put("time", time);
        if (process.equals(NEMESIS)) {
            line.put("process", process);
        } else {
            line.put("process", Long.parseLong(process));
        }
        line.put("type", type.name().toLowerCase(Locale.ROOT)).put("f", f);
        text(line, "key", said.key());
        number(line, "value", said.value());
        number(line, "expected", said.expected());
        number(line, "version", said.version());
        text(line, "node", said.node());
        text(line, "tx", said.tx());
        said.pos().ifPresent(pos -> line.putArray("pos").add(pos.height()).add(pos.index()));
        text(line, "err", said.err());
        return line.toString();
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Event parse(String line) {
        JsonNode node;
        try {
            node = MAPPER.readTree(line);
        } catch (IOException noJson) {
            throw new UncheckedIOException("not a line of a history: " + line, noJson);
        }
        JsonNode pos = node.path("pos");
        Said said =
                new Said(
                        node.path("key").asText(""),
                        node.path("node").asText(""),
                        node.path("tx").asText(""),
                        number(node.path("value")),
                        number(node.path("expected")),
                        number(node.path("version")),
                        pos.isArray()
                                ? Optional.of(
                                        new Position(pos.path(0).asLong(), pos.path(1).asInt()))
                                : Optional.empty(),
                        node.path("err").asText(""));
        return new Event(
                node.path("index").asLong(-1),
                node.path("time").asLong(-1),
                node.path("process").asText(),
                Type.valueOf(node.path("type").asText().toUpperCase(Locale.ROOT)),
                node.path("f").asText(),
                said);
    }

    private static void text(ObjectNode line, String name, String value) {
        if (!value.isEmpty()) {
            line.put(name, value);
        }
    }

    private static void number(ObjectNode line, String name, OptionalLong value) {
        value.ifPresent(number -> line.put(name, number));
    }

    private static OptionalLong number(JsonNode node) {
        return node.isNumber() ? OptionalLong.of(node.asLong()) : OptionalLong.empty();
    }
}
