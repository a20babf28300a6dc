package org.witan.validator.link.session;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import org.witan.validator.link.record.Packer;

/**
 * What waits for one peer, without locks and threads: a bounded queue per stream, earlier streams
 * first, 8 MiB in all.
 *
 * <p>Confined to its caller, which {@link Outbox} makes safe for any thread. Source: rule R6.
 */
public final class Queues {
    private static final long MAX_BYTES = 8 << 20;

    private final List<StreamRule> rules;
    private final List<ArrayDeque<byte[]>> queues;
    private final long[] queuedBytes;
    private final int[] offsets;
    private long dropped;

    /** Empty queues; the place of a rule is the number and the rank of its stream. */
    public Queues(List<StreamRule> rules) {
        this.rules = List.copyOf(rules);
        queues = rules.stream().map(_ -> new ArrayDeque<byte[]>()).toList();
        queuedBytes = new long[rules.size()];
        offsets = new int[rules.size()];
    }

    /** Queues a message; false if it is too large or if there is no room. */
    public boolean offer(int stream, byte[] message) {
        StreamRule rule = rules.get(stream);
        if (message.length > rule.messageBytes()) {
            return false;
        }
        if (rule.newestOnly()) {
            while (waiting(stream) > 0) {
                dropNewest(stream);
            }
        }
        if (!makeRoom(stream, message.length)) {
            dropped++;
            return false;
        }
        queues.get(stream).add(message);
        queuedBytes[stream] += message.length;
        return true;
    }

    /** Drops waiting messages of later streams if that makes room. */
    private boolean makeRoom(int stream, int size) {
        if (queuedBytes[stream] + size > rules.get(stream).queueBytes()) {
            return false;
        }
        for (int lower = rules.size() - 1; lower > stream; lower--) {
            while (total() + size > MAX_BYTES && waiting(lower) > 0) {
                dropNewest(lower);
                dropped++;
            }
        }
        return total() + size <= MAX_BYTES;
    }

    /** Messages of which nothing was sent yet. */
    private int waiting(int stream) {
        return queues.get(stream).size() - (offsets[stream] > 0 ? 1 : 0);
    }

    private void dropNewest(int stream) {
        queuedBytes[stream] -= queues.get(stream).removeLast().length;
    }

    private long total() {
        return Arrays.stream(queuedBytes).sum();
    }

    /** Moves pieces of the first messages into a record; false if nothing waits. */
    public boolean fill(Packer packer) {
        for (int stream = 0; stream < queues.size() && packer.hasRoom(); stream++) {
            fill(stream, packer);
        }
        return packer.size() > 0;
    }

    private void fill(int stream, Packer packer) {
        ArrayDeque<byte[]> queue = queues.get(stream);
        while (packer.hasRoom() && !queue.isEmpty()) {
            byte[] message = queue.getFirst();
            int taken = packer.add(stream, message, offsets[stream]);
            if (taken < message.length) {
                offsets[stream] = Math.max(taken, 0);
                return;
            }
            queue.removeFirst();
            queuedBytes[stream] -= message.length;
            offsets[stream] = 0;
        }
    }

    /** A message that was half sent starts again, for another session. */
    public void rewind() {
        Arrays.fill(offsets, 0);
    }

    /** Forgets all that waits. */
    public void clear() {
        rewind();
        queues.forEach(ArrayDeque::clear);
        Arrays.fill(queuedBytes, 0);
    }

    /** Messages dropped since the last call. */
    public long takeDropped() {
        long count = dropped;
        dropped = 0;
        return count;
    }
}
