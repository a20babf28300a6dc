package org.witan.genesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.assertj.core.api.Assertions;

/**
 * Compares with files under {@code src/test/resources}, beside the test's package; {@code
 * -Drewrite=true} writes them anew, to be looked at before they are committed.
 */
public final class Golden {
    private static final Path RESOURCES = Path.of("src/test/resources");

    private Golden() {}

    /** Bytes against a file of hex digits, 32 bytes per line. */
    public static void hex(Class<?> test, String name, byte[] actual) {
        StringBuilder lines = new StringBuilder();
        for (int at = 0; at < actual.length; at += 32) {
            int end = Math.min(at + 32, actual.length);
            lines.append(HexFormat.of().formatHex(actual, at, end)).append('\n');
        }
        text(test, name, lines.toString());
    }

    /** Text against a file. */
    public static void text(Class<?> test, String name, String actual) {
        Path file = file(test, name);
        try {
            if (Boolean.getBoolean("rewrite")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, actual);
            }
            Assertions.assertThat(actual).isEqualTo(Files.readString(file));
        } catch (IOException failed) {
            throw new UncheckedIOException("no golden file, see -Drewrite=true", failed);
        }
    }

    /** The bytes that a file of hex digits holds. */
    public static byte[] bytes(Class<?> test, String name) {
        try {
            String hex = Files.readString(file(test, name), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path file(Class<?> test, String name) {
        return RESOURCES.resolve(test.getPackageName().replace('.', '/')).resolve(name);
    }
}
