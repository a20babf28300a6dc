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
final class Release {
    private static final String LEVEL = "org/witan/validator/cli/protocol-level";

    private Release() {}

    /** Its program, built to speak protocol level 1 and no more. */
    static Path ofLevelOne(Path scratch) throws Exception {
        Path from = Witan.launcher().resolve("../..").normalize();
        Path to = scratch.resolve("witan-first");
        run("cp", "-r", from.toString(), to.toString());
        try (Stream<Path> files = Files.list(to.resolve("lib"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith("witan-validator-")) {
                    speakLevelOne(file);
                } else if (name.endsWith(".aot")) {
                    Files.delete(file);
                }
            }
        }
        Files.writeString(to.resolve("lib/build-id.txt"), "0".repeat(64) + "\n");
        Path program = to.resolve("bin/witan");
        // Its cache of classes is made now, not beside the network.
        run("env", "WITAN_REHEARSE=wait", program.toString(), "version");
        return program;
    }

    private static void speakLevelOne(Path jar) throws IOException {
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
