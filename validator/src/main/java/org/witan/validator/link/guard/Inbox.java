package org.witan.validator.link.guard;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Frames that arrived and nobody took yet; bounded in bytes by whoever asks {@link #isFull}. */
final class Inbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> frames = new ArrayDeque<>();
    private long bytes;
    private boolean ended;

    /** Adds a frame. */
    void put(byte[] frame) {
        lock.lock();
        try {
            frames.add(frame);
            bytes += frame.length;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** No frame will follow. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether so many frames or bytes wait. */
    boolean isFull(int maxFrames, long maxBytes) {
        lock.lock();
        try {
            return frames.size() >= maxFrames || bytes >= maxBytes;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until {@link #isFull} no longer holds, or the end. */
    void awaitRoom(int maxFrames, long maxBytes) throws InterruptedException {
        lock.lock();
        try {
            while (!ended && (frames.size() >= maxFrames || bytes >= maxBytes)) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Wakes those who wait for room: their limits have changed. */
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next frame; {@link Wire#NOTHING} after the time-out or the end, which are told apart by
     * {@link #hasEnded}. {@code Long.MAX_VALUE} waits without an alarm of the clock.
     */
    byte[] take(long timeoutNanos) throws InterruptedException {
        lock.lock();
        try {
            long left = timeoutNanos;
            while (frames.isEmpty()) {
                if (ended || left <= 0) {
                    return Wire.NOTHING;
                }
                if (left == Long.MAX_VALUE) {
                    changed.await();
                } else {
                    left = changed.awaitNanos(left);
                }
            }
            byte[] frame = frames.remove();
            bytes -= frame.length;
            changed.signalAll();
            return frame;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the end came and all frames were taken. */
    boolean hasEnded() {
        lock.lock();
        try {
            return ended && frames.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
