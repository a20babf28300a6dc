package org.witan.validator.cli.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of a node's answer, read leniently: a field that is missing or of another kind is
 * empty, and fields that this version does not know are kept.
 *
 * @param values the fields in their order: text, Long, Double, Boolean, List, Map or null
 */
public record Fields(Map<String, @Nullable Object> values) {
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(32).build())
                    .build();

    /**
     * The object that {@code json} holds.
     *
     * @throws IOException if it is none
     */
    public static Fields parse(byte[] json) throws IOException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            parser.nextToken();
            if (value(parser) instanceof Map<?, ?> map && parser.nextToken() == null) {
                return of(map);
            }
            throw new IOException("the answer is not a JSON object");
        }
    }

    private static Fields of(Map<?, ?> map) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        map.forEach((name, value) -> values.put(String.valueOf(name), value));
        return new Fields(values);
    }

    /** A text, or a number or truth value as text. */
    public Optional<String> text(String name) {
        Object value = values.get(name);
        boolean plain = value instanceof String || value instanceof Number;
        return plain || value instanceof Boolean
                ? Optional.of(String.valueOf(value))
                : Optional.empty();
    }

    /** A text, or a dash where there is none. */
    public String shown(String name) {
        return text(name).orElse("-");
    }

    /** A whole number. */
    public Optional<Long> number(String name) {
        return values.get(name) instanceof Number n ? Optional.of(n.longValue()) : Optional.empty();
    }

    /** A number with a fraction. */
    public Optional<Double> fraction(String name) {
        return values.get(name) instanceof Number n
                ? Optional.of(n.doubleValue())
                : Optional.empty();
    }

    /** Whether a truth value is there and true. */
    public boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    /** An object within this one; one without fields where there is none. */
    public Fields inner(String name) {
        return values.get(name) instanceof Map<?, ?> map ? of(map) : new Fields(Map.of());
    }

    /** The objects of a list; none where there is no list. */
    public List<Fields> list(String name) {
        List<Fields> objects = new ArrayList<>();
        if (values.get(name) instanceof List<?> items) {
            for (Object item : items) {
                if (item instanceof Map<?, ?> map) {
                    objects.add(of(map));
                }
            }
        }
        return objects;
    }

    /** The texts and numbers of a list, as texts; none where there is no list. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        if (values.get(name) instanceof List<?> items) {
            for (Object item : items) {
                if (item instanceof String || item instanceof Number) {
                    texts.add(String.valueOf(item));
                }
            }
        }
        return texts;
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new IOException("the answer is not JSON");
        }
        return switch (token) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    map.put(name, value(parser));
                }
                yield map;
            }
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }
}
