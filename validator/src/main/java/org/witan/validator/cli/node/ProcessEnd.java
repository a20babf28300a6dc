package org.witan.validator.cli.node;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.witan.genesis.failure.ExitCode;
import org.witan.validator.node.ValidatorNode;

/**
 * Ends a node when its process is told to end, by a signal or because its work is done.
 *
 * <p>Java ends with 143 after SIGTERM, which a supervisor takes for a failure; this ends with 0
 * once everything is closed.
 */
final class ProcessEnd implements Runnable {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final PidFile pid;
    private final AtomicBoolean taken = new AtomicBoolean();
    private volatile @Nullable ValidatorNode node;

    private ProcessEnd(PidFile pid) {
        this.pid = pid;
    }

    /** Waits for the signal from now on; a node that is not there yet loses nothing by its end. */
    static ProcessEnd armed(PidFile pid) {
        ProcessEnd end = new ProcessEnd(pid);
        Runtime.getRuntime().addShutdownHook(new Thread(end, "end"));
        return end;
    }

    /** What is to be closed. */
    void closes(ValidatorNode started) {
        node = started;
    }

    /** Takes the end away from the signal; false if the signal came first and ends the process. */
    boolean disarm() {
        return taken.compareAndSet(false, true);
    }

    /** Runs as the last thing of the process. */
    @Override
    public void run() {
        if (!disarm()) {
            return;
        }
        ValidatorNode started = node;
        if (started != null) {
            started.close();
        }
        pid.release(ProcessHandle.current());
        StartCommand.events().info("ended");
        Runtime.getRuntime().halt(ExitCode.OK.number());
    }

    /** Ends this process when another one has ended. */
    static void endWith(long pid) {
        Optional<ProcessHandle> other = ProcessHandle.of(pid);
        Thread.ofVirtual()
                .name("parent")
                .start(() -> {
                    try {
                        while (other.map(ProcessHandle::isAlive).orElse(false)) {
                            Thread.sleep(PAUSE);
                        }
                        System.exit(ExitCode.OK.number());
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                    }
                });
    }
}
