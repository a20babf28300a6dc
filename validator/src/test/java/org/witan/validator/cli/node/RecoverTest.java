package org.witan.validator.cli.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.chain.rocks.RocksStore;
import org.witan.chain.rocks.StoreSettings;
import org.witan.chain.store.Recovered;
import org.witan.genesis.devnet.Devnet;
import org.witan.genesis.document.GenesisFile;
import org.witan.genesis.membership.Endpoint;
import org.witan.validator.cli.Main;

/** A lost disk is noted where nothing is left, and nowhere else. */
class RecoverTest {
    @TempDir private Path folder;

    private GenesisFile genesis;
    private Path home;
    private StringWriter err = new StringWriter();

    @BeforeEach
    void aHomeWithoutAStore() throws Exception {
        genesis =
                Devnet.found(
                                "net",
                                Instant.now(),
                                List.of(Endpoint.parse("ws://127.0.0.1:7401")),
                                new SecureRandom())
                        .genesis();
        home = folder.resolve("home");
        Files.createDirectory(home);
        Files.write(home.resolve("genesis.json"), genesis.toBytes());
        assertThat(run("init", "--home", home, "--id", "v1", "--organisation", "acme")).isZero();
    }

    private int run(Object... arguments) {
        err = new StringWriter();
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        return Main.run(words, new PrintWriter(new StringWriter()), new PrintWriter(err));
    }

    private Recovered.Past past() {
        StoreSettings store = StoreSettings.in(home.resolve("store"));
        try (RocksStore open = RocksStore.open(store, genesis.founding())) {
            return open.recovered().past();
        }
    }

    @Test
    void theNextStoreKnowsThatVotesAreLost() {
        assertThat(run("recover", "--home", home)).as(err.toString()).isZero();
        assertThat(past()).isEqualTo(Recovered.Past.LOST);
    }

    @Test
    void aHomeThatIsNewDoesNot() {
        assertThat(past()).isEqualTo(Recovered.Past.NONE);
    }

    @Test
    void aStoreOrAMarkIsNeverReplaced() throws Exception {
        assertThat(past()).isEqualTo(Recovered.Past.NONE);
        byte[] mark = Files.readAllBytes(home.resolve("store/high-water.mark"));
        assertThat(run("recover", "--home", home)).isEqualTo(7);
        assertThat(err.toString()).contains("STORE_EXISTS").contains("is not lost");
        assertThat(home.resolve("store/high-water.mark")).hasBinaryContent(mark);
    }

    @Test
    void tellingWhatItWouldDoDoesNothing() {
        assertThat(run("recover", "--home", home, "--dry-run")).isZero();
        assertThat(home.resolve("store")).doesNotExist();
    }
}
