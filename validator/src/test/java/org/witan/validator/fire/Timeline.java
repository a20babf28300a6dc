package org.witan.validator.fire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.witan.validator.history.Event;

/** Times taken from a history, and what they must stay below. */
final class Timeline {
    /** Other work on the machine may stretch a single time, but not the usual one. */
    private static final int SLACK = Integer.getInteger("slack", 3);

    private Timeline() {}

    /** How many writes were begun after an event, and acknowledged. */
    static long writesAfter(List<Event> events, Event since) {
        return ends(events, since, Long.MAX_VALUE).size();
    }

    /** How many writes were begun and acknowledged between two events. */
    static long writesBetween(List<Event> events, Event since, Event until) {
        return ends(events, since, until.time()).size();
    }

    /** From an event to the first acknowledgement of a write in a block above a height. */
    static OptionalLong firstCommitMillis(List<Event> events, Event since, long height) {
        return events.subList((int) since.index() + 1, events.size()).stream()
                .filter(Clients::isAcknowledgement)
                .filter(event -> event.said().pos().orElseThrow().height() > height)
                .mapToLong(event -> millis(event.time() - since.time()))
                .findFirst();
    }

    /** From an event to the first acknowledgement of a write that was begun after it. */
    static OptionalLong firstWriteMillis(List<Event> events, Event since) {
        List<Event> ends = ends(events, since, Long.MAX_VALUE);
        return ends.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(millis(ends.getFirst().time() - since.time()));
    }

    /** The 99th percentile of the times of writes that were begun between two events. */
    static double p99Millis(List<Event> events, Event from, Event to) {
        Map<String, Event> open = new HashMap<>();
        List<Long> times = new ArrayList<>();
        for (Event event : events) {
            if (event.type() == Event.Type.INVOKE) {
                open.put(event.process(), event);
            } else if (Clients.isAcknowledgement(event)) {
                Event begin = open.get(event.process());
                if (begin != null && begin.time() >= from.time() && begin.time() < to.time()) {
                    times.add(event.time() - begin.time());
                }
            }
        }
        times.sort(Long::compare);
        return times.isEmpty() ? Double.NaN : times.get(times.size() * 99 / 100) / 1e6;
    }

    private static List<Event> ends(List<Event> events, Event since, long until) {
        Map<String, Event> open = new HashMap<>();
        List<Event> ends = new ArrayList<>();
        for (Event event : events.subList((int) since.index() + 1, events.size())) {
            if (event.type() == Event.Type.INVOKE) {
                open.put(event.process(), event);
            } else if (open.remove(event.process()) != null
                    && Clients.isAcknowledgement(event)
                    && event.time() < until) {
                ends.add(event);
            }
        }
        return ends;
    }

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }

    /** What a single figure must stay below whose goal this is. */
    static double slack(double goal) {
        return SLACK * goal;
    }

    /** Requires that half of all stay below a limit, and each below a multiple of it. */
    static void require(String what, List<Long> millis, Duration limit) {
        List<Long> sorted = millis.stream().sorted().toList();
        assertThat(sorted).as(what).isNotEmpty();
        assertThat(sorted.get(sorted.size() / 2))
                .as("median of: %s", what)
                .isLessThan(limit.toMillis());
        assertThat(sorted.getLast())
                .as("greatest of: %s", what)
                .isLessThan(SLACK * limit.toMillis());
    }

    /** Median, 99th percentile and greatest of some milliseconds. */
    static String figures(List<Long> millis) {
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
