package org.witan.validator.node.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.catchup.snapshot.Anchor;
import org.witan.catchup.snapshot.JoinTerms;
import org.witan.catchup.snapshot.SnapshotJoin;
import org.witan.chain.block.Transaction;
import org.witan.chain.merkle.RangeProof;
import org.witan.chain.proof.Checkpoint;
import org.witan.chain.state.StatePath;
import org.witan.chain.state.StateReader;
import org.witan.chain.store.Chunks;
import org.witan.chain.store.MemoryStore;
import org.witan.chain.store.StateChunk;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.file.DiskImages;
import org.witan.genesis.file.PersistPoint;
import org.witan.genesis.file.PersistTale;
import org.witan.genesis.membership.NodeId;

/**
 * What a process finds of the chunks that an earlier one kept, wherever the power went, and which
 * checkpoints are refused. A build tries every fifth image, {@code .ci/run} all.
 */
@Tag("sim")
class StagingTest {
    private static final int PARTS = 32;
    private static final int SECTOR = 512;
    private static final int EVERY = DiskImages.ALL ? 1 : 5;
    private static final String FILE = "snapshot.part";

    @TempDir Path folder;

    private final TestNetwork network = TestNetwork.of(4);
    private final TestChain chain = new TestChain(network);
    private final MemoryStore whole = new MemoryStore(network.founding());
    private final List<StateChunk> chunks = new ArrayList<>();

    /** The same parts of the block after that. */
    private final List<StateChunk> later = new ArrayList<>();

    /** What is kept after so many steps of a story. */
    private final List<Kept> states = new ArrayList<>(List.of(Kept.NOTHING));

    /** The base of a height, and so many of its chunks, of which the last one comes first. */
    private record Kept(long height, int count) {
        static final Kept NOTHING = new Kept(0, 0);
    }

    @BeforeEach
    void twoBlocks() {
        for (int block = 0; block < 2; block++) {
            List<Transaction> puts = new ArrayList<>();
            for (int i = 1; i <= 40; i++) {
                puts.add(network.put(40 * block + i, "key-" + i, "value " + block));
            }
            whole.apply(List.of(chain.next(puts, true)), true);
        }
        addParts(1, chunks);
        addParts(2, later);
    }

    /** The parts that a joiner asks for. */
    private void addParts(long height, List<StateChunk> parts) {
        List<StateChunk.Item> all = Chunks.of(whole, height, 1000).getFirst().items();
        StateReader state = whole.stateAt(height).orElseThrow();
        for (int i = 0; i < PARTS; i++) {
            byte[] low = new byte[Hash.SIZE_BYTES];
            low[0] = (byte) (8 * i);
            byte[] high = StateChunk.LAST.toBytes();
            high[0] = (byte) (8 * i + 7);
            Hash from = Hash.of(low);
            Hash to = Hash.of(high);
            List<StateChunk.Item> items =
                    all.stream().filter(item -> isBetween(item.path(), from, to)).toList();
            RangeProof proof = RangeProof.of(state, state.treeRoot(), from, to);
            parts.add(new StateChunk(from, to, items, proof));
        }
    }

    private static boolean isBetween(StatePath path, Hash from, Hash to) {
        return path.hash().compareTo(from) >= 0 && path.hash().compareTo(to) <= 0;
    }

    private List<StateChunk> of(long height) {
        return height == 1 ? chunks : later;
    }

    private SnapshotJoin machine() {
        return new SnapshotJoin(
                new JoinTerms(new NodeId("v4"), network.id(), Ed25519.VERIFIER, 0),
                Anchor.genesis(network.founding()));
    }

    private void keepAll() {
        try (Staging staging = Staging.open(folder)) {
            staging.begin(Chunks.base(whole, 1));
            // Out of their order, as they come from several members.
            chunks.reversed().forEach(staging::add);
        }
    }

    private int restored() {
        try (Staging staging = Staging.open(folder)) {
            return staging.restore(machine());
        }
    }

    @Test
    void whatWasKeptIsGivenBackInOrder() {
        assertThat(restored()).isZero();
        keepAll();
        try (Staging staging = Staging.open(folder)) {
            assertThat(staging.restore(machine())).isEqualTo(32);
            List<StateChunk> given = new ArrayList<>();
            staging.each(given::add);
            assertThat(given).isEqualTo(chunks);
            staging.remove();
        }
        assertThat(restored()).isZero();
    }

    /** Chunks of one block are kept by two processes, then those of a later one, and removed. */
    private void live(DiskImages images, Path home) {
        try (Staging staging = Staging.open(home)) {
            assertThat(staging.restore(machine())).isZero();
            step(images, new Kept(1, 0), () -> staging.begin(Chunks.base(whole, 1)));
            add(images, staging, new Kept(1, 0), 9);
        }
        try (Staging staging = Staging.open(home)) {
            assertThat(staging.restore(machine())).isEqualTo(9);
            add(images, staging, new Kept(1, 9), 14);
            step(images, new Kept(2, 0), () -> staging.begin(Chunks.base(whole, 2)));
            add(images, staging, new Kept(2, 0), PARTS);
            step(images, Kept.NOTHING, staging::remove);
        }
    }

    /** Out of their order, as they come from several members. */
    private void add(DiskImages images, Staging staging, Kept kept, int until) {
        for (int i = kept.count; i < until; i++) {
            StateChunk chunk = of(kept.height).reversed().get(i);
            step(images, new Kept(kept.height, i + 1), () -> staging.add(chunk));
        }
    }

    private void step(DiskImages images, Kept after, Runnable work) {
        work.run();
        states.add(after);
        images.stepped();
    }

    /** Verified chunks are gone on with, or it begins anew; what it ends with is the snapshot. */
    @Test
    void thePowerMayGoAtEachWrite() throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        DiskImages images = new DiskImages(home, EVERY).withHoles();
        PersistPoint.witnessed(images, () -> live(images, home));
        images.assertTold(PersistTale.STAGING);
        assertThat(home).isEmptyDirectory();
        for (DiskImages.Image image : images.all()) {
            Kept kept = expected(image);
            assertThat(given(image.folder()))
                    .as("%s", image)
                    .isEqualTo(of(kept.height).subList(PARTS - kept.count, PARTS));
            goOn(image, kept);
        }
    }

    private Kept expected(DiskImages.Image image) {
        Kept before = states.get(image.step());
        boolean isLast = image.step() + 1 == states.size();
        Kept after = isLast ? before : states.get(image.step() + 1);
        if (image.isAfter(PersistPoint.STAGING_RECORD)
                || image.isAfter(PersistPoint.STAGING_REMOVED)) {
            return after;
        }
        boolean begins = after.height > before.height;
        boolean isCut =
                image.point() == PersistPoint.STAGING_RECORD
                        || image.isAfter(PersistPoint.STAGING_CUT);
        return begins && isCut ? Kept.NOTHING : before;
    }

    /** As the next process does; the one after that finds all. */
    private void goOn(DiskImages.Image image, Kept kept) {
        long height = Math.max(1, kept.height);
        try (Staging staging = Staging.open(image.folder())) {
            int held = staging.restore(machine());
            if (held == 0) {
                staging.begin(Chunks.base(whole, height));
            }
            of(height).subList(0, PARTS - held).forEach(staging::add);
        }
        assertThat(given(image.folder())).as("%s", image).isEqualTo(of(height));
    }

    private List<StateChunk> given(Path home) {
        List<StateChunk> given = new ArrayList<>();
        try (Staging staging = Staging.open(home)) {
            int held = staging.restore(machine());
            staging.each(given::add);
            assertThat(given).hasSize(held);
        }
        return given;
    }

    /**
     * Nothing is synced before the end, so that any sector may be missing: chunks before it hold.
     */
    @Test
    void aSectorThatIsMissingEndsWhatIsBelieved() throws IOException {
        List<Integer> ends = new ArrayList<>();
        Path file = folder.resolve(FILE);
        try (Staging staging = Staging.open(folder)) {
            staging.begin(Chunks.base(whole, 1));
            for (StateChunk chunk : chunks) {
                staging.add(chunk);
                ends.add((int) Files.size(file));
            }
        }
        byte[] all = Files.readAllBytes(file);
        for (int from = 0; from < all.length; from += SECTOR * (DiskImages.ALL ? 1 : 7)) {
            byte[] holed = all.clone();
            Arrays.fill(holed, from, Math.min(from + SECTOR, all.length), (byte) 0);
            Files.write(file, holed);
            int at = Arrays.mismatch(all, holed);
            int whole = (int) ends.stream().filter(end -> end <= at).count();
            assertThat(given(folder)).as("hole at %d", at).isEqualTo(chunks.subList(0, whole));
        }
    }

    /** The file was to be cut, and what follows the new base is still there: it proves nothing. */
    @Test
    void chunksOfAnotherBaseAreNotBelieved() throws IOException {
        Path file = folder.resolve(FILE);
        try (Staging staging = Staging.open(folder)) {
            staging.begin(Chunks.base(whole, 1));
        }
        long base = Files.size(file);
        keepAll();
        byte[] old = Files.readAllBytes(file);
        try (Staging staging = Staging.open(folder)) {
            staging.begin(Chunks.base(whole, 2));
        }
        Files.write(
                file, Arrays.copyOfRange(old, (int) base, old.length), StandardOpenOption.APPEND);
        assertThat(restored()).isZero();
        assertThat(Files.size(file)).as("the new base stays").isPositive().isLessThan(old.length);
    }

    /** A torn or altered record ends what is believed; the rest is cut off and written anew. */
    @Test
    void whatDoesNotHoldIsCutOff() throws IOException {
        keepAll();
        Path file = folder.resolve(FILE);
        byte[] all = Files.readAllBytes(file);
        int before = 32;
        for (int length = all.length - 1; length > 0; length -= all.length / 9) {
            Files.write(file, Arrays.copyOf(all, length));
            int now = restored();
            assertThat(now).isLessThan(32).isLessThanOrEqualTo(before);
            assertThat(restored()).as("after the cut").isEqualTo(now);
            before = now;
        }
        byte[] altered = all.clone();
        altered[all.length - 300] ^= 1;
        Files.write(file, altered);
        assertThat(restored()).isLessThan(32);
        altered[3] ^= 1;
        Files.write(file, altered);
        assertThat(restored()).isZero();
    }

    @Test
    void aCheckpointThatContradictsIsRefused() {
        Checkpoint checkpoint = Checkpoint.of(whole, 1);
        JoinPlan plan = new JoinPlan(false, Optional.of(checkpoint), 10);
        plan.check(network.founding(), whole);
        MemoryStore other = new MemoryStore(network.founding());
        other.apply(List.of(new TestChain(network).next()), true);
        assertThatThrownBy(() -> plan.check(network.founding(), other))
                .isInstanceOf(OperatorError.class)
                .hasMessageContaining("contradicts the checkpoint");
        assertThatThrownBy(() -> plan.check(TestNetwork.of(3).founding(), whole))
                .isInstanceOf(OperatorError.class)
                .hasMessageContaining("not of this network");
    }
}
