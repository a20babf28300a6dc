package org.witan.genesis.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Reads a JSON document of which nothing is guessed.
 *
 * <p>Refused: text that is not UTF-8, a field that stands twice, {@code null}, numbers with a
 * fraction or an exponent or beyond 2^53 - 1, half surrogate pairs, anything behind the document,
 * more than 1 MiB, and more than 16 levels. A broken text ends the reading; everything else is
 * noted and reading goes on. Source: docs/protocol/genesis.md, G1.
 */
public final class StrictJson {
    /** Greatest size of a document. */
    public static final int MAX_BYTES = 1 << 20;

    /** Greatest depth of objects and arrays in each other. */
    public static final int MAX_DEPTH = 16;

    private static final long MAX_WHOLE = (1L << 53) - 1;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxDocumentLength(MAX_BYTES)
                                    .maxNestingDepth(MAX_DEPTH + 1)
                                    .maxNameLength(128)
                                    .maxNumberLength(40)
                                    .maxStringLength(1 << 16)
                                    .build())
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build();

    private final JsonParser parser;
    private final Problems problems;

    private StrictJson(JsonParser parser, Problems problems) {
        this.parser = parser;
        this.problems = problems;
    }

    /**
     * The object that {@code document} holds, empty if its text is broken; in both cases all that
     * is wrong so far stands in {@code problems}.
     */
    public static Optional<Value.Fields> read(byte[] document, Problems problems) {
        if (document.length > MAX_BYTES) {
            problems.add(Place.NONE, "", "the document has more than 1 MiB");
            return Optional.empty();
        }
        try (JsonParser parser = FACTORY.createParser(utf8(document))) {
            return new StrictJson(parser, problems).document();
        } catch (CharacterCodingException bad) {
            problems.add(Place.NONE, "", "the document is not UTF-8 text");
        } catch (JacksonException bad) {
            problems.add(place(bad.getLocation()), "", sentence(bad));
        } catch (IOException impossible) {
            throw new IllegalStateException("reading from memory failed", impossible);
        }
        return Optional.empty();
    }

    private Optional<Value.Fields> document() throws IOException {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            Place place = first == null ? new Place(1, 1) : here();
            problems.add(place, "", "the document is not a JSON object");
            return Optional.empty();
        }
        Value value = value("", 1);
        if (parser.nextToken() != null) {
            problems.add(here(), "", "something stands behind the end of the document");
        }
        return value instanceof Value.Fields fields ? Optional.of(fields) : Optional.empty();
    }

    private Value value(String path, int depth) throws IOException {
        Place place = here();
        return switch (parser.currentToken()) {
            case START_OBJECT -> fields(place, path, depth);
            case START_ARRAY -> items(place, path, depth);
            case VALUE_STRING -> text(place, path);
            case VALUE_NUMBER_INT -> whole(place, path);
            case VALUE_TRUE -> new Value.Truth(place, true);
            case VALUE_FALSE -> new Value.Truth(place, false);
            case VALUE_NULL -> refused(place, path, "null is not allowed, leave the field out");
            default -> refused(place, path, "a number with a fraction or an exponent");
        };
    }

    private Value fields(Place place, String path, int depth) throws IOException {
        SequencedMap<String, Value.Member> members = new LinkedHashMap<>();
        checkDepth(depth);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            Place namePlace = here();
            parser.nextToken();
            String inner = path.isEmpty() ? shown(name) : path + "." + shown(name);
            Value.Member member = new Value.Member(namePlace, value(inner, depth + 1));
            if (members.putIfAbsent(name, member) != null) {
                problems.add(namePlace, inner, "this field stands twice");
            }
        }
        return new Value.Fields(place, members);
    }

    private Value items(Place place, String path, int depth) throws IOException {
        List<Value> values = new ArrayList<>();
        checkDepth(depth);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(path + "[" + values.size() + "]", depth + 1));
        }
        return new Value.Items(place, values);
    }

    private Value text(Place place, String path) throws IOException {
        String text = parser.getText();
        return text.codePoints().anyMatch(c -> c >= 0xd800 && c <= 0xdfff)
                ? refused(place, path, "half of a surrogate pair")
                : new Value.Text(place, text);
    }

    private Value whole(Place place, String path) throws IOException {
        boolean fits = parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        return fits && Math.abs(parser.getLongValue()) <= MAX_WHOLE
                ? new Value.Whole(place, parser.getLongValue())
                : refused(place, path, "a number beyond 9007199254740991 (2^53 - 1)");
    }

    private Value refused(Place place, String path, String sentence) {
        problems.add(place, path, sentence);
        return new Value.Refused(place);
    }

    private void checkDepth(int depth) throws JsonParseException {
        if (depth > MAX_DEPTH) {
            throw new JsonParseException(parser, "more than 16 levels");
        }
    }

    private Place here() {
        return place(parser.currentTokenLocation());
    }

    private static Place place(JsonLocation location) {
        return location == null
                ? Place.NONE
                : new Place(location.getLineNr(), location.getColumnNr());
    }

    /** The library's first sentence; the rest names its own settings and classes. */
    private static String sentence(JacksonException bad) {
        String all = String.valueOf(bad.getOriginalMessage());
        int end = all.indexOf('\n') < 0 ? all.length() : all.indexOf('\n');
        // Of a limit that was passed it names its own method, behind the number.
        String first = all.substring(0, end).replaceFirst(", from `[^`]*`", "");
        String shown = first.substring(0, Math.min(first.length(), 100));
        return "not JSON: " + shown.replaceAll("[^\\x20-\\x7e]", "?");
    }

    private static String shown(String name) {
        return name.matches("[A-Za-z0-9]{1,40}") ? name : Problems.quote(name);
    }

    private static String utf8(byte[] document) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString();
    }
}
