package org.witan.validator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.chain.rocks.RocksStore;
import org.witan.chain.rocks.StoreSettings;
import org.witan.genesis.devnet.Devnet;
import org.witan.genesis.file.SafeFiles;
import org.witan.genesis.membership.Endpoint;
import org.witan.validator.cli.config.Setting;
import org.witan.validator.cli.node.NodeHome;

/** The runbooks of one node's disk, step by step: what is typed, and what is said. */
class RunbookStoriesTest {
    @TempDir Path folder;
    private Path home = Path.of("");
    private Path genesis = Path.of("");

    /** How a command ended, and all that it said. */
    private record Said(int exitCode, String text) {}

    @BeforeEach
    void found() throws IOException {
        genesis = founded("first");
        home = folder.resolve("D");
        Map<Setting, String> settings = new LinkedHashMap<>();
        settings.put(Setting.ID, "v1");
        settings.put(Setting.GENESIS, genesis.toString());
        Files.createDirectories(home);
        Files.copy(genesis, home.resolve("genesis.json"));
        NodeHome.make(home, devnet.founders().getFirst().nodeKey(), Optional.empty(), settings);
    }

    private Devnet devnet = devnet("first");

    private static Devnet devnet(String name) {
        List<Endpoint> endpoints =
                Stream.of(1, 2, 3, 4).map(i -> new Endpoint("127.0.0.1", 17_400 + i)).toList();
        return Devnet.found(name, Instant.now(), endpoints, new SecureRandom());
    }

    private Path founded(String name) {
        Path file = folder.resolve(name + ".json");
        SafeFiles.createPublic(file, devnet.genesis().toBytes());
        return file;
    }

    private void store() {
        RocksStore.open(StoreSettings.in(home.resolve("store")), devnet.genesis().founding())
                .close();
    }

    private static Said witan(Object... words) {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        String[] arguments = Stream.of(words).map(Object::toString).toArray(String[]::new);
        int code = Main.run(arguments, out, out);
        return new Said(code, said.toString());
    }

    private Said checkOnly() {
        return witan("start", "--home", home, "--check-only");
    }

    /** The log of the database, which holds all of a young store, loses one bit. */
    private void damage() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("store/db"))) {
            Path log =
                    files.filter(file -> file.toString().endsWith(".log"))
                            .max(Comparator.comparingLong(file -> file.toFile().length()))
                            .orElseThrow();
            try (RandomAccessFile bytes = new RandomAccessFile(log.toFile(), "rw")) {
                bytes.seek(bytes.length() / 2);
                int before = bytes.read();
                bytes.seek(bytes.length() / 2);
                bytes.write(before ^ 1);
            }
        }
    }

    @Test
    void aCorruptDatabaseIsToldAndMovedAway() throws IOException {
        store();
        damage();
        Said broken = checkOnly();
        assertThat(broken.exitCode).isEqualTo(74);
        for (String line : quoted("error[STORE_DAMAGED] the store")) {
            String expected = line.replace("D/", home + "/");
            for (String part : expected.split("…|: (?=checksum)")) {
                assertThat(broken.text).contains(part.strip());
            }
        }
        Said verified = witan("ledger", "verify", "--deep", "--home", home);
        assertThat(verified.exitCode).isEqualTo(74);
        assertThat(verified.text).contains("error[STORE_DAMAGED]");
        Files.move(home.resolve("store/db"), home.resolve("store/db.broken"));
        Said anew = checkOnly();
        assertThat(anew.exitCode).as(anew.text).isZero();
        assertThat(anew.text).contains("database at height 0");
    }

    /** The lines of the runbook's block from the one with these words on. */
    private static List<String> quoted(String words) throws IOException {
        String book =
                Files.readString(Path.of("../docs/operating/runbooks.md"), StandardCharsets.UTF_8);
        List<String> lines =
                book.lines()
                        .dropWhile(line -> !line.startsWith(words))
                        .takeWhile(line -> !line.startsWith("```"))
                        .toList();
        assertThat(lines).hasSizeGreaterThan(2);
        return lines;
    }

    @Test
    void aMarkOfWhichNothingCanBeReadIsMovedAside() throws IOException {
        store();
        Path mark = home.resolve("store/high-water.mark");
        Files.write(mark, new byte[8192]);
        Said refused = checkOnly();
        assertThat(refused.exitCode).isEqualTo(7);
        assertThat(refused.text).contains("error[HIGH_WATER_MARK_UNREADABLE]");
        Files.move(mark, home.resolve("mark.damaged"));
        assertThat(checkOnly().exitCode).isZero();
        try (RocksStore store =
                RocksStore.open(
                        StoreSettings.in(home.resolve("store")), devnet.genesis().founding())) {
            assertThat(store.recovered().mayVote()).as("it follows until it is safe").isFalse();
        }
    }

    @Test
    void aLostHomeIsRecoveredBeforeItStarts() {
        Said recovered = witan("recover", "--home", home);
        assertThat(recovered.exitCode).as(recovered.text).isZero();
        assertThat(checkOnly().exitCode).isZero();
        Said twice = witan("recover", "--home", home);
        assertThat(twice.exitCode).as("it has a mark now: %s", twice.text).isNotZero();
        try (RocksStore store =
                RocksStore.open(
                        StoreSettings.in(home.resolve("store")), devnet.genesis().founding())) {
            assertThat(store.recovered().past())
                    .isEqualTo(org.witan.chain.store.Recovered.Past.LOST);
        }
    }

    @Test
    void anotherNetworksGenesisIsRefused() {
        store();
        devnet = devnet("second");
        Path other = founded("second");
        Said refused = witan("start", "--home", home, "--genesis", other, "--check-only");
        assertThat(refused.exitCode).isEqualTo(7);
        assertThat(refused.text)
                .contains("error[GENESIS_MISMATCH]", "store:", "genesis:", "first difference");
        Said difference = witan("genesis", "diff", genesis, other);
        assertThat(difference.exitCode).as(difference.text).isEqualTo(10);
        assertThat(witan("genesis", "hash", other, "--words").exitCode).isZero();
    }
}
