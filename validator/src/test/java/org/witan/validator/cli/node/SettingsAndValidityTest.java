package org.witan.validator.cli.node;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Transaction;
import org.witan.chain.proof.ProofBundles;
import org.witan.chain.proof.ProofFile;
import org.witan.chain.rocks.RocksStore;
import org.witan.chain.state.Execution;
import org.witan.chain.state.Execution.Executed;
import org.witan.chain.state.SignatureCheck;
import org.witan.chain.state.StatePath;
import org.witan.chain.store.StoreWrite.Commit;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.devnet.Devnet;
import org.witan.genesis.file.SafeFiles;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.cli.config.Setting;
import org.witan.validator.cli.config.Settings;
import org.witan.validator.cli.config.SettingsSources;
import org.witan.validator.node.NodeSettings;
import org.witan.validator.node.verify.Precheck;

/**
 * Whatever {@code witan.yaml} says, the same blocks come to the same verdicts, receipts, roots and
 * proofs: every setting is changed once, alone, from the file to the store that it opens.
 */
class SettingsAndValidityTest {
    private static final int BLOCKS = 12;

    /** Other values for each setting than the one that it has where nobody says anything. */
    private static final Map<Setting, List<String>> OTHERS = new EnumMap<>(Setting.class);

    static {
        OTHERS.put(Setting.ID, List.of("v2", "nobody"));
        OTHERS.put(Setting.ROLE, List.of("gateway", "observer"));
        OTHERS.put(Setting.HOME, List.of("."));
        OTHERS.put(Setting.GENESIS, List.of("other-genesis.json"));
        OTHERS.put(Setting.KEY_FILE, List.of("other.key"));
        OTHERS.put(Setting.KEY_PASSPHRASE_FILE, List.of("other-passphrase"));
        OTHERS.put(Setting.LINK_LISTEN, List.of("127.0.0.1:1"));
        OTHERS.put(Setting.LINK_ADVERTISE, List.of("ws://v9.example:7400"));
        OTHERS.put(Setting.LINK_JOIN, List.of("v2@ws://127.0.0.1:1,v3@ws://127.0.0.1:2"));
        OTHERS.put(Setting.LINK_NETWORK_KEY_FILE, List.of("network.key"));
        OTHERS.put(Setting.API_LISTEN, List.of("127.0.0.1:2"));
        OTHERS.put(Setting.API_ALLOWED_HOSTS, List.of("a.example,b.example"));
        OTHERS.put(Setting.ADMIN_LISTEN, List.of("off", "elsewhere/socket"));
        OTHERS.put(Setting.STORE_PATH, List.of("elsewhere"));
        OTHERS.put(Setting.STORE_CACHE, List.of("1MiB", "256MiB"));
        OTHERS.put(Setting.STORE_KEEP, List.of("1", "5000", "all"));
        OTHERS.put(Setting.CATCHUP_MODE, List.of("snapshot"));
        OTHERS.put(Setting.BACKUP_EVERY, List.of("off"));
        OTHERS.put(Setting.LOG_LEVEL, List.of("error", "trace"));
        OTHERS.put(Setting.LOG_FORMAT, List.of("json"));
    }

    @TempDir private Path folder;

    private final Devnet devnet =
            Devnet.found(
                    "shop",
                    Instant.EPOCH,
                    IntStream.range(0, 4)
                            .mapToObj(i -> new Endpoint("127.0.0.1", 7400 + i))
                            .toList(),
                    new SecureRandom());
    private final TestNetwork network =
            new TestNetwork(
                    devnet.genesis().founding(),
                    devnet.founders().stream().map(Devnet.Founder::nodeKey).toList(),
                    devnet.founders().getFirst().governanceKey());
    private final Execution execution =
            new Execution(network.id(), SignatureCheck.by(Ed25519.VERIFIER));
    private final Map<String, RocksStore> stores = new HashMap<>();

    @BeforeEach
    void aStoreForEachValueOfEachSetting() throws IOException {
        assertThat(OTHERS.keySet()).as("each setting").containsExactly(Setting.values());
        open("as it is", Map.of());
        for (Map.Entry<Setting, List<String>> setting : OTHERS.entrySet()) {
            for (String value : setting.getValue()) {
                open(setting.getKey().key() + "=" + value, Map.of(setting.getKey(), value));
            }
        }
    }

    @AfterEach
    void close() {
        stores.values().forEach(RocksStore::close);
    }

    private void open(String name, Map<Setting, String> changed) throws IOException {
        Path home = folder.resolve("home" + stores.size());
        NodeHome.make(home, devnet.founders().getFirst().nodeKey(), Optional.empty(), Map.of());
        for (String copy : List.of("node.key other.key", "passphrase other-passphrase")) {
            String[] names = copy.split(" ");
            Files.copy(
                    home.resolve(names[0]),
                    home.resolve(names[1]),
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.write(home.resolve("genesis.json"), devnet.genesis().toBytes());
        Files.write(home.resolve("other-genesis.json"), devnet.genesis().toBytes());
        SafeFiles.createPrivate(home.resolve("network.key"), "ab".repeat(32).getBytes(US_ASCII));
        Map<Setting, String> all = new EnumMap<>(Setting.class);
        all.put(Setting.ID, "v1");
        all.put(Setting.KEY_PASSPHRASE_FILE, "passphrase");
        all.putAll(changed);
        StringBuilder yaml = new StringBuilder();
        all.forEach((setting, value) ->
                yaml.append(setting.key()).append(": \"").append(value).append("\"\n"));
        Files.writeString(home.resolve(SettingsSources.FILE_NAME), yaml.toString());
        Settings settings =
                new SettingsSources(Map.of(), Map.of(), Optional.of(home), Optional.empty())
                        .resolve();
        NodeSettings told = NodeStart.nodeSettings(settings, devnet.genesis(), Optional.empty());
        stores.put(name, RocksStore.open(told.store(), network.founding()));
    }

    @Test
    void noSettingChangesAVerdictAReceiptARootOrAProof() {
        TestChain chain = new TestChain(network);
        for (int height = 1; height <= BLOCKS; height++) {
            List<Transaction> wanted = transactions(height);
            assertThat(judged(height, bad(height))).startsWith("Invalid");
            assertThat(judged(height, wanted)).doesNotStartWith("Invalid");
            commit(height, chain.next(wanted, true), wanted);
        }
        assertThat(all(store -> store.tip().hash() + " " + store.state().root())).hasSize(1);
        StatePath path = StatePath.entry(new NodeId("v1"), "k1");
        assertThat(all(s -> new String(ProofFile.json(ProofBundles.atTip(s, path)), US_ASCII)))
                .hasSize(1);
    }

    /** What all of them say, each answer once. */
    private List<String> all(Function<RocksStore, String> of) {
        return stores.values().stream().map(of).distinct().toList();
    }

    /** What all of them make of a block; that it is one thing is asserted. */
    private String judged(long height, List<Transaction> wanted) {
        List<String> verdicts = all(store -> verdict(store, height, wanted));
        assertThat(verdicts).as("height %d", height).hasSize(1);
        assertThat(all(store -> refused(store, wanted))).as("pools at %d", height).hasSize(1);
        return verdicts.getFirst();
    }

    private String verdict(RocksStore store, long height, List<Transaction> wanted) {
        return switch (execution.execute(store.state(), new Execution.At(height, 0), wanted)) {
            case Executed done -> done.after().root() + " " + done.receipts();
            case Execution.Invalid bad -> bad.toString();
        };
    }

    private String refused(RocksStore store, List<Transaction> wanted) {
        Precheck precheck = new Precheck(store, network.id(), Ed25519.VERIFIER);
        return wanted.stream().map(precheck::refusal).toList().toString();
    }

    private void commit(long height, Commit agreed, List<Transaction> wanted) {
        for (RocksStore store : stores.values()) {
            Executed own =
                    (Executed)
                            execution.execute(store.state(), new Execution.At(height, 0), wanted);
            assertThat(own.after().root()).isEqualTo(agreed.block().header().stateRoot());
            store.apply(
                    List.of(
                            new Commit(
                                    agreed.block(),
                                    own.after(),
                                    own.receipts(),
                                    agreed.finalization())),
                    false);
        }
    }

    /** Two writes and a deletion of what is not there. */
    private List<Transaction> transactions(int height) {
        List<Transaction> all = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            all.add(network.sign(1, 3L * height + i, 1000, put("k" + (height + i) % 5)));
        }
        Operation delete = new Operation.Delete("none" + height, OptionalLong.empty());
        all.add(network.sign(1, 3L * height + 2, 1000, delete));
        return all;
    }

    /** A nonce twice, or somebody else's network. */
    private List<Transaction> bad(int height) {
        Transaction once = network.sign(1, 3L * height, 1000, put("k"));
        return height % 2 == 0
                ? List.of(once, once)
                : List.of(network.sign(1, 3L * height, 2000, put("k")));
    }

    private static Operation put(String key) {
        return new Operation.Put(key, new byte[20], OptionalLong.empty());
    }
}
