package org.witan.validator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What four idle validators cost. The limits here are far above the figures of docs/performance.md,
 * since this runs next to other work; the figures are printed.
 */
@Tag("e2e")
class IdleE2eTest {
    private static final Duration SPAN = Duration.ofSeconds(10);
    private static final double TICKS_PER_SECOND = 100;

    @TempDir private Path folder;

    @Test
    void anIdleNetworkIsQuiet() throws Exception {
        try (Network network = Network.up(folder.resolve("d"), 4)) {
            Witan.run("entry", "put", "k", "v", "--home", network.home(1)).ok();
            LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
            double cpuBefore = cpuSeconds(network);
            long writtenBefore = written(network);
            long linesBefore = lines(network);
            LockSupport.parkNanos(SPAN.toNanos());
            double cpu = (cpuSeconds(network) - cpuBefore) / SPAN.toSeconds();
            long writes = written(network) - writtenBefore;
            long lines = lines(network) - linesBefore;
            long memory = 0;
            for (int i = 1; i <= 4; i++) {
                memory = Math.max(memory, residentMiB(network.process(i)));
            }
            System.out.printf(
                    "idle: cpu of four %.2f %% of one core, largest RSS %d MiB,"
                            + " %d bytes to disk and %d log lines in %d s%n",
                    cpu * 100, memory, writes, lines, SPAN.toSeconds());
            assertThat(cpu).as("share of one core").isLessThan(0.15);
            assertThat(memory).as("MiB").isLessThan(400);
            assertThat(writes).as("bytes to disk").isLessThan(64 << 10);
            assertThat(lines).as("log lines").isLessThan(10);
        }
    }

    private static double cpuSeconds(Network network) throws IOException {
        double ticks = 0;
        for (int i = 1; i <= 4; i++) {
            String stat = Files.readString(proc(network.process(i), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    private static long written(Network network) throws IOException {
        long bytes = 0;
        for (int i = 1; i <= 4; i++) {
            bytes +=
                    Files.readAllLines(proc(network.process(i), "io")).stream()
                            .filter(line -> line.startsWith("write_bytes: "))
                            .mapToLong(line -> Long.parseLong(line.substring(13)))
                            .sum();
        }
        return bytes;
    }

    private static long lines(Network network) throws IOException {
        long lines = 0;
        for (int i = 1; i <= 4; i++) {
            lines += network.log(i).lines().count();
        }
        return lines;
    }

    private static long residentMiB(ProcessHandle process) throws IOException {
        return Files.readAllLines(proc(process, "status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .sum()
                / 1024;
    }

    private static Path proc(ProcessHandle process, String name) {
        return Path.of("/proc", String.valueOf(process.pid()), name);
    }
}
