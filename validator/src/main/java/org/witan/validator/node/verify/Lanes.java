package org.witan.validator.node.verify;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.witan.genesis.membership.NodeId;

/**
 * Jobs that wait for a verifier: one lane for each sender, served in turn, the urgent ones before
 * the others, which still get every fifth turn.
 *
 * <p>A lane counts what waits in it and what is being verified. Whose lane is full waits, and
 * nobody else, so that a flood costs its sender and never this node's memory.
 *
 * <p>Any thread.
 */
final class Lanes {
    /** Most bytes in one lane, four of the largest messages; a single larger job passes alone. */
    static final int LANE_BYTES = 4 * (4 << 20) + (1 << 20);

    /** Most jobs in one lane. */
    static final int LANE_JOBS = 16;

    private static final int URGENT_IN_A_ROW = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition drained = lock.newCondition();
    private final Map<NodeId, Lane> urgent = new LinkedHashMap<>();
    private final Map<NodeId, Lane> others = new LinkedHashMap<>();
    private int urgentInARow;

    /** Adds a job, waiting while its lane is full. */
    void put(Job job) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (isFull(of(job).get(job.from()), job)) {
                drained.await();
            }
            enter(job);
        } finally {
            lock.unlock();
        }
    }

    /** Adds a job however many there are. */
    void add(Job job) {
        lock.lock();
        try {
            enter(job);
        } finally {
            lock.unlock();
        }
    }

    /** The next job; {@link #done} is due for it, whatever becomes of it. */
    Job take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                Optional<Job> next = next();
                if (next.isPresent()) {
                    return next.get();
                }
                filled.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A job that was taken holds no room any more. */
    void done(Job job) {
        lock.lock();
        try {
            Lane lane = of(job).get(job.from());
            if (lane != null) {
                lane.jobs--;
                lane.bytes -= job.bytes();
                if (lane.jobs == 0) {
                    of(job).remove(job.from());
                }
            }
            drained.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void enter(Job job) {
        Lane lane = of(job).computeIfAbsent(job.from(), from -> new Lane());
        lane.waiting.add(job);
        lane.jobs++;
        lane.bytes += job.bytes();
        filled.signal();
    }

    private Map<NodeId, Lane> of(Job job) {
        return job.urgent() ? urgent : others;
    }

    private Optional<Job> next() {
        boolean turnOfOthers = urgentInARow >= URGENT_IN_A_ROW;
        Optional<Job> next = turnOfOthers ? first(others).or(() -> first(urgent)) : first(urgent);
        if (next.isEmpty()) {
            next = first(others);
        }
        next.ifPresent(job -> urgentInARow = job.urgent() && !turnOfOthers ? urgentInARow + 1 : 0);
        return next;
    }

    /** The first job of the first lane with one; that lane goes behind the others. */
    private static Optional<Job> first(Map<NodeId, Lane> lanes) {
        Iterator<Map.Entry<NodeId, Lane>> each = lanes.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<NodeId, Lane> entry = each.next();
            NodeId from = entry.getKey();
            Lane lane = entry.getValue();
            Job job = lane.waiting.poll();
            if (job != null) {
                each.remove();
                lanes.put(from, lane);
                return Optional.of(job);
            }
        }
        return Optional.empty();
    }

    private static boolean isFull(@Nullable Lane lane, Job more) {
        return lane != null
                && (lane.jobs >= LANE_JOBS || lane.bytes + (long) more.bytes() > LANE_BYTES);
    }

    private static final class Lane {
        private final Deque<Job> waiting = new ArrayDeque<>();
        private int jobs;
        private long bytes;
    }
}
