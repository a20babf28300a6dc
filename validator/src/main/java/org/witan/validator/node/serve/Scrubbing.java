package org.witan.validator.node.serve;

import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the whole store through once a week, at most 5 MiB in a second, so that a disk that forgets
 * what nobody asks for is noticed while the other validators still have it.
 *
 * <p>The first time is ten minutes after the start. What it finds damaged ends the node, as any
 * other read that fails. Runs on a desk's thread.
 */
public final class Scrubbing {
    static final long FIRST_SECONDS = 600;
    static final long PAUSE_SECONDS = 7 * 24 * 3_600L;
    static final long PART_BYTES = 5L << 20;

    private static final Logger LOG = LoggerFactory.getLogger("EVENT");

    private final Later later;
    private final LongPredicate part;

    /** Does something in so many seconds. */
    interface Later {
        void in(long seconds, Runnable work);
    }

    Scrubbing(Later later, LongPredicate part) {
        this.later = later;
        this.part = part;
    }

    /**
     * Begins in a while.
     *
     * @param desk whose thread reads
     * @param part reads so many bytes on, and answers whether that was the last of all
     */
    public static void on(Desk desk, LongPredicate part) {
        new Scrubbing(desk::later, part).begin();
    }

    void begin() {
        later.in(FIRST_SECONDS, this::read);
    }

    private void read() {
        boolean whole = part.test(PART_BYTES);
        if (whole) {
            LOG.info("store-read-through");
        }
        later.in(whole ? PAUSE_SECONDS : 1, this::read);
    }
}
