package org.witan.chain.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.chain.rocks.column.Scrub;
import org.witan.chain.store.Recovered;
import org.witan.chain.store.StoreFailed;
import org.witan.chain.store.StoreWrite;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.InvariantBroken;
import org.witan.genesis.failure.OperatorError;

/** What a store does after its files were damaged: it never votes on what it forgot. */
final class DamageTest {
    private static final int BLOCKS = 40;

    @TempDir Path folder;
    private final TestNetwork network = TestNetwork.of(4);
    private final TestChain chain = new TestChain(network);

    @BeforeEach
    void blocksAndAVote() {
        try (RocksStore store = open()) {
            for (int i = 1; i <= BLOCKS; i++) {
                store.apply(List.of(chain.next(network.put(i, "k" + i, "value"))), true);
            }
            store.apply(List.of(vote(BLOCKS + 1)), true);
        }
    }

    @Test
    void undamagedItMayVote() {
        try (RocksStore store = open()) {
            assertThat(store.recovered().mayVote()).isTrue();
            assertThat(store.recovered().ownVotes()).hasSize(1);
            assertThat(store.tip().height()).isEqualTo(BLOCKS);
            assertThat(store.boot()).isEqualTo(1);
        }
    }

    @Test
    void aFlippedBitInTheMiddleOfTheLogIsRefused() throws IOException {
        Path log = newestLog();
        flip(log, Files.size(log) / 2);
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreFailed.class)
                .hasMessageContaining("checksum mismatch");
    }

    @Test
    void aTornLastRecordIsToleratedButNoticed() throws IOException {
        cut(newestLog(), 37);
        try (RocksStore store = open()) {
            assertThat(store.tip().height()).isEqualTo(BLOCKS);
            assertThat(store.recovered().ownVotes()).isEmpty();
            assertThat(store.recovered().mayVote()).isFalse();
            assertThat(store.recovered().reason())
                    .isEqualTo("the vote in epoch 1 view 41 is lost from the database");
            assertThatThrownBy(() -> store.apply(List.of(vote(50)), true))
                    .isInstanceOf(InvariantBroken.class);
        }
    }

    @Test
    void aFlippedBitInTheLastRecordIsRefused() throws IOException {
        Path log = newestLog();
        flip(log, Files.size(log) - 20);
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreFailed.class)
                .hasMessageContaining("checksum mismatch");
    }

    @Test
    void aDeletedLogOpensOlderAndIsNoticed() throws IOException {
        Files.delete(newestLog());
        assertHindered();
    }

    @Test
    void aDeletedDatabaseIsNoticedAndMadeAnew() throws IOException {
        deleteDatabase();
        try (RocksStore store = open()) {
            assertThat(store.tip().height()).isZero();
            assertThat(store.recovered().mayVote()).isFalse();
        }
    }

    @Test
    void aNodeThatForgotVotesAgainWhenAllItPromisedIsBehind() throws IOException {
        deleteDatabase();
        TestChain again = new TestChain(network);
        try (RocksStore store = open()) {
            for (int i = 1; i <= BLOCKS; i++) {
                store.apply(List.of(again.next(network.put(i, "k" + i, "value"))), true);
                assertThat(store.voteHindrance()).isPresent();
            }
        }
        try (RocksStore store = open()) {
            assertThat(store.recovered().mayVote()).as("view 41 is still open").isFalse();
            store.apply(List.of(again.next(network.put(41, "k", "v"))), true);
            assertThat(store.voteHindrance()).isEmpty();
            store.apply(List.of(vote(42)), true);
        }
        try (RocksStore store = open()) {
            assertThat(store.recovered().mayVote()).isTrue();
            assertThat(store.recovered().ownVotes()).hasSize(1);
        }
    }

    @Test
    void aDeletedMarkForbidsVotesForTheRestOfTheEpoch() throws IOException {
        Files.delete(mark());
        try (RocksStore store = open()) {
            assertThat(store.recovered().reason())
                    .isEqualTo("it is not known which votes were cast in epoch 1");
            store.apply(List.of(chain.next(network.put(90, "k", "v"))), true);
            assertThat(store.voteHindrance()).isPresent();
        }
        try (RocksStore store = open()) {
            assertThat(store.recovered().mayVote()).as("also after the next start").isFalse();
        }
    }

    @Test
    void aLossThatWasNotedIsKnownUntilTheFirstVote() {
        StoreSettings lost = StoreSettings.in(folder.resolve("lost"));
        assertThat(lost.isVacant()).isTrue();
        lost.noteLoss(network.founding());
        assertThat(lost.isVacant()).isFalse();
        TestChain again = new TestChain(network);
        try (RocksStore store = RocksStore.open(lost, network.founding())) {
            assertThat(store.recovered().past()).isEqualTo(Recovered.Past.LOST);
            assertThat(store.recovered().mayVote()).as("the node asks first").isTrue();
            store.apply(List.of(again.next(network.put(1, "k", "v"))), true);
        }
        try (RocksStore store = RocksStore.open(lost, network.founding())) {
            assertThat(store.recovered().past()).isEqualTo(Recovered.Past.LOST);
            store.apply(List.of(vote(7)), true);
        }
        try (RocksStore store = RocksStore.open(lost, network.founding())) {
            assertThat(store.recovered().past()).isEqualTo(Recovered.Past.KEPT);
            assertThat(store.recovered().ownVotes()).hasSize(1);
        }
    }

    @Test
    void aStoreThatIsThereIsNotLost() throws IOException {
        assertThat(StoreSettings.in(folder).isVacant()).isFalse();
        deleteDatabase();
        assertThat(StoreSettings.in(folder).isVacant()).as("the mark is left").isFalse();
    }

    @Test
    void oneDamagedSlotIsNoMatter() throws IOException {
        for (int slot = 0; slot < 2; slot++) {
            byte[] whole = Files.readAllBytes(mark());
            flip(mark(), slot * 4096L + 40);
            try (RocksStore store = open()) {
                assertThat(store.recovered().mayVote()).isTrue();
            }
            Files.write(mark(), whole);
        }
    }

    @Test
    void twoDamagedSlotsAreRefused() throws IOException {
        flip(mark(), 40);
        flip(mark(), 4096 + 40);
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        OperatorError.class,
                        error -> assertThat(error.code()).isEqualTo("HIGH_WATER_MARK_UNREADABLE"));
    }

    @Test
    void aMarkOfAnotherStoreForbidsVotes() throws IOException {
        Path other = folder.resolve("other");
        RocksStore.open(StoreSettings.in(other), network.founding()).close();
        Files.copy(
                other.resolve("high-water.mark"),
                mark(),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        try (RocksStore store = open()) {
            assertThat(store.recovered().mayVote()).isFalse();
        }
    }

    @Test
    void anOlderCopyOfTheDatabaseIsNoticed() throws IOException {
        Path copy = folder.resolve("copy");
        copy(folder.resolve("db"), copy);
        try (RocksStore store = open()) {
            store.apply(List.of(vote(BLOCKS + 2)), true);
        }
        deleteDatabase();
        copy(copy, folder.resolve("db"));
        assertHindered();
    }

    @Test
    void aLateVoteDoesNotHideAHigherOneThatIsLost() throws IOException {
        Path copy = folder.resolve("copy");
        copy(folder.resolve("db"), copy);
        try (RocksStore store = open()) {
            store.apply(List.of(vote(BLOCKS + 2)), true);
            Hash block = Digest.tagged("late").done();
            Vote late = chain.vote(VoteKind.FINALIZE, BLOCKS + 1, block);
            store.apply(List.of(new StoreWrite.OwnVote(late)), true);
        }
        deleteDatabase();
        copy(copy, folder.resolve("db"));
        try (RocksStore store = open()) {
            store.apply(List.of(chain.next(network.put(41, "k", "v"))), true);
            assertThat(store.voteHindrance()).as("view 42 is still open").isPresent();
            store.apply(List.of(chain.next(network.put(42, "k", "v"))), true);
            assertThat(store.voteHindrance()).isEmpty();
        }
    }

    @Test
    void aDamagedTableIsAnErrorAndNeverAnEnd() throws IOException {
        try (RocksStore store = open()) {
            store.flush();
        }
        int damaged = 0;
        for (Path table : files(".sst")) {
            flip(table, Files.size(table) / 3);
            damaged++;
        }
        assertThat(damaged).isPositive();
        assertThatThrownBy(
                        () -> {
                            try (RocksStore store = open()) {
                                store.eachValue((path, value) -> true);
                                for (long height = 0; height <= BLOCKS; height++) {
                                    store.block(height);
                                }
                            }
                        })
                .isInstanceOf(StoreFailed.class);
    }

    @Test
    void readingThroughFindsADamagedTableThatNobodyAsksFor() throws IOException {
        try (RocksStore store = open()) {
            store.flush();
            assertThat(readThrough(store)).as("in parts").isGreaterThan(3);
            assertThat(readThrough(store)).as("and again").isGreaterThan(3);
        }
        Path largest =
                files(".sst").stream()
                        .max(Comparator.comparingLong(file -> file.toFile().length()))
                        .orElseThrow();
        flip(largest, Files.size(largest) / 3);
        try (RocksStore store = open()) {
            assertThatThrownBy(() -> readThrough(store))
                    .isInstanceOf(StoreFailed.class)
                    .hasMessageContaining("through");
        }
    }

    /** In how many parts. */
    private static int readThrough(RocksStore store) {
        Scrub scrub = store.scrub();
        int parts = 1;
        while (!scrub.read(4_000)) {
            parts++;
        }
        return parts;
    }

    private void assertHindered() {
        try (RocksStore store = open()) {
            assertThat(store.recovered().mayVote()).isFalse();
            assertThat(store.recovered().reason()).contains("lost from the database");
        }
    }

    private RocksStore open() {
        return RocksStore.open(StoreSettings.in(folder), network.founding());
    }

    private StoreWrite vote(long view) {
        return new StoreWrite.OwnVote(chain.vote(VoteKind.NULLIFY, view, Hash.NONE));
    }

    private Path mark() {
        return folder.resolve("high-water.mark");
    }

    /** Opening keeps the old log and begins another: the one with the writes is the largest. */
    private Path newestLog() throws IOException {
        return files(".log").stream()
                .max(Comparator.comparingLong(path -> path.toFile().length()))
                .orElseThrow();
    }

    private List<Path> files(String suffix) throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("db"))) {
            return all.filter(path -> path.toString().endsWith(suffix)).toList();
        }
    }

    private void deleteDatabase() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("db"))) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> all = Files.list(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(path.getFileName()));
            }
        }
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int before = bytes.read();
            bytes.seek(at);
            bytes.write(before ^ 0x10);
        }
    }

    private static void cut(Path file, int count) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(bytes.length() - count);
        }
    }
}
