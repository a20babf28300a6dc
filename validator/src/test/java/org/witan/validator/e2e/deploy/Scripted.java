package org.witan.validator.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A devnet folder of three nodes, and two programs that note each call and answer as if all went
 * well; a test says which calls are answered otherwise.
 */
final class Scripted {
    private static final Path SCRIPT = Path.of("..", "deploy", "rolling-upgrade.sh");
    private static final String PROGRAM =
            """
            #!/bin/bash
            name=$(basename "$0")
            echo "$name $*" >>'%1$s/calls'
            node=$(grep -o 'devnet/v[0-9]' <<<"$*" | head -1)
            case "$name $*" in
            %2$s
            *' config show '*) echo "{\\"api.listen\\": \\"127.0.0.1:900${node#devnet/v}\\"}" ;;
            *' upgrade order '*) for i in 1 2 3; do echo "http://127.0.0.1:900$i v$i why"; done ;;
            *' status '*) port=${*: -1}; [ ! -e "%1$s/down.v${port: -1}" ] || exit 5 ;;
            *' checkpoint create '*) : >"${*: -1}" ;;
            *' stop '*) : >"%1$s/down.${node#devnet/}" ;;
            *' devnet start '*) rm -f "%1$s/down.v$3" ;;
            *) ;;
            esac
            """;

    private final Path folder;
    private final List<String> rules = new ArrayList<>();

    /** What a run said and how it ended. */
    record Said(int exitCode, String text) {}

    Scripted(Path folder) throws IOException {
        this.folder = folder;
        for (int i = 1; i <= 3; i++) {
            Path home = Files.createDirectories(folder.resolve("devnet/v" + i));
            // One is written as devnet does, the others are asked for.
            String listen = i == 1 ? "\napi.listen: \"127.0.0.1:9001\"" : "";
            Files.writeString(home.resolve("witan.yaml"), "id: v" + i + listen + "\n");
            Files.writeString(home.resolve("genesis.json"), "{}");
        }
        Files.writeString(folder.resolve("devnet/genesis.json"), "{}");
        Files.createFile(folder.resolve("calls"));
    }

    /**
     * Calls that match are answered so.
     *
     * @param pattern of the shell, for the program's name and words
     * @param commands of the shell
     */
    Scripted answers(String pattern, String commands) {
        rules.add(pattern.replace(" ", "\\ ") + ") " + commands + " ;;");
        return this;
    }

    /** Runs the script from {@code old} to {@code new}; nothing is waited for. */
    Said run(String... more) throws Exception {
        return runBy(List.of(), more);
    }

    /** The same while another process has the lock of the run. */
    Said runLocked() throws Exception {
        return runBy(List.of("flock", "devnet/rolling-upgrade.state.lock"));
    }

    private Said runBy(List<String> before, String... more) throws Exception {
        for (String name : List.of("old", "new")) {
            Path program = folder.resolve(name);
            Files.writeString(program, PROGRAM.formatted(folder, String.join("\n", rules)));
            assertThat(program.toFile().setExecutable(true)).isTrue();
        }
        List<String> command = new ArrayList<>(before);
        command.add(SCRIPT.toRealPath().toString());
        command.addAll(List.of("--devnet", "devnet", "--soak", "0", "--wait", "0"));
        command.addAll(List.of("--from", "./old", "--to", "./new"));
        command.addAll(List.of(more));
        return bash(command);
    }

    private Said bash(List<String> command) throws Exception {
        Path said = folder.resolve("said");
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        int code = process.waitFor();
        return new Said(code, Files.readString(said));
    }

    /** The calls so far, each with the program's name, without those that only ask. */
    List<String> acts() throws IOException {
        return Files.readAllLines(folder.resolve("calls")).stream()
                .filter(call ->
                        !call.matches("\\w+ (version|config|status|upgrade (order|status)).*"))
                .map(call -> call.replaceAll("--home devnet/|--others \\S+ ?|--dir devnet", ""))
                .map(call -> call.replaceAll("http://127.0.0.1:900", "v"))
                .map(String::strip)
                .toList();
    }

    /** The state file's lines. */
    List<String> state() throws IOException {
        Path file = folder.resolve("devnet/rolling-upgrade.state");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /** Begins with a state file of these lines. */
    void state(String... lines) throws IOException {
        Files.write(folder.resolve("devnet/rolling-upgrade.state"), List.of(lines));
    }

    /** All files of the devnet with what they hold. */
    List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("devnet"))) {
            List<String> files = new ArrayList<>();
            for (Path file : all.sorted().toList()) {
                files.add(file + (Files.isDirectory(file) ? "" : " " + Files.readString(file)));
            }
            return files;
        }
    }
}
