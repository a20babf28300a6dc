package org.witan.validator.fire.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file system in memory, of a size that can be changed while it is used. */
public final class Tmpfs implements AutoCloseable {
    private final Path mount;

    /**
     * Makes a file system.
     *
     * @param mount where it is to be seen; made if missing
     * @param size as {@code mount} takes it, such as 256M
     */
    public Tmpfs(Path mount, String size) throws IOException, InterruptedException {
        this.mount = mount;
        Files.createDirectories(mount);
        Shell.run(command(mount, "size=" + size));
    }

    /** Why this machine cannot do this; empty if it can. */
    public static Optional<String> problem(Path scratch) throws IOException, InterruptedException {
        Path mount = Files.createDirectories(scratch.resolve("probe-of-tmpfs"));
        Shell.Result result = Shell.attempt(command(mount, "size=1M"));
        if (result.exitCode() != 0) {
            return Optional.of("no tmpfs can be mounted here: " + result.output().strip());
        }
        Shell.run("umount", mount.toString());
        return Optional.empty();
    }

    /** Gives it another size; what it holds stays. */
    public void resize(String size) throws IOException, InterruptedException {
        Shell.run(command(mount, "remount,size=" + size));
    }

    private static List<String> command(Path mount, String options) {
        return List.of("mount", "-t", "tmpfs", "-o", options, "tmpfs", mount.toString());
    }

    @Override
    public void close() throws IOException {
        Shell.unmount(mount);
    }
}
