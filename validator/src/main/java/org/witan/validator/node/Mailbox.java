package org.witan.validator.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.witan.genesis.membership.NodeId;

/**
 * What waits for the node loop: the node's own inputs first, then its clients' for at most half of
 * the rest, then the peers' in turn.
 *
 * <p>Each peer has a bounded share. A peer whose share is full blocks only the thread that reads
 * from it, so TCP pushes back on the flooder alone.
 *
 * <p>Threads: any thread puts, the node loop takes.
 *
 * @param <I> the inputs
 */
final class Mailbox<I> {
    /** Greatest number of inputs of one peer that wait. */
    static final int SHARE_INPUTS = 1024;

    /** Greatest size of one peer's inputs that wait, in bytes; a single larger one passes alone. */
    static final int SHARE_BYTES = 8 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition drained = lock.newCondition();
    private final Deque<I> own = new ArrayDeque<>();
    private final Deque<I> clients = new ArrayDeque<>();
    private final Map<NodeId, Share<I>> shares = new LinkedHashMap<>();
    private boolean closed;

    /** Adds an input of this node itself; never blocks. */
    void put(I input) {
        add(own, input);
    }

    /** Adds an input of a client, whose number the API bounds; never blocks. */
    void putClients(I input) {
        add(clients, input);
    }

    private void add(Deque<I> to, I input) {
        lock.lock();
        try {
            to.add(input);
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds an input of a peer, blocking while the peer's share is full.
     *
     * @param bytes size of what it was decoded from
     * @return whether it was taken; not after {@link #close}
     * @throws InterruptedException if the waiting thread is interrupted
     */
    boolean put(NodeId peer, I input, int bytes) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && isFull(shares.get(peer), bytes)) {
                drained.await();
            }
            if (closed) {
                return false;
            }
            add(peer, input, bytes);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Adds an input of a peer if its share has room; never blocks. */
    boolean offer(NodeId peer, I input, int bytes) {
        lock.lock();
        try {
            if (closed || isFull(shares.get(peer), bytes)) {
                return false;
            }
            add(peer, input, bytes);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes up to {@code most} inputs, waiting for the first one at most so long; empty after that.
     *
     * @throws InterruptedException if the waiting thread is interrupted
     */
    List<I> take(int most, long waitMillis) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = TimeUnit.MILLISECONDS.toNanos(waitMillis);
            while (isEmpty() && nanos > 0) {
                nanos = filled.awaitNanos(nanos);
            }
            List<I> taken = new ArrayList<>();
            take(own, taken, most);
            take(clients, taken, taken.size() + (most - taken.size() + 1) / 2);
            takeInTurn(taken, most);
            take(clients, taken, most);
            drained.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Refuses peers' inputs from now on and wakes those that wait to put one. */
    void close() {
        lock.lock();
        try {
            closed = true;
            drained.signalAll();
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Looks the share up anew: an empty one may have gone while this thread waited. */
    private void add(NodeId peer, I input, int bytes) {
        Share<I> share = shares.computeIfAbsent(peer, p -> new Share<>());
        share.waiting.add(new Item<>(input, bytes));
        share.bytes += bytes;
        filled.signal();
    }

    private static <T> void take(Deque<T> from, List<T> taken, int most) {
        while (!from.isEmpty() && taken.size() < most) {
            taken.add(from.removeFirst());
        }
    }

    private boolean isEmpty() {
        return own.isEmpty()
                && clients.isEmpty()
                && shares.values().stream().allMatch(share -> share.waiting.isEmpty());
    }

    /** One of each peer, again and again; an empty share goes, so that shares do not pile up. */
    private void takeInTurn(List<I> taken, int most) {
        while (taken.size() < most && !shares.isEmpty()) {
            Iterator<Share<I>> turn = shares.values().iterator();
            while (turn.hasNext() && taken.size() < most) {
                Share<I> share = turn.next();
                Item<I> item = share.waiting.poll();
                if (item == null) {
                    turn.remove();
                } else {
                    share.bytes -= item.bytes;
                    taken.add(item.input);
                }
            }
        }
    }

    private static boolean isFull(@Nullable Share<?> share, int more) {
        return share != null
                && !share.waiting.isEmpty()
                && (share.waiting.size() >= SHARE_INPUTS || share.bytes + more > SHARE_BYTES);
    }

    private record Item<I>(I input, int bytes) {}

    private static final class Share<I> {
        private final Deque<Item<I>> waiting = new ArrayDeque<>();
        private int bytes;
    }
}
