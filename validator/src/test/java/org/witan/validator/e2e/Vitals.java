package org.witan.validator.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Watches the heap of a process, garbage included, once a second. */
final class Vitals implements AutoCloseable {
    private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");

    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicInteger looks = new AtomicInteger();
    private final ProcessHandle process;
    private final Thread thread;
    private volatile long peakKiB;

    Vitals(ProcessHandle process) {
        this.process = process;
        thread = Thread.ofPlatform().start(this::watch);
    }

    private void watch() {
        try {
            while (!ending.get()) {
                long used = usedKiB();
                if (used > 0) {
                    peakKiB = Math.max(peakKiB, used);
                    looks.incrementAndGet();
                }
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            }
        } catch (IOException | InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** What it holds on to now, in MiB: the heap behind a collection of all garbage. */
    long liveMiB() throws IOException, InterruptedException {
        ask("GC.run");
        return usedKiB() / 1024;
    }

    private String ask(String what) throws IOException, InterruptedException {
        Process jcmd =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                String.valueOf(process.pid()),
                                what)
                        .redirectErrorStream(true)
                        .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        jcmd.waitFor();
        return said;
    }

    /** What all generations hold now. */
    private long usedKiB() throws IOException, InterruptedException {
        Matcher used = USED.matcher(ask("GC.heap_info"));
        long sum = 0;
        while (used.find()) {
            sum += Long.parseLong(used.group(1));
        }
        return sum;
    }

    /** How often the heap was seen so far. */
    int looks() {
        return looks.get();
    }

    /** The most that was seen. */
    long peakMiB() {
        return peakKiB / 1024;
    }

    @Override
    public void close() {
        ending.set(true);
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
