package org.witan.validator.node;

import java.util.ArrayList;
import java.util.List;
import org.witan.chain.store.Store;
import org.witan.validator.core.NodeInput;

/**
 * Looks at the store's vote hindrance and free space now and then, on the node loop.
 *
 * <p>Below 5 % or 1 GiB the node takes no transactions; below 512 MiB it stops voting while it can
 * still write cleanly, until it is started again.
 */
public final class DiskWatch {
    private static final long EVERY_MILLIS = 10_000;
    private static final long LOW_BYTES = 1L << 30;
    private static final long LAST_BYTES = 512L << 20;

    private final Store store;
    private boolean hindered;
    private boolean low;
    private boolean stopped;
    private long nextMillis;

    /** Watches this store from now on. */
    public DiskWatch(Store store) {
        this.store = store;
        hindered = !store.recovered().mayVote();
    }

    /** What the core must be told now; usually nothing. */
    public List<NodeInput> look(long nowMillis) {
        List<NodeInput> news = new ArrayList<>();
        if (hindered && store.voteHindrance().isEmpty()) {
            hindered = false;
            news.add(new NodeInput.ResumeVoting());
        }
        if (nowMillis >= nextMillis) {
            nextMillis = nowMillis + EVERY_MILLIS;
            space(news);
        }
        return news;
    }

    private void space(List<NodeInput> news) {
        long free = store.freeBytes();
        boolean lowNow = free < LOW_BYTES || free < store.totalBytes() / 20;
        if (lowNow != low) {
            low = lowNow;
            String reason =
                    "%d MiB are free where the store lies; 1 GiB and 5 %% must be"
                            .formatted(free >> 20);
            news.add(new NodeInput.LowSpace(low ? reason : ""));
        }
        if (free < LAST_BYTES && !stopped) {
            stopped = true;
            news.add(
                    new NodeInput.StopVoting(
                            "only %d MiB are free where the store lies: free some and start again"
                                    .formatted(free >> 20)));
        }
    }
}
