package org.witan.validator.link.session;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.witan.validator.link.record.Packer;

/**
 * What waits for one peer: a bounded queue per stream, earlier streams first, 8 MiB in all.
 *
 * <p>It outlives a session, so that a link with fresh keys goes on where the old one stopped; only
 * its current owner may take from it. Safe for any thread. Source: rule R6.
 */
public final class Outbox {
    private static final long MAX_BYTES = 8 << 20;

    private final List<StreamRule> rules;
    private final List<ArrayDeque<byte[]>> queues;
    private final long[] queuedBytes;
    private final int[] offsets;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long changes;
    private long dropped;
    private @Nullable Session owner;

    /** Empty queues; the place of a rule is the number and the rank of its stream. */
    public Outbox(List<StreamRule> rules) {
        this.rules = List.copyOf(rules);
        queues = rules.stream().map(_ -> new ArrayDeque<byte[]>()).toList();
        queuedBytes = new long[rules.size()];
        offsets = new int[rules.size()];
    }

    /** Queues a message; false if it is too large, if there is no room, or no link. */
    public boolean offer(int stream, byte[] message) {
        StreamRule rule = rules.get(stream);
        lock.lock();
        try {
            if (owner == null || message.length > rule.messageBytes()) {
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
            signal();
            return true;
        } finally {
            lock.unlock();
        }
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
        long sum = 0;
        for (long bytes : queuedBytes) {
            sum += bytes;
        }
        return sum;
    }

    /** Moves pieces of the first messages into a record; false if nothing waits for this owner. */
    boolean fill(Session asking, Packer packer) {
        lock.lock();
        try {
            if (owner != asking) {
                return false;
            }
            for (int stream = 0; stream < queues.size() && packer.hasRoom(); stream++) {
                fill(stream, packer);
            }
            return packer.size() > 0;
        } finally {
            lock.unlock();
        }
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

    /** Gives the queues to a session; a message that was half sent starts again. */
    void own(@Nullable Session newOwner) {
        lock.lock();
        try {
            owner = newOwner;
            Arrays.fill(offsets, 0);
            if (newOwner == null) {
                queues.forEach(ArrayDeque::clear);
                Arrays.fill(queuedBytes, 0);
            }
            signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes the queues from a session that ended; they are emptied. */
    void disown(Session former) {
        lock.lock();
        try {
            if (owner == former) {
                own(null);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Messages dropped since the last call. */
    public long takeDropped() {
        lock.lock();
        try {
            long count = dropped;
            dropped = 0;
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** A number that grows with each change. */
    long changes() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something changed since then, or the time is over. */
    void await(long seen, long millis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (changes == seen && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Wakes whoever waits. */
    void wake() {
        lock.lock();
        try {
            signal();
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        changes++;
        changed.signalAll();
    }
}
