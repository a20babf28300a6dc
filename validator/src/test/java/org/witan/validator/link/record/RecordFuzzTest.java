package org.witan.validator.link.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.witan.genesis.fuzz.Allocation;
import org.witan.genesis.fuzz.FuzzTarget;
import org.witan.validator.link.keys.Suite;

/**
 * Records between two honest ends with somebody in the middle, and pieces of messages from a peer
 * that is none: the input says which records are sent, repeated, swapped, changed or invented.
 *
 * <p>What opens was sealed, in that order; nothing opens after the first that did not. Messages
 * never exceed the limit of their stream, and hold no more bytes than came.
 */
final class RecordFuzzTest extends FuzzTarget {
    private static final int LIMIT = 5_000;
    private static final int MAX_RECORDS = 40;

    @Override
    protected void take(byte[] input) throws Exception {
        Allocation.bounded(input, () -> records(input));
        Allocation.bounded(input, () -> pieces(input));
    }

    private static void records(byte[] script) {
        Sealer sealer = new Sealer(RecordTest.keys(Suite.AES_256_GCM), 0);
        Opener opener = new Opener(RecordTest.keys(Suite.AES_256_GCM));
        List<byte[]> sealed = new ArrayList<>();
        boolean broken = false;
        int opened = 0;
        for (int at = 0; at + 1 < script.length && at < 2 * MAX_RECORDS; at += 2) {
            int argument = script[at + 1] & 0xff;
            byte[] frame =
                    sealer.number() == 0 || script[at] % 4 == 0 ? seal(sealer, argument) : null;
            if (frame != null) {
                sealed.add(frame);
            }
            byte[] next = sealed.get(Math.min(opened, sealed.size() - 1));
            byte[] handed =
                    switch (script[at] & 3) {
                        case 1 -> sealed.get(argument % sealed.size());
                        case 2 -> changed(next, argument);
                        case 3 ->
                                Arrays.copyOfRange(
                                        script, at, Math.min(script.length, at + argument));
                        default -> next;
                    };
            boolean right = opened < sealed.size() && Arrays.equals(handed, sealed.get(opened));
            boolean opens = opener.open(handed).isPresent();
            if (opens != (right && !broken)) {
                throw new AssertionError(
                        "record " + opened + (opens ? " opened" : " did not open"));
            }
            opened += opens ? 1 : 0;
            broken |= !opens;
        }
    }

    private static byte[] seal(Sealer sealer, int argument) {
        return argument % 16 == 0
                ? sealer.update(0)
                : sealer.seal(RecordType.DATA, new byte[argument * 7]);
    }

    private static byte[] changed(byte[] frame, int argument) {
        byte[] other = frame.clone();
        other[argument % other.length] ^= (byte) (1 + argument);
        return other;
    }

    private static void pieces(byte[] input) {
        Assembler assembler = new Assembler(LIMIT, 3, LIMIT);
        int[] bytes = new int[1];
        Assembler.Sink sink =
                (stream, message) -> {
                    if (message.length > (stream == 1 ? 3 : LIMIT)) {
                        throw new AssertionError("a message over its limit");
                    }
                    bytes[0] += message.length;
                };
        int half = input.length / 2;
        boolean went =
                assembler.take(Arrays.copyOf(input, half), sink)
                        && assembler.take(Arrays.copyOfRange(input, half, input.length), sink);
        if (bytes[0] > input.length || went && input.length > 0 && input.length < 4) {
            throw new AssertionError("more came out than went in");
        }
    }

    @Override
    protected Map<String, byte[]> seeds() {
        Map<String, byte[]> seeds = new LinkedHashMap<>();
        seeds.put("in-order", new byte[] {0, 1, 0, 16, 0, 3, 0, 4});
        seeds.put("repeated", new byte[] {0, 1, 0, 2, 1, 0});
        seeds.put("changed", new byte[] {0, 1, 2, 5, 0, 1});
        seeds.put("whole-pieces", new byte[] {0, 3, 0, 2, 7, 7, 1, 3, 0, 1, 9, 1});
        seeds.put("long-message", new byte[] {0, 1, 0, 1, 7, 0, 0, 0, 1, 7, 0, 2, 0, 1, 7});
        return seeds;
    }
}
