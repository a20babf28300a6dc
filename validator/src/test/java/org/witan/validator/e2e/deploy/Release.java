package org.witan.validator.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.witan.validator.e2e.Witan;

/** Other builds of the distribution under test. */
public final class Release {
    private static final String LEVEL = "org/witan/validator/cli/protocol-level";

    private Release() {}

    /** Its program in a new folder, built to speak protocol level 1 and no more. */
    public static Path ofLevelOne(Path to) throws Exception {
        Path from = Witan.launcher().resolve("../..").normalize();
        run("cp", "-r", from.toString(), to.toString());
        speakLevelOne(to.resolve("lib"));
        Files.writeString(to.resolve("lib/build-id.txt"), "0".repeat(64) + "\n");
        Path program = to.resolve("bin/witan");
        // Its cache of classes is made now, not beside the network.
        run("env", "WITAN_REHEARSE=wait", program.toString(), "version");
        return program;
    }

    /** An archive of the distribution under test as a release of its own version and build. */
    static Path archive(Path scratch, String version) throws Exception {
        return packed(folder(scratch, version));
    }

    private static Path folder(Path scratch, String version) throws Exception {
        Path folder = scratch.resolve("witan-" + version);
        Path from = Witan.launcher().resolve("../..").normalize();
        run("cp", "-a", from.toString(), folder.toString());
        String before = Files.readString(from.resolve("lib/build-id.txt")).strip();
        String build = version.replace(".", "").repeat(32).substring(0, 64);
        Files.writeString(folder.resolve("lib/build-id.txt"), build + "\n");
        try (Stream<Path> files = Files.list(folder.resolve("lib"))) {
            for (Path cache : files.filter(file -> file.toString().endsWith(".aot")).toList()) {
                String name = cache.getFileName().toString().replace(before, build);
                Files.move(cache, cache.resolveSibling(name));
            }
        }
        return folder;
    }

    /** The same, built to speak protocol level 1 and no more. */
    static Path archiveOfLevelOne(Path scratch, String version) throws Exception {
        Path first = folder(scratch, version);
        speakLevelOne(first.resolve("lib"));
        return packed(first);
    }

    /** An archive of a release that does all but start a node, by another one that lies there. */
    static Path thatDoesNotStart(Path scratch, String version, String other) throws Exception {
        Path folder = scratch.resolve("witan-" + version);
        Files.createDirectories(folder.resolve("lib"));
        Files.createDirectories(folder.resolve("bin"));
        Files.writeString(folder.resolve("lib/build-id.txt"), "1".repeat(64) + "\n");
        String text =
                """
                #!/bin/sh
                if [ "$1" = start ]; then echo 'error[SOME] no' >&2; exit 3; fi
                exec '%s/bin/witan' "$@"
                """
                        .formatted(other);
        Path program = Files.writeString(folder.resolve("bin/witan"), text);
        assertThat(program.toFile().setExecutable(true, false)).isTrue();
        return packed(folder);
    }

    private static Path packed(Path folder) throws Exception {
        Path archive = folder.resolveSibling(folder.getFileName() + ".tar.gz");
        String name = String.valueOf(folder.getFileName());
        run(
                "tar",
                "--use-compress-program=gzip -1",
                "-cf",
                archive.toString(),
                "-C",
                String.valueOf(folder.getParent()),
                name);
        return archive;
    }

    /** Its cache of classes fits no longer. */
    private static void speakLevelOne(Path lib) throws IOException {
        try (Stream<Path> files = Files.list(lib)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith("witan-validator-")) {
                    inJar(file);
                } else if (name.endsWith(".aot")) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void inJar(Path jar) throws IOException {
        try (FileSystem inside = FileSystems.newFileSystem(jar)) {
            Path level = inside.getPath(LEVEL);
            assertThat(Files.readString(level).strip()).isEqualTo("2");
            Files.writeString(level, "1\n");
        }
    }

    /** A program that starts one validator of a devnet, and then none any more. */
    static Path thatStartsOne(Path scratch) throws IOException {
        String text =
                """
                #!/bin/sh
                if [ "$1 $2" = 'devnet start' ]; then mkdir "$0.used" || exit 1; fi
                exec '%s' "$@"
                """
                        .formatted(Witan.launcher());
        Path program = Files.writeString(scratch.resolve("starts-one"), text);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }

    private static void run(String... command) throws Exception {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(process.waitFor()).isZero();
    }
}
