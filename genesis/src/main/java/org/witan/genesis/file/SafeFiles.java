package org.witan.genesis.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;

/**
 * Reads and writes whole small files.
 *
 * <p>What is written appears whole or not at all: it goes to a temporary file beside the target, is
 * synced, gets its name, and the directory is synced.
 */
public final class SafeFiles {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OF_OTHERS =
            PosixFilePermissions.fromString("---rwxrwx");
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(OWNER_ONLY);
    private static final FileAttribute<?> PUBLIC =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));

    private SafeFiles() {}

    /**
     * The content of a file.
     *
     * @param maxBytes a larger file is refused after reading this much
     * @throws OperatorError {@code FILE_NOT_FOUND}, {@code FILE_TOO_LARGE}, {@code FILE_UNREADABLE}
     */
    public static byte[] read(Path file, int maxBytes) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(maxBytes + 1);
            if (content.length > maxBytes) {
                throw new OperatorError(
                        ExitCode.INVALID_CONFIGURATION,
                        "FILE_TOO_LARGE",
                        file + " is too large",
                        "it has more than " + maxBytes + " bytes",
                        "name the right file");
            }
            return content;
        } catch (IOException failed) {
            throw unreadable(file, failed);
        }
    }

    /**
     * Refuses a file that its group or others may use.
     *
     * @throws OperatorError {@code FILE_OPEN_TO_OTHERS}, {@code FILE_NOT_FOUND}, {@code
     *     FILE_UNREADABLE}
     */
    public static void checkPrivate(Path file) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (permissions.stream().anyMatch(OF_OTHERS::contains)) {
                throw new OperatorError(
                        ExitCode.INVALID_CONFIGURATION,
                        "FILE_OPEN_TO_OTHERS",
                        file + " holds a secret and is open to others",
                        "its mode is " + PosixFilePermissions.toString(permissions),
                        "chmod 600 " + file);
            }
        } catch (IOException failed) {
            throw unreadable(file, failed);
        }
    }

    /**
     * Refuses a name that is taken: for a command that makes several files, all or none.
     *
     * @throws OperatorError {@code FILE_EXISTS}
     */
    public static void checkAbsent(Path file) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw exists(file);
        }
    }

    /**
     * Writes a secret to a new file with mode 0600.
     *
     * @throws OperatorError {@code FILE_EXISTS} if there is one, which then stays as it is; {@code
     *     FILE_NOT_WRITTEN}
     */
    public static void createPrivate(Path file, byte[] content) {
        create(file, content, PRIVATE);
    }

    /** As {@link #createPrivate}, for a file that everybody may read. */
    public static void createPublic(Path file, byte[] content) {
        create(file, content, PUBLIC);
    }

    /** Puts a secret in the place of an older one; at any moment one of them is there whole. */
    public static void replacePrivate(Path file, byte[] content) {
        replace(file, content, PRIVATE);
    }

    /** As {@link #replacePrivate}, for a file that everybody may read; there may be none yet. */
    public static void replacePublic(Path file, byte[] content) {
        replace(file, content, PUBLIC);
    }

    private static void create(Path file, byte[] content, FileAttribute<?> mode) {
        try {
            Path temporary = writeBeside(file, content, mode);
            try {
                // A link never replaces what has the name already; a rename would.
                PersistPoint.FILE_NAMED.write(() -> Files.createLink(file, temporary));
            } finally {
                Files.delete(temporary);
            }
            syncDirectory(file);
        } catch (FileAlreadyExistsException _) {
            throw exists(file);
        } catch (IOException failed) {
            throw notWritten(file, failed);
        }
    }

    private static void replace(Path file, byte[] content, FileAttribute<?> mode) {
        try {
            Path temporary = writeBeside(file, content, mode);
            try {
                PersistPoint.FILE_REPLACED.write(
                        () -> Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE));
            } finally {
                Files.deleteIfExists(temporary);
            }
            syncDirectory(file);
        } catch (IOException failed) {
            throw notWritten(file, failed);
        }
    }

    private static Path writeBeside(Path file, byte[] content, FileAttribute<?> mode)
            throws IOException {
        Path temporary = Files.createTempFile(directory(file), ".witan-", ".tmp", mode);
        try {
            PersistPoint.FILE_CONTENT.write(() -> fill(temporary, content));
        } catch (IOException failed) {
            Files.deleteIfExists(temporary);
            throw failed;
        }
        return temporary;
    }

    private static void fill(Path temporary, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    /** Without this, a power cut may take the name of a file whose content is on disk. */
    private static void syncDirectory(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(directory(file), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path directory(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    private static OperatorError exists(Path file) {
        return new OperatorError(
                ExitCode.NOT_FOUND,
                "FILE_EXISTS",
                file + " exists already",
                "it is never overwritten",
                "name another file, or move this one away");
    }

    /** What an operator is told when a file cannot be read. */
    public static OperatorError unreadable(Path file, IOException failed) {
        boolean missing = failed instanceof NoSuchFileException;
        return new OperatorError(
                missing ? ExitCode.NOT_FOUND : ExitCode.INVALID_CONFIGURATION,
                missing ? "FILE_NOT_FOUND" : "FILE_UNREADABLE",
                file + " cannot be read",
                reason(failed),
                missing ? "check the name: ls -l " + file : "ls -l " + file);
    }

    /** What an operator is told when a file or a folder cannot be written. */
    public static OperatorError notWritten(Path file, IOException failed) {
        return new OperatorError(
                ExitCode.STORAGE_FAILED,
                "FILE_NOT_WRITTEN",
                file + " cannot be written",
                reason(failed),
                "df -h " + directory(file) + "; ls -ld " + directory(file));
    }

    /** Why something could not be read or written, in words. */
    public static String reason(IOException failed) {
        return switch (failed) {
            case NoSuchFileException missing -> "there is no " + missing.getFile();
            case AccessDeniedException denied -> "access denied to " + denied.getFile();
            default -> String.valueOf(failed.getMessage());
        };
    }
}
