package org.witan.validator.fire;

import java.util.List;

/** Measured times, for people. */
final class Figures {
    private Figures() {}

    /** Median, 99th percentile and greatest of some milliseconds. */
    static String of(List<Long> millis) {
        if (millis.isEmpty()) {
            return "never";
        }
        List<Long> sorted = millis.stream().sorted().toList();
        return "p50 %d ms, p99 %d ms, max %d ms of %d"
                .formatted(
                        sorted.get(sorted.size() / 2),
                        sorted.get(sorted.size() * 99 / 100),
                        sorted.getLast(),
                        sorted.size());
    }
}
