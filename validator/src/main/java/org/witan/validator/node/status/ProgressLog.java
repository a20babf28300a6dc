package org.witan.validator.node.status;

import java.util.function.Consumer;
import org.witan.catchup.sync.CatchupProgress;

/**
 * A line every 5 s while a catch-up runs, so that a long one is not mute, and none for a short one.
 *
 * <p>Confined to the node loop.
 */
public final class ProgressLog {
    private static final long PAUSE_MILLIS = 5_000;

    private final Consumer<String> log;
    private long sinceMillis;
    private boolean running;

    /** Says it there. */
    public ProgressLog(Consumer<String> log) {
        this.log = log;
    }

    /** How it goes now; called as often as one likes. */
    public void look(long nowMillis, CatchupProgress progress) {
        if (!progress.running()) {
            running = false;
        } else if (!running) {
            running = true;
            sinceMillis = nowMillis;
        } else if (nowMillis - sinceMillis >= PAUSE_MILLIS) {
            sinceMillis = nowMillis;
            log.accept(line(progress));
        }
    }

    private static String line(CatchupProgress progress) {
        String eta =
                progress.etaMillis().isPresent()
                        ? (progress.etaMillis().getAsLong() + 999) / 1_000 + "s"
                        : "unknown";
        return "catching-up height=%d target=%d blocks-per-second=%d kib-per-second=%d eta=%s"
                        .formatted(
                                progress.height(),
                                progress.target(),
                                progress.blocksPerSecond(),
                                progress.bytesPerSecond() / 1024,
                                eta)
                + " waiting-for=\"%s\"".formatted(progress.waitingFor());
    }
}
