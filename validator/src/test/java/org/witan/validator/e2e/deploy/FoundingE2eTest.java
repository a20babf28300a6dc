package org.witan.validator.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.validator.e2e.Await;
import org.witan.validator.e2e.Witan;

/**
 * The founding document, executed by a shell as it stands there, by four founders; addresses alone
 * are replaced by free ones of this machine.
 */
@Tag("fire")
class FoundingE2eTest {
    private static final List<String> FOUNDERS = List.of("acme", "birch", "cedar", "dune");
    private static final Pattern SHELL = Pattern.compile("(?ms)^```sh\n(.*?)^```$");
    private static final String EXAMPLE_WORDS = "jetty inward educate boost tribe babble";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String TYPED = "what people remember";

    @TempDir private Path folder;

    private final int base = Witan.freeBase(FOUNDERS.size());

    @Test
    void theDocumentLeadsFromNothingToFourValidatorsThatAgree() throws Exception {
        for (String founder : FOUNDERS) {
            shell(folder, of(founder, step(1)));
            for (String key : List.of("governance", "recovery")) {
                secret(folder.resolve(founder).resolve(key + ".passphrase"));
            }
        }
        collector(step(2));
        mail("draft.json");
        for (String founder : FOUNDERS) {
            at(founder, step(3));
            send(founder + "-1.request.json", founder);
        }
        collector(step(4));
        mail("genesis.json");
        for (String founder : FOUNDERS) {
            at(founder, step(5));
            send(founder + ".endorsement.json", founder);
        }
        collector(step(6));
        mail("genesis.json");
        String words =
                Witan.run("genesis", "hash", folder.resolve("acme/genesis.json"), "--words")
                        .ok()
                        .out()
                        .strip()
                        .replace('-', ' ');
        assertThat(step(7)).contains(EXAMPLE_WORDS);
        for (String founder : FOUNDERS) {
            at(founder, step(7).replace(EXAMPLE_WORDS, words));
            assertThat(at(founder, step(8)))
                    .contains("ok: " + founder + "-1, a founding member")
                    .doesNotContain("warning");
        }
        requireAgreement();
    }

    /** They start as the last line of the document says, and what one writes the others read. */
    private void requireAgreement() throws Exception {
        List<Process> nodes = new ArrayList<>();
        try {
            for (String founder : FOUNDERS) {
                Path home = folder.resolve(founder).resolve("home");
                Path log = home.resolve("node.log");
                nodes.add(Witan.start(log, log, "start", "--home", home));
            }
            for (String founder : FOUNDERS) {
                Await.until(founder + " is ready", SOON, () -> isReady(founder));
            }
            Path home = folder.resolve("acme/home");
            Witan.run("entry", "put", "greeting", "hello", "--home", home).ok();
            for (String founder : FOUNDERS) {
                Await.until(founder + " has it", SOON, () -> reads(founder).contains("hello"));
            }
        } finally {
            nodes.forEach(Process::destroy);
            for (Process node : nodes) {
                node.waitFor();
            }
        }
    }

    private boolean isReady(String founder) throws Exception {
        return Witan.run("status", "--check", "--node", api(founder)).exitCode() == 0;
    }

    private String reads(String founder) throws Exception {
        return Witan.run("entry", "get", "acme-1/greeting", "--node", api(founder)).out();
    }

    private String api(String founder) {
        return "http://127.0.0.1:" + (port(founder) + 1000);
    }

    private int port(String founder) {
        return base + 1 + FOUNDERS.indexOf(founder);
    }

    /** The commands of a step; of the last one those before the node runs. */
    private static String step(int number) throws IOException {
        Path document = Path.of("../docs/operating/found-a-network.md");
        String text = Files.readString(document);
        int start = text.indexOf("\n## " + number + ". ");
        assertThat(start).as("step %d", number).isPositive();
        Matcher block = SHELL.matcher(text.substring(start, text.indexOf("\n## ", start + 1)));
        StringBuilder commands = new StringBuilder();
        while (block.find() && !block.group(1).startsWith("witan start")) {
            commands.append(block.group(1));
        }
        assertThat(commands).as("commands of step %d", number).isNotEmpty();
        return commands.toString();
    }

    private String of(String founder, String commands) {
        String link = "127.0.0.1:" + port(founder);
        String api = "127.0.0.1:" + (port(founder) + 1000);
        return commands.replace("ws://acme.example:7400", "ws://" + link)
                .replace("--listen 0.0.0.0:7400", "--listen " + link + " --api-listen " + api)
                .replace("acme-trade", "TRADE")
                .replace("acme", founder)
                .replace("TRADE", "acme-trade");
    }

    private String at(String founder, String commands) throws Exception {
        return shell(folder.resolve(founder), of(founder, commands));
    }

    private void collector(String commands) throws Exception {
        shell(folder.resolve("acme"), commands);
    }

    private void mail(String file) throws IOException {
        for (String founder : FOUNDERS.subList(1, FOUNDERS.size())) {
            Path own = folder.resolve(founder).resolve(file);
            Files.deleteIfExists(own);
            Files.copy(folder.resolve("acme").resolve(file), own);
        }
    }

    private void send(String file, String founder) throws IOException {
        if (!founder.equals("acme")) {
            Files.copy(folder.resolve(founder).resolve(file), folder.resolve("acme").resolve(file));
        }
    }

    private static void secret(Path file) throws IOException {
        Files.writeString(file, TYPED + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** Runs commands until one fails; the passphrase that people would type is in the variable. */
    private static String shell(Path where, String commands) throws Exception {
        List<String> command = new ArrayList<>(List.of("bash", "-eu", "-c", commands));
        ProcessBuilder builder = new ProcessBuilder(command).directory(where.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("WITAN_"));
        builder.environment().put("WITAN_PASSPHRASE", TYPED);
        Path bin = Witan.launcher().toAbsolutePath().getParent();
        builder.environment().merge("PATH", String.valueOf(bin), (old, first) -> first + ":" + old);
        Path out = Files.createTempFile("founding", ".out");
        try {
            Process process =
                    builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
            boolean ended = process.waitFor(300, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            String said = Files.readString(out);
            assertThat(ended).as("it ended: %s", said).isTrue();
            assertThat(process.exitValue()).as("%s%n%s", commands, said).isZero();
            return said;
        } finally {
            Files.delete(out);
        }
    }
}
