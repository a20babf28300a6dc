package org.witan.validator.fire.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An ext4 file system in a file, mounted, whose power can be cut: what was not synced is then gone.
 *
 * <p>The file is copied while the file system is mounted, and the copy takes its place. What only
 * the kernel's memory held, because nobody synced it, is not in the copy.
 */
public final class LoopDisk implements AutoCloseable {
    private final Path folder;
    private final Path mount;
    private int copies;

    /**
     * Makes a file system.
     *
     * @param mount where it is to be seen; made if missing
     * @param size as {@code mkfs.ext4} writes it; blocks that are not used cost nothing
     */
    public LoopDisk(Path folder, Path mount, String size) throws IOException, InterruptedException {
        this.folder = folder;
        this.mount = mount;
        Files.createDirectories(folder);
        Files.createDirectories(mount);
        Shell.run("truncate", "-s", size, image().toString());
        Shell.run("mkfs.ext4", "-q", "-F", "-m", "0", image().toString());
        Shell.run("mount", "-o", "loop", image().toString(), mount.toString());
    }

    /** Why this machine cannot do this; empty if it can. */
    public static Optional<String> problem(Path scratch) throws IOException, InterruptedException {
        Path image = scratch.resolve("probe.img");
        Path mount = Files.createDirectories(scratch.resolve("probe"));
        for (List<String> command :
                List.of(
                        List.of("truncate", "-s", "16M", image.toString()),
                        List.of("mkfs.ext4", "-q", "-F", image.toString()),
                        List.of("mount", "-o", "loop", image.toString(), mount.toString()))) {
            Shell.Result result = Shell.attempt(command);
            if (result.exitCode() != 0) {
                return Optional.of(
                        "no loop devices here: %s: %s"
                                .formatted(String.join(" ", command), result.output().strip()));
            }
        }
        Shell.run("umount", mount.toString());
        Files.delete(image);
        return Optional.empty();
    }

    /** Copies the image as it is at this moment on the disk. */
    public void copy() throws IOException, InterruptedException {
        Path copy = folder.resolve("disk-" + (copies + 1) + ".img");
        Shell.run("cp", "--sparse=always", image().toString(), copy.toString());
    }

    /** Puts the copy in the place of the file system; nobody may have a file of it open. */
    public void swap() throws IOException, InterruptedException {
        Shell.run("umount", mount.toString());
        Files.delete(image());
        copies++;
        Shell.run("mount", "-o", "loop", image().toString(), mount.toString());
    }

    private Path image() {
        return folder.resolve("disk-" + copies + ".img");
    }

    @Override
    public void close() throws IOException {
        Shell.unmount(mount);
    }
}
