package org.witan.genesis.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.Optional;

/** Cuts one field out of a larger JSON text, whose other fields may hold anything. */
public final class Excerpt {
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxDocumentLength(2L * StrictJson.MAX_BYTES)
                                    .maxNestingDepth(2 * StrictJson.MAX_DEPTH)
                                    .maxNameLength(128)
                                    .maxNumberLength(40)
                                    .maxStringLength(1 << 16)
                                    .build())
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build();

    private Excerpt() {}

    /**
     * The text of the object in field {@code name} of the outermost object; empty if there is none
     * or the text is no JSON up to there.
     */
    public static Optional<String> field(String text, String name) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals(name);
                JsonToken value = parser.nextToken();
                long start = parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                if (wanted && value == JsonToken.START_OBJECT) {
                    long end = parser.currentLocation().getCharOffset();
                    return Optional.of(text.substring((int) start, (int) end));
                }
            }
        } catch (JacksonException notJson) {
            return Optional.empty();
        } catch (IOException impossible) {
            throw new IllegalStateException("reading from memory failed", impossible);
        }
        return Optional.empty();
    }
}
