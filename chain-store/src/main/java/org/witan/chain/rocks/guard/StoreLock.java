package org.witan.chain.rocks.guard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.witan.chain.store.StoreFailed;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;

/** Lets one process at a time have the store; the system frees it when the process ends. */
public final class StoreLock implements AutoCloseable {
    private final FileChannel file;

    private StoreLock(FileChannel file) {
        this.file = file;
    }

    /**
     * Takes the lock and writes this process's number into it.
     *
     * @throws OperatorError {@code STORE_IN_USE} if another process has it
     */
    public static StoreLock take(Path path) {
        try {
            FileChannel file =
                    FileChannel.open(
                            path,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            if (tryLock(file) == null) {
                file.close();
                throw inUse(path);
            }
            file.truncate(0);
            file.write(
                    ByteBuffer.wrap(
                            Long.toString(ProcessHandle.current().pid())
                                    .getBytes(StandardCharsets.US_ASCII)));
            return new StoreLock(file);
        } catch (IOException e) {
            throw new StoreFailed("locking " + path, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    private static OperatorError inUse(Path path) throws IOException {
        String holder = Files.readString(path, StandardCharsets.US_ASCII);
        return new OperatorError(
                ExitCode.REFUSED_FOR_SAFETY,
                "STORE_IN_USE",
                "the store in " + path.toAbsolutePath().getParent() + " is in use",
                "process " + holder + " holds it, and two nodes on one store could vote twice",
                "stop that process first (witan stop), or ask the running node instead");
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new StoreFailed("unlocking", e);
        }
    }
}
