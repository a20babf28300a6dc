package org.witan.validator.api.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.witan.validator.api.Distribution;

/** Collects figures under the prefix {@code witan_}, as the official client's snapshots. */
final class Figures {
    private static final String PREFIX = "witan_";

    private final List<Supplier<Optional<MetricSnapshot>>> found = new ArrayList<>();

    /** A gauge with one value for each label value; an empty one is left out. */
    static final class Rows {
        private final GaugeSnapshot.Builder gauge;
        private final String label;
        private boolean empty = true;

        private Rows(GaugeSnapshot.Builder gauge, String label) {
            this.gauge = gauge;
            this.label = label;
        }

        void add(String labelValue, double value) {
            empty = false;
            gauge.dataPoint(
                    GaugeSnapshot.GaugeDataPointSnapshot.builder()
                            .labels(Labels.of(label, labelValue))
                            .value(value)
                            .build());
        }
    }

    void gauge(String name, String help, double value) {
        GaugeSnapshot gauge =
                GaugeSnapshot.builder()
                        .name(PREFIX + name)
                        .help(help)
                        .dataPoint(
                                GaugeSnapshot.GaugeDataPointSnapshot.builder().value(value).build())
                        .build();
        found.add(() -> Optional.of(gauge));
    }

    Rows gauge(String name, String help, String label) {
        Rows rows = new Rows(GaugeSnapshot.builder().name(PREFIX + name).help(help), label);
        found.add(() -> rows.empty ? Optional.empty() : Optional.of(rows.gauge.build()));
        return rows;
    }

    void counter(String name, String help, long value) {
        CounterSnapshot counter =
                CounterSnapshot.builder()
                        .name(PREFIX + name)
                        .help(help)
                        .dataPoint(
                                CounterSnapshot.CounterDataPointSnapshot.builder()
                                        .value(value)
                                        .build())
                        .build();
        found.add(() -> Optional.of(counter));
    }

    void counters(String name, String help, String label, Map<String, Long> values) {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(PREFIX + name).help(help);
        new TreeMap<>(values)
                .forEach((value, count) ->
                        counter.dataPoint(
                                CounterSnapshot.CounterDataPointSnapshot.builder()
                                        .labels(Labels.of(label, value))
                                        .value(count)
                                        .build()));
        found.add(() -> Optional.of(counter.build()));
    }

    void histogram(String name, String help, Distribution values) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        for (int i = 0; i < values.counts().size(); i++) {
            double bound =
                    i < values.bounds().size() ? values.bounds().get(i) : Double.POSITIVE_INFINITY;
            buckets.bucket(bound, values.counts().get(i));
        }
        HistogramSnapshot histogram =
                HistogramSnapshot.builder()
                        .name(PREFIX + name)
                        .help(help)
                        .dataPoint(
                                HistogramSnapshot.HistogramDataPointSnapshot.builder()
                                        .classicHistogramBuckets(buckets.build())
                                        .sum(values.sum())
                                        .build())
                        .build();
        found.add(() -> Optional.of(histogram));
    }

    void info(String name, String help, String label, String value) {
        InfoSnapshot info =
                InfoSnapshot.builder()
                        .name(PREFIX + name)
                        .help(help)
                        .dataPoint(
                                InfoSnapshot.InfoDataPointSnapshot.builder()
                                        .labels(Labels.of(label, value))
                                        .build())
                        .build();
        found.add(() -> Optional.of(info));
    }

    /** All of them, ascending by name. */
    MetricSnapshots all() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        found.forEach(figure -> figure.get().ifPresent(all::metricSnapshot));
        return all.build();
    }
}
