package org.witan.genesis.codec;

import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The one encoding of a type, in both directions.
 *
 * <p>A reader function takes its fields with {@link Reader} and may refuse a value with {@link
 * Reader#refuse}. It never sees the exception that this causes.
 *
 * @param <T> the type
 */
public final class Codec<T> {
    private final BiConsumer<T, Writer> writer;
    private final Function<Reader, T> reader;

    /** A codec from the two directions; they must be inverse to each other. */
    public Codec(BiConsumer<T, Writer> writer, Function<Reader, T> reader) {
        this.writer = writer;
        this.reader = reader;
    }

    /** The encoding of {@code value}, a fresh array. */
    public byte[] encode(T value) {
        Writer out = new Writer();
        writer.accept(value, out);
        return out.toBytes();
    }

    /** The value that all of {@code bytes} encode, or where and why they encode none. */
    public Decoded<T> decode(byte[] bytes) {
        Reader in = new Reader(bytes);
        try {
            T value = reader.apply(in);
            in.end();
            return new Decoded.Ok<>(value);
        } catch (Malformed bad) {
            return new Decoded.Bad<>(bad.offset(), bad.why());
        }
    }

    /** Appends the encoding of {@code value} as a part of a larger one. */
    public void write(T value, Writer out) {
        writer.accept(value, out);
    }

    /** Takes one value as a part of a larger one; only inside another codec's reader. */
    public T read(Reader in) {
        return reader.apply(in);
    }
}
