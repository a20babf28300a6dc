package org.witan.genesis.fuzz;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Decoded;

/**
 * Formats of which each value has one encoding: the first byte of an input chooses the format, the
 * others are to be decoded.
 */
public abstract class FormatsTarget extends FuzzTarget {
    private static final int MAX_WHY = 600;

    private final Map<String, Codec<?>> formats = new LinkedHashMap<>();
    private final Map<String, byte[]> seeds = new LinkedHashMap<>();

    /** Adds a format with values that show its parts. */
    @SafeVarargs
    protected final <T> void format(String name, Codec<T> codec, T... examples) {
        int number = formats.size();
        formats.put(name, codec);
        for (int i = 0; i < examples.length; i++) {
            byte[] encoded = codec.encode(examples[i]);
            byte[] seed = new byte[encoded.length + 1];
            seed[0] = (byte) number;
            System.arraycopy(encoded, 0, seed, 1, encoded.length);
            seeds.put(name + (i == 0 ? "" : "-" + i), seed);
        }
    }

    /** What else must hold for a value that bytes of strangers may mean. */
    protected void accepted(Object value) {}

    @Override
    protected final void take(byte[] input) throws Exception {
        if (input.length > 0) {
            int number = (input[0] & 0xff) % formats.size();
            byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
            Codec<?> codec = formats.values().stream().skip(number).findFirst().orElseThrow();
            Allocation.bounded(bytes, () -> oneEncoding(codec, bytes));
        }
    }

    private <T> void oneEncoding(Codec<T> codec, byte[] bytes) {
        switch (codec.decode(bytes)) {
            case Decoded.Ok<T>(var value) -> {
                if (!Arrays.equals(codec.encode(value), bytes)) {
                    throw new AssertionError("another encoding of " + value);
                }
                accepted(value);
            }
            case Decoded.Bad<T>(var offset, var why) -> {
                if (offset < 0
                        || offset > bytes.length
                        || why.isEmpty()
                        || why.length() > MAX_WHY) {
                    throw new AssertionError("refused at byte " + offset + ": " + why);
                }
            }
        }
    }

    @Override
    protected final Map<String, byte[]> seeds() {
        return seeds;
    }
}
