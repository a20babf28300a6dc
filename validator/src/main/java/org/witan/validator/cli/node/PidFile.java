package org.witan.validator.cli.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.file.SafeFiles;

/**
 * Which process runs a home's node: {@code witan.pid} holds its number and when it started.
 *
 * <p>Numbers of processes are used again, so both must fit before a process is taken for the node;
 * nothing is ever found by its name.
 */
public final class PidFile {
    private static final String NAME = "witan.pid";

    private final Path file;

    private PidFile(Path file) {
        this.file = file;
    }

    /** The file of this home. */
    public static PidFile of(Path home) {
        return new PidFile(home.resolve(NAME));
    }

    /** The live process that the file names; empty if there is none. */
    public Optional<ProcessHandle> running() {
        try {
            String[] words = Files.readString(file).strip().split(" ");
            if (words.length != 2) {
                return Optional.empty();
            }
            long started = Long.parseLong(words[1]);
            return ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> startMillis(process) == started);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (NumberFormatException torn) {
            return Optional.empty();
        } catch (IOException failed) {
            throw SafeFiles.unreadable(file, failed);
        }
    }

    /**
     * Names a process in the file.
     *
     * @throws OperatorError ALREADY_RUNNING if the file names another one that lives;
     *     FILE_NOT_WRITTEN
     */
    public void claim(ProcessHandle process) {
        running()
                .filter(other -> other.pid() != process.pid())
                .ifPresent(other -> {
                    throw new OperatorError(
                            ExitCode.NOT_FOUND,
                            "ALREADY_RUNNING",
                            "the node of " + file.getParent() + " is running already",
                            "it is process " + other.pid(),
                            "witan stop --home " + file.getParent());
                });
        try {
            Path fresh = file.resolveSibling(NAME + ".new");
            Files.writeString(fresh, process.pid() + " " + startMillis(process) + "\n");
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw SafeFiles.notWritten(file, failed);
        }
    }

    /** Removes the file, if it still names this process. */
    public void release(ProcessHandle process) {
        if (running().filter(process::equals).isPresent()) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException stale) {
                // It names a process that is about to end, which is as good as no file.
            }
        }
    }

    /** When a process started; 0 if the system does not say. */
    private static long startMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
