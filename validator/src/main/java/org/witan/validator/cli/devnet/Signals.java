package org.witan.validator.cli.devnet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends, freezes and thaws processes, each by its number. */
final class Signals {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private Signals() {}

    /** Freezes a process: it keeps its sockets and does nothing. */
    static void pause(ProcessHandle process) {
        send("STOP", process);
    }

    /** Lets a frozen process go on. */
    static void resume(ProcessHandle process) {
        send("CONT", process);
    }

    /** Ends a process at once, as a power cut would, and waits until it is gone. */
    static void kill(ProcessHandle process) {
        process.destroyForcibly();
        await(process, PATIENCE);
    }

    /** Ends processes in an orderly way, all at once; those that do not end are killed. */
    static void end(List<ProcessHandle> processes) {
        for (ProcessHandle process : processes) {
            process.destroy();
            // A frozen process takes the request when it goes on.
            resume(process);
        }
        for (ProcessHandle process : processes) {
            if (!await(process, PATIENCE)) {
                kill(process);
            }
        }
    }

    private static boolean await(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void send(String signal, ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
