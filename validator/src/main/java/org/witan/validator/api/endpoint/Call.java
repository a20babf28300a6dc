package org.witan.validator.api.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * One request as an endpoint sees it.
 *
 * @param path values of the path's names
 * @param query values of the query, each name at most once, all known to the route
 * @param body what the caller sends
 */
public record Call(Map<String, String> path, Map<String, String> query, Body body) {
    private static final String BAD_QUERY = "BAD_QUERY";

    /**
     * What a caller sends, not read yet.
     *
     * @param mediaType the header {@code Content-Type} without parameters, empty if there is none
     * @param lengthBytes the header {@code Content-Length}, 0 if there is none
     * @param stream the bytes
     * @param received is told when all of them are read
     */
    public record Body(String mediaType, long lengthBytes, InputStream stream, Runnable received) {
        /**
         * Reads all of it; the caller has checked the length.
         *
         * @throws Refused if the caller stops sending
         */
        byte[] read() {
            try {
                byte[] bytes = stream.readNBytes(Math.toIntExact(lengthBytes));
                received.run();
                return bytes;
            } catch (IOException cut) {
                throw new Refused(
                        400,
                        "BODY_CUT",
                        "the body ended early",
                        "fewer bytes came than Content-Length says",
                        "send it again");
            }
        }
    }

    /**
     * Reads a query.
     *
     * @throws Refused for malformed escapes, a name twice, or a name that the route does not know
     */
    public static Map<String, String> parseQuery(String raw, Set<String> known) {
        Map<String, String> values = new LinkedHashMap<>();
        if (raw.isEmpty()) {
            return values;
        }
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String text = equals < 0 ? "" : pair.substring(equals + 1);
            if (!known.contains(name)) {
                throw badQuery(
                        "an unknown name stands in the query",
                        known.isEmpty()
                                ? "this path takes no query"
                                : "known are " + String.join(", ", new TreeSet<>(known)));
            }
            Optional<String> value = Percent.decode(text.replace('+', ' '));
            if (value.isEmpty() || values.put(name, value.get()) != null) {
                throw badQuery(
                        "a value cannot be read", name + " is malformed or stands there twice");
            }
        }
        return values;
    }

    /** A value of the query. */
    Optional<String> text(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** A value of the path. */
    String segment(String name) {
        return path.getOrDefault(name, "");
    }

    /**
     * A number of the query from {@code least} to {@code most}.
     *
     * @throws Refused if there is something else
     */
    OptionalLong number(String name, long least, long most) {
        String text = query.get(name);
        if (text == null) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                parse(text, least, most)
                        .orElseThrow(() ->
                                badQuery(
                                        "a number is out of its range",
                                        name + " goes from " + least + " to " + most)));
    }

    /**
     * A truth value of the query, false if it is not there.
     *
     * @throws Refused if it is neither {@code true} nor {@code false}
     */
    boolean flag(String name) {
        return switch (query.getOrDefault(name, "false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw badQuery("a truth value cannot be read", name + " is true or false");
        };
    }

    /** The number that a text is in decimal digits, if it lies in the range. */
    public static OptionalLong parse(String text, long least, long most) {
        if (!text.matches("[0-9]{1,19}")) {
            return OptionalLong.empty();
        }
        try {
            long value = Long.parseLong(text);
            return value < least || value > most ? OptionalLong.empty() : OptionalLong.of(value);
        } catch (NumberFormatException tooLarge) {
            return OptionalLong.empty();
        }
    }

    static Refused badQuery(String what, String why) {
        return new Refused(400, BAD_QUERY, what, why, "see GET /openapi.json");
    }
}
