package org.witan.validator.cli.bench;

import java.util.TreeSet;

/**
 * Deals out one sender's nonces to many clients, ascending, and never so far ahead of the oldest
 * one in flight that this one would fall out of the window of 1024. Safe for any thread.
 */
final class NonceSource {
    /** Widest span of nonces in flight; the rest of the window is for other programs. */
    static final int SPAN = 900;

    private final TreeSet<Long> inFlight = new TreeSet<>();
    private long next;

    /** Nonces after {@code highest}, the highest one used. */
    NonceSource(long highest) {
        next = highest + 1;
    }

    /** A nonce; waits while the oldest one in flight is too far behind. */
    synchronized long take() throws InterruptedException {
        while (!inFlight.isEmpty() && next - inFlight.first() >= SPAN) {
            wait();
        }
        inFlight.add(next);
        return next++;
    }

    /** Says that a nonce is no longer in flight. */
    synchronized void settled(long nonce) {
        inFlight.remove(nonce);
        notifyAll();
    }
}
