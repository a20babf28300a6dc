package org.witan.validator.link.handshake;

import java.util.LinkedHashMap;
import java.util.Map;
import org.witan.genesis.fuzz.Allocation;
import org.witan.genesis.fuzz.FuzzTarget;

/**
 * Two honest sides with somebody between them who plays the input: hands messages on, changes,
 * repeats, swaps or invents them, and lets time pass.
 *
 * <p>A side says at most two things and proves only a peer whose messages it got as they were sent;
 * nothing follows an end, and the end comes after five seconds at the latest.
 */
final class HandshakeMachineFuzzTest extends FuzzTarget {
    @Override
    protected void take(byte[] input) throws Exception {
        Allocation.bounded(input, () -> new Play(input).run());
    }

    private static byte[] seedOf(int... bytes) {
        byte[] seed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            seed[i] = (byte) bytes[i];
        }
        return seed;
    }

    @Override
    protected Map<String, byte[]> seeds() {
        Map<String, byte[]> seeds = new LinkedHashMap<>();
        seeds.put("honest", seedOf(0, 1, 2, 0, 3, 2));
        seeds.put("repeated", seedOf(0, 0, 1, 1, 2, 2));
        seeds.put("changed", seedOf(4, 0, 9, 1, 1, 5, 0, 2, 7));
        seeds.put("invented", seedOf(6, 3, 'W', 'L', 'H', 7, 2, 1, 2));
        seeds.put("late", seedOf(0, 8, 255, 8, 255, 8, 255, 1));
        return seeds;
    }
}
