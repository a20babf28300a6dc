package org.witan.validator.node;

import org.witan.validator.core.Now;

/** Milliseconds that start at the wall clock's and never go back, and the wall clock's own. */
final class NodeClock {
    private final long startedMillis = System.currentTimeMillis();
    private final long startedNanos = System.nanoTime();

    /** Time for deadlines. */
    long millis() {
        return startedMillis + (System.nanoTime() - startedNanos) / 1_000_000;
    }

    /** Both times. */
    Now now() {
        return new Now(millis(), System.currentTimeMillis());
    }

    /** When the process started, milliseconds since 1970. */
    long startedMillis() {
        return startedMillis;
    }
}
