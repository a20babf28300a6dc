package org.witan.validator.e2e.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many bytes of heap the threads of another process have asked for. */
final class Allocated {
    private static final Pattern OF_THREAD = Pattern.compile(" allocated=(\\d+)([BKMG]) ");

    private Allocated() {}

    /**
     * Garbage included, of the threads that live, to some MiB; virtual threads count with those
     * that carry them.
     */
    static long bytes(ProcessHandle process) throws IOException, InterruptedException {
        Process jcmd =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                String.valueOf(process.pid()),
                                "Thread.print",
                                "-e")
                        .redirectErrorStream(true)
                        .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor()).as(said).isZero();
        Matcher thread = OF_THREAD.matcher(said);
        long sum = 0;
        while (thread.find()) {
            sum += Long.parseLong(thread.group(1)) << 10 * "BKMG".indexOf(thread.group(2));
        }
        assertThat(sum).as(said).isPositive();
        return sum;
    }
}
