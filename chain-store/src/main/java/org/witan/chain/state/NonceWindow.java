package org.witan.chain.state;

import java.util.Arrays;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Reader;
import org.witan.genesis.codec.Writer;

/**
 * Which nonces a sender has used: the highest one, and a bit for each of the 1024 up to it.
 *
 * <p>What lies below the window counts as used, so a transaction is executed at most once for ever,
 * without a list of all ids.
 *
 * <p>Wire v1: version u8, highest u63, bitmap behind a u8 length without zero bytes at its end; bit
 * {@code i % 8} of byte {@code i / 8} stands for {@code highest - i}. Golden: {@code
 * nonce-window.v1.hex}. Immutable.
 */
public final class NonceWindow {
    /** Nonces that the window spans. */
    public static final int SIZE = 1024;

    /** See the type. */
    public static final Codec<NonceWindow> CODEC =
            new Codec<>(NonceWindow::write, NonceWindow::read);

    /** No nonce was used; has no encoding, since nothing is recorded then. */
    public static final NonceWindow UNUSED = new NonceWindow(-1, new long[SIZE / Long.SIZE]);

    private final long highest;
    private final long[] bits;

    private NonceWindow(long highest, long[] bits) {
        this.highest = highest;
        this.bits = bits;
    }

    /** Highest nonce used, -1 if none was. */
    public long highest() {
        return highest;
    }

    /** Least nonce that could still be used. */
    public long lowest() {
        return Math.max(0, highest - SIZE + 1);
    }

    /** Whether this nonce was used or lies below the window. */
    public boolean hasUsed(long nonce) {
        if (nonce > highest) {
            return false;
        }
        long back = highest - nonce;
        return back >= SIZE || (bits[(int) (back >>> 6)] >>> (back & 63) & 1) == 1;
    }

    /** The window after the use of a nonce that {@link #hasUsed} says is free. */
    public NonceWindow use(long nonce) {
        long[] after = nonce > highest ? shifted(nonce - highest) : bits.clone();
        long top = Math.max(highest, nonce);
        long back = top - nonce;
        after[(int) (back >>> 6)] |= 1L << (back & 63);
        return new NonceWindow(top, after);
    }

    private long[] shifted(long by) {
        long[] after = new long[bits.length];
        if (by >= SIZE || highest < 0) {
            return after;
        }
        int words = (int) (by >>> 6);
        int rest = (int) (by & 63);
        for (int i = bits.length - 1; i >= words; i--) {
            after[i] = bits[i - words] << rest;
            if (rest > 0 && i > words) {
                after[i] |= bits[i - words - 1] >>> (64 - rest);
            }
        }
        return after;
    }

    private static void write(NonceWindow window, Writer out) {
        byte[] bytes = new byte[SIZE / 8];
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (window.bits[i >>> 3] >>> 8 * (i & 7));
            length = bytes[i] == 0 ? length : i + 1;
        }
        out.u8(1).u63(window.highest).bytes8(Arrays.copyOf(bytes, length));
    }

    private static NonceWindow read(Reader in) {
        in.version(1);
        long highest = in.u63();
        byte[] bytes = in.bytes8(SIZE / 8);
        if (bytes.length == 0 || bytes[bytes.length - 1] == 0 || (bytes[0] & 1) == 0) {
            throw in.refuse("a bitmap that is not minimal or without its first bit");
        }
        long[] bits = new long[SIZE / Long.SIZE];
        for (int i = 0; i < bytes.length; i++) {
            bits[i >>> 3] |= (bytes[i] & 0xffL) << 8 * (i & 7);
        }
        NonceWindow window = new NonceWindow(highest, bits);
        if (window.reachesBelowZero()) {
            throw in.refuse("a bit for a nonce below 0");
        }
        return window;
    }

    private boolean reachesBelowZero() {
        for (long back = highest + 1; back >= 0 && back < SIZE; back++) {
            if ((bits[(int) (back >>> 6)] >>> (back & 63) & 1) == 1) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NonceWindow window
                && highest == window.highest
                && Arrays.equals(bits, window.bits);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(highest) + 31 * Arrays.hashCode(bits);
    }

    @Override
    public String toString() {
        return "nonces up to " + highest;
    }
}
