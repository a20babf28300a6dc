package org.witan.validator.sim.carry;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What is to happen, in order of time and then of its being planned. */
public final class Timeline {
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(
                    Comparator.comparingLong(Event::atMillis).thenComparingLong(Event::order));
    private long order;
    private long nowMillis = 1_000_000;
    private long processed;

    private record Event(long atMillis, long order, Runnable action) {}

    public long nowMillis() {
        return nowMillis;
    }

    /** How many events happened. */
    public long processed() {
        return processed;
    }

    public void at(long delayMillis, Runnable action) {
        events.add(new Event(nowMillis + delayMillis, order++, action));
    }

    /** Lets happen what is due within so much virtual time. */
    public void run(long millis) {
        long end = nowMillis + millis;
        while (!events.isEmpty() && events.peek().atMillis() <= end) {
            next();
        }
        nowMillis = end;
    }

    /** Lets so many events happen, if there are. */
    public void runEvents(long count) {
        for (long i = 0; i < count && !events.isEmpty(); i++) {
            next();
        }
    }

    private void next() {
        Event event = events.remove();
        nowMillis = event.atMillis();
        processed++;
        event.action().run();
    }
}
