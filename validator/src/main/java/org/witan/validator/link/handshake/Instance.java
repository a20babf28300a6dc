package org.witan.validator.link.handshake;

import java.util.HexFormat;
import org.witan.genesis.codec.Codec;
import org.witan.validator.link.keys.Bytes;

/**
 * Which process of a node this is: its data directory, how often that started, and a number that
 * the process drew when it began.
 *
 * <p>Two live processes with one node id differ here even if one began with a copy of the other's
 * data directory, which is how a second one is noticed. Wire: 16 bytes, boot u31.
 *
 * @param high first eight bytes of the data directory's random name
 * @param process random number of the process
 * @param boot how often a process started on this data directory, from 0
 */
public record Instance(long high, long process, int boot) {
    /** Length of a data directory's random name. */
    public static final int NAME_BYTES = 16;

    /** 16 bytes, u31. */
    public static final Codec<Instance> CODEC =
            new Codec<>(
                    (instance, out) -> {
                        Bytes.u64(instance.high, out);
                        Bytes.u64(instance.process, out);
                        out.u31(instance.boot);
                    },
                    in -> new Instance(Bytes.u64(in), Bytes.u64(in), in.u31()));

    /**
     * The instance of a process that begins.
     *
     * @param name of its data directory
     * @param process drawn by the process, of which there is no copy
     * @throws IllegalArgumentException unless {@code name} has 16 bytes
     */
    public static Instance of(byte[] name, long process, int boot) {
        if (name.length != NAME_BYTES) {
            throw new IllegalArgumentException("an instance name has 16 bytes");
        }
        return new Instance(Bytes.longAt(name, 0), process, boot);
    }

    /** Eight hex digits of the name and the boot number, for people. */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high).substring(0, 8) + "/" + boot;
    }
}
