package org.witan.validator.link.handshake;

import java.util.HexFormat;
import org.witan.genesis.codec.Codec;
import org.witan.validator.link.keys.Bytes;

/**
 * Which copy of a node this is: the random name of its data directory and how often it started.
 *
 * <p>Two live processes with one node id always differ here, which is how a second copy is noticed.
 * Wire: 16 bytes, boot u31.
 *
 * @param high first eight bytes of the data directory's random name
 * @param low its last eight bytes
 * @param boot how often a process started on this data directory, from 0
 */
public record Instance(long high, long low, int boot) {
    /** Length of a data directory's random name. */
    public static final int NAME_BYTES = 16;

    /** 16 bytes, u31. */
    public static final Codec<Instance> CODEC =
            new Codec<>(
                    (instance, out) -> {
                        Bytes.u64(instance.high, out);
                        Bytes.u64(instance.low, out);
                        out.u31(instance.boot);
                    },
                    in -> new Instance(Bytes.u64(in), Bytes.u64(in), in.u31()));

    /**
     * An instance of a data directory's name.
     *
     * @throws IllegalArgumentException unless {@code name} has 16 bytes
     */
    public static Instance of(byte[] name, int boot) {
        if (name.length != NAME_BYTES) {
            throw new IllegalArgumentException("an instance name has 16 bytes");
        }
        return new Instance(Bytes.longAt(name, 0), Bytes.longAt(name, 8), boot);
    }

    /** Eight hex digits of the name and the boot number, for people. */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high).substring(0, 8) + "/" + boot;
    }
}
