package org.witan.validator.link.session;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.witan.validator.link.record.Packer;

/**
 * What waits for one peer, in {@link Queues}.
 *
 * <p>It outlives a session, so that a link with fresh keys goes on where the old one stopped; only
 * its current owner may take from it. Safe for any thread. Source: rule R6.
 */
public final class Outbox {
    private final Queues queues;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long changes;
    private @Nullable Session owner;

    /** Empty queues; the place of a rule is the number and the rank of its stream. */
    public Outbox(List<StreamRule> rules) {
        queues = new Queues(rules);
    }

    /** Queues a message; false if it is too large, if there is no room, or no link. */
    public boolean offer(int stream, byte[] message) {
        lock.lock();
        try {
            if (owner == null || !queues.offer(stream, message)) {
                return false;
            }
            signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Moves pieces of the first messages into a record; false if nothing waits for this owner. */
    boolean fill(Session asking, Packer packer) {
        lock.lock();
        try {
            return owner == asking && queues.fill(packer);
        } finally {
            lock.unlock();
        }
    }

    /** Gives the queues to a session; a message that was half sent starts again. */
    void own(@Nullable Session newOwner) {
        lock.lock();
        try {
            owner = newOwner;
            queues.rewind();
            if (newOwner == null) {
                queues.clear();
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
            return queues.takeDropped();
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
