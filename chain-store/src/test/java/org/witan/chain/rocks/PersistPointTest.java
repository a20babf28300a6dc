package org.witan.chain.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.witan.chain.block.VoteKind;
import org.witan.chain.store.Recovered;
import org.witan.chain.store.StoreWrite;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.file.DiskImages;
import org.witan.genesis.file.PersistPoint;
import org.witan.genesis.file.PersistTale;

/**
 * The power goes at each write of a store's life: what is left is the store before the write or
 * after it, it may vote, and it goes on. A build tries every seventh image, {@code .ci/run} all.
 */
@Tag("sim")
final class PersistPointTest {
    private static final int EVERY = DiskImages.ALL ? 1 : 7;

    @TempDir Path place;
    private final TestNetwork network = TestNetwork.of(4);
    private final TestChain chain = new TestChain(network);
    private Path home = Path.of("");

    /** What the store holds after so many steps; the first is a store that was just made. */
    private final List<State> states = new ArrayList<>();

    private final List<StoreWrite[]> steps = new ArrayList<>();

    /** A store's content, in short. */
    private record State(long height, int votes, Hash root, long oldest) {
        static State of(RocksStore store, int votes) {
            return new State(
                    store.tip().height(), votes, store.state().root(), store.oldestState());
        }
    }

    @BeforeEach
    void home() {
        home = place.resolve("home");
    }

    /** A life: made, blocks, votes, a block with its vote, and old states pruned. */
    private void live(DiskImages images) {
        try (RocksStore store = open(home)) {
            states.add(State.of(store, 0));
            step(images, store, 0, block(1));
            step(images, store, 1, vote(2));
            step(images, store, 0, block(2));
            step(images, store, 1, block(3), vote(4));
            step(images, store, 0, block(4), block(5));
            step(images, store, 0, block(6));
        }
    }

    private void step(DiskImages images, RocksStore store, int votes, StoreWrite... writes) {
        steps.add(writes);
        store.apply(List.of(writes), true);
        states.add(State.of(store, votes));
        images.stepped();
    }

    @Test
    void aStoreIsThatOfBeforeOrThatOfAfter() {
        DiskImages images = new DiskImages(home, EVERY);
        PersistPoint.witnessed(images, () -> live(images));
        images.assertTold(PersistTale.STORE);
        assertThat(states.getLast().oldest).as("some were pruned").isPositive();
        for (DiskImages.Image image : images.all()) {
            boolean written =
                    image.isAfter(PersistPoint.TURN) || image.point() == PersistPoint.MARK_PROMISED;
            goesOn(image, image.step() + (written ? 1 : 0));
        }
    }

    private void goesOn(DiskImages.Image image, int expected) {
        try (RocksStore store = open(image.folder())) {
            Recovered found = store.recovered();
            assertThat(State.of(store, found.ownVotes().size()))
                    .as("%s", image)
                    .isEqualTo(states.get(expected));
            assertThat(found.mayVote()).as("%s: %s", image, found.reason()).isTrue();
            for (int next = expected; next < steps.size(); next++) {
                store.apply(List.of(steps.get(next)), true);
            }
            assertThat(State.of(store, 0)).as("%s", image).isEqualTo(states.getLast());
        }
    }

    @Test
    void theIndexOfPathsIsMadeAgain() throws RocksDBException {
        try (RocksStore store = open(home)) {
            store.apply(List.of(block(1)), true);
        }
        PathIndexTest.forget(home);
        DiskImages images = new DiskImages(home, EVERY);
        PersistPoint.witnessed(images, () -> open(home).close());
        images.assertTold(PersistTale.PATHS);
        for (DiskImages.Image image : images.all()) {
            try (RocksStore store = open(image.folder())) {
                assertThat(store.recovered().mayVote()).as("%s", image).isTrue();
                store.eachValue((path, value) -> {
                    assertThat(store.path(path.hash())).as("%s", image).contains(path);
                    return true;
                });
            }
        }
    }

    /** A note of lost votes is there whole, or the operator is asked to make it once more. */
    @Test
    void aNoteOfLostVotesIsWholeOrNotThere() {
        DiskImages images = new DiskImages(home, 1);
        PersistPoint.witnessed(images, () -> StoreSettings.in(home).noteLoss(network.founding()));
        images.assertTold(PersistTale.LOSS);
        for (DiskImages.Image image : images.all()) {
            StoreSettings settings = StoreSettings.in(image.folder());
            assertThat(settings.isVacant())
                    .as("%s", image)
                    .isEqualTo(!image.isAfter(PersistPoint.MARK_MADE));
            if (settings.isVacant()) {
                settings.noteLoss(network.founding());
            }
            try (RocksStore store = open(image.folder())) {
                assertThat(store.recovered().past()).isEqualTo(Recovered.Past.LOST);
            }
        }
    }

    /** Reading through, and serving others, cannot be cut: they write nothing. */
    @Test
    void whatReadsHasNoPoint() {
        DiskImages images = new DiskImages(home, EVERY);
        live(images);
        try (RocksStore store = open(home)) {
            PersistPoint.witnessed(
                    images,
                    () -> {
                        assertThat(store.scrub().read(Long.MAX_VALUE)).isTrue();
                        store.eachValue((path, value) -> true);
                        store.encodedBlock(3);
                        store.stateAt(store.tip().height());
                        store.epoch(1);
                    });
        }
        images.assertNothing();
        assertThat(Files.exists(home)).isTrue();
    }

    private StoreWrite block(int number) {
        return chain.next(network.put(number, "k" + number % 3, "value " + number));
    }

    private StoreWrite vote(long view) {
        return new StoreWrite.OwnVote(chain.vote(VoteKind.NULLIFY, view, Hash.NONE));
    }

    private RocksStore open(Path folder) {
        return RocksStore.open(StoreSettings.in(folder).withKeepStates(2), network.founding());
    }
}
