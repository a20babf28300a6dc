package org.witan.validator.cli.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run measured.
 *
 * @param latencies of the puts that became final
 * @param seconds how long the run was
 * @param errors puts that failed, by reason
 */
record BenchResult(LatencyHistogram latencies, double seconds, Map<String, Long> errors) {
    /** Adds up what clients measured. */
    static BenchResult of(List<BenchClient> clients, double seconds) {
        LatencyHistogram all = new LatencyHistogram();
        Map<String, Long> errors = new TreeMap<>();
        for (BenchClient client : clients) {
            all.add(client.latencies());
            client.errors().forEach((reason, count) -> errors.merge(reason, count, Long::sum));
        }
        return new BenchResult(all, seconds, errors);
    }

    private long errorCount() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    /** For people. */
    List<String> lines() {
        return List.of(
                "committed  %d (%.1f/s)".formatted(latencies.total(), perSecond()),
                "latency    p50 %.2f  p90 %.2f  p99 %.2f  p99.9 %.2f  max %.2f ms"
                        .formatted(
                                latencies.quantileMillis(0.5),
                                latencies.quantileMillis(0.9),
                                latencies.quantileMillis(0.99),
                                latencies.quantileMillis(0.999),
                                latencies.maxMillis()),
                "errors     " + errorCount() + (errors.isEmpty() ? "" : " " + errors));
    }

    /** For scripts. */
    Map<String, Object> json() {
        Map<String, Object> millis = new LinkedHashMap<>();
        millis.put("p50", latencies.quantileMillis(0.5));
        millis.put("p90", latencies.quantileMillis(0.9));
        millis.put("p99", latencies.quantileMillis(0.99));
        millis.put("p999", latencies.quantileMillis(0.999));
        millis.put("max", latencies.maxMillis());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("committed", latencies.total());
        json.put("committedPerSecond", Math.round(perSecond() * 10) / 10.0);
        json.put("latencyMillis", millis);
        json.put("errors", errorCount());
        return json;
    }

    private double perSecond() {
        return latencies.total() / seconds;
    }
}
