package org.witan.validator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What four idle validators cost. The limits are those that operators are told; the figures are
 * printed.
 *
 * <p>The network has worked before: a program that was just started is interpreted, and costs more
 * for some minutes. Measured is processor time and not time on the clock, so that other programs on
 * the machine count for little, and without the threads that compile the program. What is left of
 * other programs is met with several spans: the network has to be idle in one of them.
 */
@Tag("e2e")
class IdleE2eTest {
    private static final Duration SPAN = Duration.ofSeconds(10);
    private static final int SPANS = 12;
    private static final int SIZE = 4;
    private static final int WARM_UP_PUTS = 600;
    private static final double MOST_OF_A_CORE = 0.03;
    private static final long MOST_MIB = 256;
    private static final String SYNCS = "witan_store_sync_seconds_count ";

    @TempDir private Path folder;

    /**
     * What all four used so far.
     *
     * @param cpuSeconds of all threads but those that compile
     * @param syncs writes that waited for the disk, by the metric {@code store_sync_seconds}
     * @param bytes handed to the disk, by {@code /proc/PID/io}
     * @param lines in all logs
     */
    private record Used(double cpuSeconds, long syncs, long bytes, long lines) {
        Used minus(Used earlier) {
            return new Used(
                    cpuSeconds - earlier.cpuSeconds,
                    syncs - earlier.syncs,
                    bytes - earlier.bytes,
                    lines - earlier.lines);
        }

        boolean isIdle() {
            boolean still = syncs == 0 && bytes == 0 && lines == 0;
            return still && cpuSeconds < MOST_OF_A_CORE * SPAN.toSeconds();
        }
    }

    @Test
    void anIdleNetworkIsQuietAndSmall() throws Exception {
        try (Network network = Network.up(folder.resolve("d"), SIZE)) {
            try (Writers writers = new Writers(network, 1, 2, 3, 4)) {
                writers.awaitMore(WARM_UP_PUTS, Duration.ofMinutes(2));
            }
            network.awaitAgreement(SPAN, 1, 2, 3, 4);
            assertThat(used(network).syncs()).as("the metric counts").isPositive();
            List<Used> spans = new ArrayList<>();
            while (spans.size() < SPANS && spans.stream().noneMatch(Used::isIdle)) {
                spans.add(span(network));
            }
            System.out.printf("idle: in spans of %d s %s%n", SPAN.toSeconds(), spans);
            assertThat(spans)
                    .as("no sync, no byte to disk, no line, under 3 %% of one core for all")
                    .anyMatch(Used::isIdle);
            for (int i = 1; i <= SIZE; i++) {
                long memory = residentMiB(network.process(i));
                System.out.printf("idle: v%d resident %d MiB%n", i, memory);
                assertThat(memory).as("MiB of v%d", i).isLessThan(MOST_MIB);
            }
        }
    }

    private static Used span(Network network) throws IOException {
        Used before = used(network);
        LockSupport.parkNanos(SPAN.toNanos());
        double cpuSeconds = cpuSeconds(network);
        Used after = used(network);
        return new Used(cpuSeconds, after.syncs, after.bytes, after.lines).minus(before);
    }

    private static Used used(Network network) throws IOException {
        long syncs = 0;
        long bytes = 0;
        long lines = 0;
        for (int i = 1; i <= SIZE; i++) {
            syncs += number(network.answer(i, "/metrics").text().lines().toList(), SYNCS);
            bytes += number(Files.readAllLines(proc(network.process(i), "io")), "write_bytes: ");
            lines += network.log(i).lines().count();
        }
        return new Used(cpuSeconds(network), syncs, bytes, lines);
    }

    /** Taken next to the pause, so that reading the metrics is not counted. */
    private static double cpuSeconds(Network network) throws IOException {
        double seconds = 0;
        for (int i = 1; i <= SIZE; i++) {
            seconds += cpuSeconds(network.process(i));
        }
        return seconds;
    }

    private static double cpuSeconds(ProcessHandle process) throws IOException {
        double seconds = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(proc(process, "task"))) {
            for (Path thread : threads) {
                seconds += ofThread(thread);
            }
        }
        return seconds;
    }

    /** Nothing of a thread that ended meanwhile, which is one of the compiler's or did little. */
    private static double ofThread(Path thread) throws IOException {
        try {
            String name = Files.readString(thread.resolve("comm"));
            String nanos = Files.readString(thread.resolve("schedstat")).split(" ")[0];
            return name.contains("Compiler") ? 0 : Long.parseLong(nanos) / 1e9;
        } catch (NoSuchFileException ended) {
            return 0;
        }
    }

    private static long residentMiB(ProcessHandle process) throws IOException {
        return number(Files.readAllLines(proc(process, "status")), "VmRSS:") / 1024;
    }

    /** The number behind a name at the beginning of a line. */
    private static long number(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    private static Path proc(ProcessHandle process, String name) {
        return Path.of("/proc", String.valueOf(process.pid()), name);
    }
}
