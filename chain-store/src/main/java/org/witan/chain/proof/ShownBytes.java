package org.witan.chain.proof;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Decoded;

/**
 * Rule P3: a file is a value's bytes, or JSON for people that holds them in hex as its last field.
 * What is shown is made anew and compared, so that one value has one JSON, to the byte.
 *
 * @param field name of the last field
 * @param codec of the value
 * @param json makes the JSON form of a value
 */
record ShownBytes<T>(String field, Codec<T> codec, Function<T, byte[]> json) {
    private static final String END = "\"\n}\n";

    /** Reads either form; a text begins with a brace, the bytes with a version. */
    Decoded<T> read(byte[] file) {
        if (file.length == 0 || file[0] != '{') {
            return codec.decode(file);
        }
        Optional<byte[]> binary = inside(new String(file, StandardCharsets.UTF_8));
        if (binary.isEmpty()) {
            return new Decoded.Bad<>(0, "there is no " + field + " at its end");
        }
        Decoded<T> decoded = codec.decode(binary.get());
        if (!(decoded instanceof Decoded.Ok<T>(var value))) {
            return decoded;
        }
        int difference = Arrays.mismatch(json.apply(value), file);
        return difference < 0
                ? decoded
                : new Decoded.Bad<>(difference, "what is shown is not what the " + field + " says");
    }

    private Optional<byte[]> inside(String text) {
        String before = "\"" + field + "\": \"";
        int start = text.lastIndexOf(before);
        if (start < 0
                || !text.endsWith(END)
                || start + before.length() > text.length() - END.length()) {
            return Optional.empty();
        }
        String hex = text.substring(start + before.length(), text.length() - END.length());
        try {
            return Optional.of(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException noHex) {
            return Optional.empty();
        }
    }
}
