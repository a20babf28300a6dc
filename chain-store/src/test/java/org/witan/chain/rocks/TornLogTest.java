package org.witan.chain.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.witan.chain.block.Transaction;
import org.witan.chain.block.VoteKind;
import org.witan.chain.store.StoreFailed;
import org.witan.chain.store.StoreWrite;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Hash;

/**
 * The power goes while the database appends a batch to its log: the file ends at any sector of it,
 * or sectors are missing in it. A store that opens has all of the batches before and nothing of
 * this one; one that does not says why.
 *
 * <p>{@code -Dsectors} cuts at each sector, as {@code .ci/run} does with {@code -Dnetworks=2000};
 * else at some.
 */
@Tag("sim")
final class TornLogTest {
    private static final int SECTOR = 512;
    private static final int BLOCKS = 3;
    private static final boolean ALL =
            System.getProperty("sectors") != null || Long.getLong("networks", 0) >= 1_000;

    private static final int COARSE = ALL ? 8 : 23;

    @TempDir Path folder;
    private final TestNetwork network = TestNetwork.of(4);
    private final TestChain chain = new TestChain(network);
    private Path home = Path.of("");

    /** What each batch left, in order; the first one is what the torn ones are written upon. */
    private final List<Written> written = new ArrayList<>();

    /** What a store holds, and how long its log and what its mark was then. */
    private record Written(long height, int votes, Hash root, long logBytes, byte[] mark) {}

    /** How the sectors from the cut on look. */
    private enum Torn {
        /** The file ends there. */
        CUT,
        /** It has its new length, and zeros. */
        ZEROS,
        /** It has its new length, and what was on the disk before. */
        NOISE
    }

    @BeforeEach
    void batches() throws IOException {
        home = folder.resolve("home");
        try (RocksStore store = open(home)) {
            for (int i = 1; i <= BLOCKS; i++) {
                store.apply(List.of(chain.next(network.put(i, "k" + i, "value"))), true);
            }
            note(store, 0);
            apply(store, 1, vote(BLOCKS + 1));
            apply(store, 0, chain.next(large(BLOCKS + 1)));
            apply(store, 1, chain.next(List.of(), false), chain.next(), vote(90));
        }
    }

    private void apply(RocksStore store, int votes, StoreWrite... writes) throws IOException {
        store.apply(List.of(writes), true);
        note(store, votes);
    }

    /** Transactions enough for a batch that is longer than one block of the log. */
    private Transaction[] large(int first) {
        SplittableRandom random = new SplittableRandom(5);
        return IntStream.range(first, first + 12)
                .mapToObj(i -> {
                    byte[] value = new byte[450];
                    random.nextBytes(value);
                    return network.put(i, "large " + i, HexFormat.of().formatHex(value));
                })
                .toArray(Transaction[]::new);
    }

    private void note(RocksStore store, int votes) throws IOException {
        written.add(
                new Written(
                        store.tip().height(),
                        votes,
                        store.state().root(),
                        Files.size(log(home)),
                        Files.readAllBytes(home.resolve("high-water.mark"))));
    }

    /** A batch is all there or not at all, and the mark is that of the batch before. */
    @ParameterizedTest
    @EnumSource
    void noSectorOfABatchIsItsEnd(Torn torn) throws IOException {
        int opened = 0;
        int refused = 0;
        for (long cut : cuts(torn == Torn.CUT && ALL ? 1 : COARSE)) {
            Path copy = copy("torn-" + torn + cut);
            Written before = before(cut);
            Files.write(copy.resolve("high-water.mark"), before.mark);
            tear(log(copy), cut, torn);
            try (RocksStore store = open(copy)) {
                assertIs(store, before, cut);
                assertThat(store.recovered().mayVote()).as("cut at %d", cut).isTrue();
                opened++;
            } catch (StoreFailed said) {
                assertThat(said).hasMessageContaining("cannot open");
                refused++;
            }
        }
        boolean endsEarly = torn == Torn.CUT;
        assertThat(endsEarly ? refused : opened).as("of no %s", torn).isZero();
        assertThat(endsEarly ? opened : refused).as("of each %s", torn).isGreaterThan(4);
    }

    /** What a disk gives to a log beyond its last batch is no batch; zeros are no hindrance. */
    @ParameterizedTest
    @EnumSource
    void whatIsBehindABatchIsNone(Torn torn) throws IOException {
        int refused = 0;
        for (Written here : written.subList(0, written.size() - 1)) {
            Path copy = copy("after-" + torn + here.logBytes);
            Files.write(copy.resolve("high-water.mark"), here.mark);
            tear(log(copy), here.logBytes, torn);
            try (RocksStore store = open(copy)) {
                assertIs(store, here, here.logBytes);
                assertThat(store.recovered().mayVote()).isTrue();
            } catch (StoreFailed said) {
                assertThat(said).hasMessageContaining("cannot open");
                refused++;
            }
        }
        assertThat(refused).isLessThanOrEqualTo(torn == Torn.NOISE ? written.size() : 0);
    }

    /** The power went between the database and the mark, which follows it. */
    @Test
    void aMarkThatIsOneBatchBehindIsNoHindrance() throws IOException {
        for (int batch = 1; batch < written.size(); batch++) {
            Written here = written.get(batch);
            Path copy = copy("behind-" + batch);
            Files.write(copy.resolve("high-water.mark"), written.get(batch - 1).mark);
            tear(log(copy), here.logBytes, Torn.CUT);
            try (RocksStore store = open(copy)) {
                assertIs(store, here, here.logBytes);
                assertThat(store.recovered().mayVote()).isTrue();
            }
        }
    }

    /**
     * The disk said that it had synced and had not: nothing is a mixture, and nothing is signed.
     */
    @Test
    void aDiskThatLiedIsNoticedWhereverTheLogEnds() throws IOException {
        for (long cut : cuts(COARSE)) {
            Path copy = copy("lied-" + cut);
            tear(log(copy), cut, Torn.CUT);
            try (RocksStore store = open(copy)) {
                assertIs(store, before(cut), cut);
                assertThat(store.recovered().mayVote()).as("cut at %d", cut).isFalse();
            }
        }
    }

    private void assertIs(RocksStore store, Written expected, long cut) {
        assertThat(store.tip().height()).as("cut at %d", cut).isEqualTo(expected.height);
        assertThat(store.recovered().ownVotes()).as("cut at %d", cut).hasSize(expected.votes);
        assertThat(store.state().root()).isEqualTo(expected.root);
        assertThat(store.tip().header().stateRoot()).isEqualTo(expected.root);
        for (long height = 0; height <= expected.height; height++) {
            assertThat(store.block(height)).isPresent();
        }
        assertThat(store.block(expected.height + 1)).isEmpty();
        assertThat(store.heightOf(chain.last().hash()).isPresent())
                .isEqualTo(expected.height == chain.last().height());
    }

    /** The newest state of which all is below the cut. */
    private Written before(long cut) {
        return written.reversed().stream()
                .filter(state -> state.logBytes <= cut)
                .findFirst()
                .orElseThrow();
    }

    /** Sectors of all batches but the first ones, and the last bytes of each. */
    private List<Long> cuts(int sectors) {
        long end = written.getLast().logBytes;
        List<Long> cuts = new ArrayList<>();
        long first = (written.getFirst().logBytes / SECTOR + 1) * SECTOR;
        for (long cut = first; cut < end; cut += (long) SECTOR * sectors) {
            cuts.add(cut);
        }
        written.stream().skip(1).forEach(state -> cuts.add(state.logBytes - 21));
        return cuts;
    }

    private static void tear(Path log, long cut, Torn torn) throws IOException {
        byte[] rest = new byte[(int) (Files.size(log) - cut)];
        if (torn == Torn.NOISE) {
            new SplittableRandom(cut).nextBytes(rest);
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.setLength(cut);
            if (torn != Torn.CUT) {
                file.seek(cut);
                file.write(rest);
            }
        }
    }

    private RocksStore open(Path place) {
        return RocksStore.open(StoreSettings.in(place), network.founding());
    }

    private StoreWrite vote(long view) {
        return new StoreWrite.OwnVote(chain.vote(VoteKind.NULLIFY, view, Hash.NONE));
    }

    /** The one that the batches are in; opening begins another. */
    private static Path log(Path place) throws IOException {
        try (Stream<Path> all = Files.list(place.resolve("db"))) {
            return all.filter(path -> path.toString().endsWith(".log"))
                    .max(Comparator.comparingLong(path -> path.toFile().length()))
                    .orElseThrow();
        }
    }

    /** Of the home as it was closed. */
    private Path copy(String name) throws IOException {
        Path copy = folder.resolve(name);
        Files.createDirectories(copy.resolve("db"));
        for (Path from : List.of(home, home.resolve("db"))) {
            try (Stream<Path> all = Files.list(from)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, copy.resolve(home.relativize(file)));
                }
            }
        }
        return copy;
    }
}
