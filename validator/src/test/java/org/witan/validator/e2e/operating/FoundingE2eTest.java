package org.witan.validator.e2e.operating;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    private static final String EXAMPLE_WORDS = "jetty inward educate boost tribe babble";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String TYPED = "what people remember";

    @TempDir private Path folder;

    private final int base = Witan.freeBase(FOUNDERS.size());

    @Test
    void theDocumentLeadsFromNothingToFourValidatorsThatAgree() throws Exception {
        each(founder -> {
            shell(folder, of(founder, step(1)));
            for (String key : List.of("governance", "recovery")) {
                secret(folder.resolve(founder).resolve(key + ".passphrase"));
            }
        });
        collector(step(2));
        mail("draft.json");
        each(founder -> {
            at(founder, step(3));
            send(founder + "-1.request.json", founder);
        });
        collector(step(4));
        mail("genesis.json");
        each(founder -> {
            at(founder, step(5));
            send(founder + ".endorsement.json", founder);
        });
        collector(step(6));
        mail("genesis.json");
        String words =
                Witan.run("genesis", "hash", folder.resolve("acme/genesis.json"), "--words")
                        .ok()
                        .out()
                        .strip()
                        .replace('-', ' ');
        assertThat(step(7)).contains(EXAMPLE_WORDS);
        each(founder -> {
            at(founder, step(7).replace(EXAMPLE_WORDS, words));
            assertThat(at(founder, step(8)))
                    .contains("ok: " + founder + "-1, a founding member")
                    .doesNotContain("warning");
        });
        requireAgreement();
    }

    /** What one founder does. */
    private interface Act {
        void by(String founder) throws Exception;
    }

    /** All do it at the same time, each on a machine of their own. */
    private static void each(Act act) throws Exception {
        try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> all =
                    FOUNDERS.stream()
                            .map(founder ->
                                    together.submit(() -> {
                                        act.by(founder);
                                        return founder;
                                    }))
                            .toList();
            for (Future<String> one : all) {
                one.get();
            }
        }
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
        return String.join(
                "",
                Page.of("found-a-network.md").blocks(number).stream()
                        .takeWhile(block -> !block.startsWith("witan start"))
                        .toList());
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

    /** The passphrase that people would type is in the variable. */
    private static String shell(Path where, String commands) throws Exception {
        return new Shell(where, Map.of("WITAN_PASSPHRASE", TYPED), Duration.ofSeconds(300))
                .run(commands);
    }
}
