package org.witan.chain.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Decoded;

/**
 * Compares encodings with the hex files in the repository, which hold a format still: one line of
 * 64 digits for each 32 bytes. {@code -Drewrite=true} writes them anew.
 */
public final class Golden {
    private static final int LINE = 64;

    private Golden() {}

    /**
     * The encoding is the one in the file, and decodes to the value.
     *
     * @param of the class whose package's resources hold the file
     */
    public static <T> void check(Class<?> of, String name, Codec<T> codec, T value) {
        byte[] bytes = codec.encode(value);
        Path file =
                Path.of(
                        System.getProperty("witan.root", ".."),
                        "chain-store/src/test/resources",
                        of.getPackageName().replace('.', '/'),
                        name + ".hex");
        try {
            if (Boolean.getBoolean("rewrite")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, lines(bytes));
            }
            assertThat(lines(bytes)).as("%s", file).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(codec.decode(bytes)).isInstanceOf(Decoded.Ok.class);
        assertThat(codec.encode(codec.decode(bytes).orThrow())).isEqualTo(bytes);
        survives(codec, bytes);
    }

    /**
     * Every cut, every added byte and every changed byte gives a value with exactly these bytes or
     * a refusal, and never an exception.
     */
    public static <T> void survives(Codec<T> codec, byte[] bytes) {
        for (int length = 0; length < bytes.length; length++) {
            assertThat(codec.decode(java.util.Arrays.copyOf(bytes, length)))
                    .as("cut to %d", length)
                    .isInstanceOf(Decoded.Bad.class);
        }
        assertThat(codec.decode(java.util.Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(Decoded.Bad.class);
        byte[] changed = bytes.clone();
        for (int i = 0; i < bytes.length; i++) {
            for (int flip : new int[] {0x01, 0x80, 0xff}) {
                changed[i] = (byte) (bytes[i] ^ flip);
                if (codec.decode(changed) instanceof Decoded.Ok<T>(var value)) {
                    assertThat(codec.encode(value)).as("byte %d ^ %x", i, flip).isEqualTo(changed);
                }
            }
            changed[i] = bytes[i];
        }
    }

    private static String lines(byte[] bytes) {
        String hex = HexFormat.of().formatHex(bytes);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < hex.length(); i += LINE) {
            lines.append(hex, i, Math.min(hex.length(), i + LINE)).append('\n');
        }
        return lines.toString();
    }
}
