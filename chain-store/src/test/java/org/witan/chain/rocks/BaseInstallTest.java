package org.witan.chain.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.witan.chain.block.Block;
import org.witan.chain.block.Transaction;
import org.witan.chain.block.VoteKind;
import org.witan.chain.merkle.TreeCheck;
import org.witan.chain.state.Execution;
import org.witan.chain.state.Refusal;
import org.witan.chain.state.SignatureCheck;
import org.witan.chain.state.StatePath;
import org.witan.chain.store.Base;
import org.witan.chain.store.Chunks;
import org.witan.chain.store.MemoryStore;
import org.witan.chain.store.StateChunk;
import org.witan.chain.store.StoreFailed;
import org.witan.chain.store.StoreWrite;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.file.DiskImages;
import org.witan.genesis.file.PersistPoint;
import org.witan.genesis.file.PersistTale;

/** A store that begins with a snapshot, and what a crash leaves of it. */
final class BaseInstallTest {
    private static final long BASE = 20;
    private static final int PER_BLOCK = 6;

    @TempDir Path folder;

    private final TestNetwork network = TestNetwork.of(4);
    private final TestChain chain = new TestChain(network);
    private final MemoryStore whole = new MemoryStore(network.founding());
    private long nonce;

    private BaseInstallTest grown(long blocks) {
        for (long i = 0; i < blocks; i++) {
            whole.apply(List.of(next()), true);
        }
        return this;
    }

    private StoreWrite.Commit next() {
        List<Transaction> puts = new ArrayList<>();
        for (int i = 0; i < PER_BLOCK; i++) {
            nonce++;
            puts.add(network.put(nonce, "key-" + nonce * 7919 % 90, "value " + nonce));
        }
        return chain.next(puts, true);
    }

    /** The commit as a node makes it that has its own pages: by executing the block. */
    private StoreWrite.Commit again(StoreWrite.Commit commit, RocksStore store) {
        Execution execution = new Execution(network.id(), SignatureCheck.FINALIZED);
        Block block = commit.block();
        Execution.Executed executed =
                (Execution.Executed)
                        execution.execute(
                                store.state(),
                                Execution.At.of(block.header()),
                                block.body().transactions());
        return new StoreWrite.Commit(
                block, executed.after(), executed.receipts(), commit.finalization());
    }

    private StoreSettings settings() {
        return StoreSettings.in(folder).withKeepStates(2);
    }

    private RocksStore open() {
        return RocksStore.open(settings(), network.founding());
    }

    private void install(List<StateChunk> chunks) {
        Base base = Chunks.base(whole, BASE);
        try (BaseInstall install = BaseInstall.begin(settings(), network.founding(), base)) {
            chunks.forEach(install::add);
            install.finish();
        }
    }

    private static TreeMap<StatePath, String> values(RocksStore store) {
        TreeMap<StatePath, String> values = new TreeMap<>();
        store.eachValue((path, value) -> {
            values.put(path, java.util.HexFormat.of().formatHex(value));
            return true;
        });
        return values;
    }

    private void assertBegins(RocksStore store) {
        assertThat(store.base()).isEqualTo(BASE);
        assertThat(store.tip().header()).isEqualTo(whole.header(BASE).orElseThrow());
        assertThat(store.tip().finalization()).isEqualTo(whole.finalization(BASE));
        assertThat(store.epoch(1)).isEqualTo(whole.epoch(1));
        assertThat(store.header(BASE)).isPresent();
        for (long height : new long[] {0, 1, BASE - 1, BASE}) {
            assertThat(store.block(height)).isEmpty();
            assertThat(store.encodedBlock(height)).isEmpty();
            assertThat(store.receipts(height)).isEmpty();
        }
        assertThat(store.header(0)).isEmpty();
        assertThat(store.header(BASE - 1)).isEmpty();
        assertThat(store.stateAt(BASE - 1)).isEmpty();
        assertThat(store.state().root()).isEqualTo(store.tip().header().stateRoot());
        TreeCheck.Report tree = TreeCheck.walk(store.state(), store.state().treeRoot());
        assertThat(tree.problem()).isEmpty();
        assertThat(tree.leaves()).isEqualTo(values(store).size());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void aStoreBeginsWithASnapshotAndGoesOn(int perChunk) {
        grown(BASE);
        install(Chunks.of(whole, BASE, perChunk));
        try (RocksStore store = open()) {
            assertBegins(store);
            for (int i = 0; i < 30; i++) {
                StoreWrite.Commit next = next();
                whole.apply(List.of(next), true);
                store.apply(List.of(again(next, store)), i % 7 == 0);
                assertThat(store.state().root()).isEqualTo(whole.state().root());
            }
            assertThat(store.block(BASE + 1)).isEqualTo(whole.block(BASE + 1));
        }
        try (RocksStore store = open()) {
            assertThat(store.tip().height()).isEqualTo(BASE + 30);
            TreeCheck.Report tree = TreeCheck.walk(store.state(), store.state().treeRoot());
            assertThat(tree.problem()).isEmpty();
            values(store)
                    .forEach((path, value) ->
                            assertThat(
                                            java.util.HexFormat.of()
                                                    .formatHex(
                                                            whole.state()
                                                                    .value(path)
                                                                    .orElseThrow()))
                                    .isEqualTo(value));
        }
    }

    /** All that was ever committed is handed in again: a snapshot holds which nonces were used. */
    @Test
    void whatTheSnapshotHasSeenIsInNoBlockAgain() {
        grown(BASE);
        install(Chunks.of(whole, BASE, 7));
        Execution execution = new Execution(network.id(), SignatureCheck.by(Ed25519.VERIFIER));
        Execution.At now = new Execution.At(BASE + 1, 0);
        try (RocksStore store = open()) {
            for (long height = 1; height <= BASE; height++) {
                Block block = whole.block(height).orElseThrow();
                assertThat(block.body().transactions()).isNotEmpty();
                for (Transaction sent : block.body().transactions()) {
                    assertThat(execution.refusal(store.state(), sent, now).orElseThrow().code())
                            .isIn(Refusal.Code.NONCE_USED, Refusal.Code.NONCE_TOO_OLD);
                }
            }
        }
    }

    @Test
    void withoutAFinishNothingHappens() {
        grown(BASE);
        List<StateChunk> chunks = Chunks.of(whole, BASE, 20);
        try (RocksStore store = open()) {
            assertThat(store.tip().height()).isZero();
        }
        Base base = Chunks.base(whole, BASE);
        try (BaseInstall install = BaseInstall.begin(settings(), network.founding(), base)) {
            chunks.subList(0, chunks.size() - 1).forEach(install::add);
            assertThatThrownBy(install::finish).isInstanceOf(StoreFailed.class);
        }
        try (RocksStore store = open()) {
            assertThat(store.tip().height()).isZero();
            assertThat(store.recovered().mayVote()).isTrue();
        }
        install(chunks);
        try (RocksStore store = open()) {
            assertBegins(store);
        }
    }

    @Test
    void aStoreWithBlocksIsNotReplaced() {
        grown(BASE);
        try (RocksStore store = open()) {
            store.apply(List.of(new TestChain(network).next()), true);
        }
        assertThatThrownBy(() -> install(Chunks.of(whole, BASE, 20)))
                .isInstanceOf(OperatorError.class)
                .extracting("code")
                .isEqualTo("STORE_NOT_EMPTY");
        try (RocksStore store = open()) {
            assertThat(store.tip().height()).isEqualTo(1);
        }
    }

    /** Nobody knows what the key of this node signed before: it waits until that is history. */
    @Test
    void aNewStoreDoesNotVoteAtOnce() {
        grown(BASE);
        install(Chunks.of(whole, BASE, 100));
        try (RocksStore store = open()) {
            for (long i = 1; i <= BaseInstall.UNKNOWN_VIEWS; i++) {
                assertThat(store.voteHindrance()).as("view %d", i).isPresent();
                store.apply(List.of(again(next(), store)), true);
            }
            assertThat(store.voteHindrance()).isEmpty();
        }
        try (RocksStore store = open()) {
            assertThat(store.recovered().mayVote()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {BASE, BASE + 3})
    void aMarkThatIsLeftCounts(long votedView) throws IOException {
        grown(BASE);
        try (RocksStore store = open()) {
            store.apply(
                    List.of(
                            new StoreWrite.OwnVote(
                                    chain.vote(VoteKind.NULLIFY, votedView, Hash.NONE))),
                    true);
        }
        install(Chunks.of(whole, BASE, 100));
        try (RocksStore store = open()) {
            assertThat(store.voteHindrance().isEmpty()).isEqualTo(votedView <= BASE);
        }
    }

    /** Whatever the power cut leaves: the store of before, and then all of the snapshot. */
    @Test
    void thePowerMayGoAtEachWriteOfAnInstallation() throws IOException {
        folder = Files.createDirectory(folder.resolve("home"));
        grown(BASE);
        open().close();
        DiskImages images = new DiskImages(folder, DiskImages.ALL ? 1 : 7);
        List<StateChunk> chunks = Chunks.of(whole, BASE, 30);
        PersistPoint.witnessed(images, () -> install(chunks));
        images.assertTold(PersistTale.INSTALLATION);
        for (DiskImages.Image image : images.all()) {
            folder = image.folder();
            boolean installed =
                    image.isAfter(PersistPoint.BASE_IN_PLACE)
                            || image.point() == PersistPoint.BASE_OLD_REMOVED;
            try (RocksStore store = open()) {
                assertThat(store.tip().height()).as("%s", image).isEqualTo(installed ? BASE : 0);
            }
            if (!installed) {
                install(chunks);
            }
            try (RocksStore store = open()) {
                assertBegins(store);
                assertThat(store.voteHindrance()).as("%s", image).isPresent();
            }
        }
    }

    /** The process that is killed. */
    public static void main(String[] arguments) {
        BaseInstallTest test = new BaseInstallTest();
        test.folder = Path.of(arguments[0]);
        test.grown(BASE);
        Base base = Chunks.base(test.whole, BASE);
        List<StateChunk> chunks = Chunks.of(test.whole, BASE, 30);
        System.out.println("begin");
        try (BaseInstall install =
                BaseInstall.begin(test.settings(), test.network.founding(), base)) {
            for (StateChunk chunk : chunks) {
                install.add(chunk);
                System.out.println("chunk");
            }
            System.out.println("finish");
            install.finish();
        }
        System.out.println("end");
    }

    /** The number of lines after which the process is killed; the last times are in finish. */
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 6})
    void afterAKillThereIsAllOrNothing(int lines) throws IOException, InterruptedException {
        grown(BASE);
        try (RocksStore store = open()) {
            assertThat(store.tip().height()).isZero();
        }
        kill(lines);
        try (RocksStore store = open()) {
            if (store.tip().height() > 0) {
                assertBegins(store);
                return;
            }
            assertThat(store.base()).isZero();
        }
        install(Chunks.of(whole, BASE, 30));
        try (RocksStore store = open()) {
            assertBegins(store);
        }
    }

    private void kill(int lines) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                BaseInstallTest.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (int i = 0; i < lines; i++) {
                assertThat(out.readLine()).isNotNull();
            }
            process.toHandle().destroyForcibly();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
