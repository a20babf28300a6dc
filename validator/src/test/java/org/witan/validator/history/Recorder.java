package org.witan.validator.history;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes a history: one process, one clock, one line after the other. For any thread.
 *
 * <p>A line is handed to the operating system before the method returns, so that an {@code invoke}
 * stands in the file before what it speaks of can have reached a node.
 */
public final class Recorder implements AutoCloseable {
    private final long startNanos = System.nanoTime();
    private final AtomicLong processes = new AtomicLong();
    private final List<Event> events = new ArrayList<>();
    private final BufferedWriter file;

    /** A history in a new file. */
    public Recorder(Path path) {
        try {
            file = Files.newBufferedWriter(path, StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A number for a client that begins, or that begins anew after it did not learn an end. */
    public String newProcess() {
        return Long.toString(processes.getAndIncrement());
    }

    /** Appends a line; answers it. */
    public synchronized Event add(String process, Event.Type type, String f, Said said) {
        long time = System.nanoTime() - startNanos;
        Event event = new Event(events.size(), time, process, type, f, said);
        events.add(event);
        try {
            file.write(event.line());
            file.newLine();
            file.flush();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return event;
    }

    /** Tells of a fault at a node (or several, in words). */
    public Event fault(String f, String node) {
        return add(Event.NEMESIS, Event.Type.INFO, f, Said.of("", node));
    }

    /** What was recorded so far. */
    public synchronized List<Event> events() {
        return List.copyOf(events);
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
