package org.witan.chain.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Golden;
import org.witan.chain.merkle.Proof;
import org.witan.chain.state.StatePath;
import org.witan.chain.store.EpochLink;
import org.witan.chain.store.MemoryStore;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.NodeId;

/** A checkpoint shows itself to be of a network, and excludes other histories of it. */
final class CheckpointTest {
    private static final StatePath PATH = StatePath.member(new NodeId("v3"));

    private final TwoEpochs two = new TwoEpochs();
    private final Founding founding = two.network.founding();
    private final Checkpoint good = two.checkpoint();

    @Test
    void followsTheValidatorSetsFromTheGenesis() {
        assertThat(good.problem(founding, Ed25519.VERIFIER)).isEmpty();
        assertThat(good.problem(TestNetwork.named("other", 4).founding(), Ed25519.VERIFIER))
                .get()
                .asString()
                .startsWith("it begins with the genesis of network ");
    }

    @Test
    void saysWhatIsWrong() {
        EpochLink unsigned =
                new EpochLink(2, two.boundary, Optional.empty(), two.second.configuration());
        assertThat(problem(List.of(two.founding, unsigned), good.finalization()))
                .contains("link to epoch 2: there is no finalization");
        assertThat(problem(List.of(two.founding), good.finalization()))
                .contains("header 6 does not belong to epoch 1");
        Certificate old = two.finalization(two.first, two.eight);
        assertThat(problem(good.links(), old)).contains("the finalization: made in another epoch");
    }

    @Test
    void foundersOtherThanTheGenesisNamesAreRefused() {
        List<EpochLink> links = new ArrayList<>(good.links());
        links.set(
                0,
                new EpochLink(
                        1, two.founding.boundary(), Optional.empty(), two.second.configuration()));
        assertThat(problem(links, good.finalization()))
                .contains("its first validators are not those that its genesis names");
    }

    @Test
    void everyByteOfBothFormsIsSignificant() {
        for (byte[] file : List.of(CheckpointFile.binary(good), CheckpointFile.json(good))) {
            assertThat(verifies(file)).isTrue();
            // The digits of the JSON are the binary form again.
            int step = file[0] == '{' ? 3 : 1;
            for (int i = 0; i < file.length; i += step) {
                file[i] ^= 0x20;
                assertThat(verifies(file)).as("byte %d", i).isFalse();
                file[i] ^= 0x20;
            }
            assertThat(verifies(java.util.Arrays.copyOf(file, file.length - 1))).isFalse();
            assertThat(verifies(java.util.Arrays.copyOf(file, file.length + 1))).isFalse();
        }
    }

    @Test
    void theBinaryFormIsHeldStill() {
        Golden.check(CheckpointTest.class, "checkpoint.v1", Checkpoint.CODEC, good);
    }

    @Test
    void theJsonShowsWhatTheCheckpointSays() {
        assertThat(new String(CheckpointFile.json(good), StandardCharsets.UTF_8))
                .contains("\"height\": 6", "\"epoch\": 2", "witan-checkpoint/1", "\"v4\"")
                .contains(two.six.hash().hex());
    }

    @Test
    void aHolderNeedsNoGenesisToCheckAProof() {
        ProofBundle whole = two.bundle(PATH);
        assertThat(whole.problem(good, Ed25519.VERIFIER)).isEmpty();
        ProofBundle shortened = with(List.of(), two.six, whole.descendants(), whole.finalization());
        assertThat(shortened.problem(good, Ed25519.VERIFIER)).isEmpty();
        assertThat(shortened.problem(founding, Ed25519.VERIFIER)).isPresent();
        ProofBundle older =
                with(
                        List.of(),
                        two.early(3),
                        List.of(),
                        Optional.of(two.finalization(two.first, two.early(3))));
        assertThat(older.problem(good, Ed25519.VERIFIER)).isEmpty();
        ProofBundle oldest = with(List.of(), two.founding.boundary(), List.of(), Optional.empty());
        assertThat(oldest.problem(good, Ed25519.VERIFIER)).isEmpty();
    }

    @Test
    void aProofBehindAnEpochThatTheCheckpointLacksIsRefused() {
        ProofBundle shortened =
                with(
                        List.of(),
                        two.six,
                        two.bundle(PATH).descendants(),
                        two.bundle(PATH).finalization());
        assertThat(shortened.problem(firstEpoch(3), Ed25519.VERIFIER))
                .contains("it begins with epoch 2, the checkpoint knows epochs 1 to 1");
        assertThat(two.bundle(PATH).problem(firstEpoch(3), Ed25519.VERIFIER)).isEmpty();
    }

    @Test
    void whatRetiredKeysSignBehindTheirEpochIsRefused() {
        BlockHeader forged = two.early(7);
        ProofBundle late =
                with(
                        List.of(),
                        forged,
                        List.of(),
                        Optional.of(two.finalization(two.first, forged)));
        assertThat(late.problem(founding, Ed25519.VERIFIER)).isEmpty();
        assertThat(late.problem(good, Ed25519.VERIFIER))
                .contains("block 7 has another hash in the checkpoint");
        BlockHeader later = two.early(9);
        ProofBundle behind =
                with(List.of(), later, List.of(), Optional.of(two.finalization(two.first, later)));
        assertThat(behind.problem(good, Ed25519.VERIFIER))
                .contains("block 9 of epoch 1 cannot stand in the checkpoint's ledger");
    }

    /** What the old keys signed may lie below a block that the checkpoint knows, and end above. */
    @Test
    void descendantsThatTheCheckpointExcludesAreRefused() {
        BlockHeader four = two.early(4);
        BlockHeader other = two.early(5, four.hash());
        ProofBundle forged =
                with(
                        List.of(),
                        four,
                        List.of(other),
                        Optional.of(two.finalization(two.first, other)));
        assertThat(forged.problem(founding, Ed25519.VERIFIER)).isEmpty();
        assertThat(forged.problem(good, Ed25519.VERIFIER))
                .contains("block 5 has another hash in the checkpoint");
    }

    /** With the links of the proof, without them, and of the genesis. */
    @Test
    void everyByteOfAProofIsSignificantToAHolder() {
        ProofBundle whole = two.bundle(PATH);
        for (ProofBundle bundle :
                List.of(
                        whole,
                        with(List.of(), two.six, whole.descendants(), whole.finalization()),
                        with(List.of(), two.founding.boundary(), List.of(), Optional.empty()))) {
            byte[] file = ProofFile.binary(bundle);
            assertThat(holds(file)).isTrue();
            for (int i = 0; i < file.length; i++) {
                file[i] ^= 0x20;
                assertThat(holds(file)).as("byte %d", i).isFalse();
                file[i] ^= 0x20;
            }
        }
    }

    private boolean holds(byte[] proof) {
        return ProofFile.read(proof) instanceof Decoded.Ok<ProofBundle>(var bundle)
                && bundle.problem(good, Ed25519.VERIFIER).isEmpty();
    }

    @Test
    void aSecondBoundaryBelowTheCheckpointIsRefused() {
        assertThat(two.bundle(PATH).problem(firstEpoch(7), Ed25519.VERIFIER))
                .contains("block 5 of epoch 1 cannot stand in the checkpoint's ledger");
    }

    @Test
    void onlyWhatExtendsATrustedOneIsTaken() {
        assertThat(good.problemBehind(firstEpoch(3))).isEmpty();
        assertThat(good.problemBehind(good)).isEmpty();
        assertThat(firstEpoch(3).problemBehind(good))
                .contains("it lies at height 3, below the trusted checkpoint's 6");
        assertThat(firstEpoch(9).problemBehind(good))
                .contains("block 9 of epoch 1 cannot stand in the checkpoint's ledger");
        assertThat(good.problemBehind(firstEpoch(5)))
                .contains("block 5 has another hash in the checkpoint");
    }

    @Test
    void aLedgerMakesThemOfItsFinalBlocks() {
        MemoryStore store = new MemoryStore(founding);
        TestChain chain = new TestChain(two.network);
        assertThatThrownBy(() -> Checkpoint.of(store, 0))
                .isInstanceOf(OperatorError.class)
                .hasMessageContaining("there is no checkpoint of height 0");
        store.apply(List.of(chain.next(List.of(), false), chain.next()), true);
        for (long height = 1; height <= 2; height++) {
            Checkpoint checkpoint = Checkpoint.of(store, height);
            assertThat(checkpoint.problem(founding, Ed25519.VERIFIER)).isEmpty();
            assertThat(checkpoint.descendants()).hasSize((int) (2 - height));
        }
        assertThatThrownBy(() -> Checkpoint.of(store, 3)).isInstanceOf(OperatorError.class);
    }

    /** A checkpoint of the first epoch alone. */
    private Checkpoint firstEpoch(long height) {
        BlockHeader header = two.early(height);
        return new Checkpoint(
                List.of(two.founding), header, List.of(), two.finalization(two.first, header));
    }

    private ProofBundle with(
            List<EpochLink> links,
            BlockHeader header,
            List<BlockHeader> descendants,
            Optional<Certificate> finalization) {
        return new ProofBundle(
                links,
                header,
                descendants,
                finalization,
                PATH,
                two.state.value(PATH),
                Proof.of(two.state, two.state.treeRoot(), PATH.hash()));
    }

    private Optional<String> problem(List<EpochLink> links, Certificate finalization) {
        return new Checkpoint(links, good.header(), good.descendants(), finalization)
                .problem(founding, Ed25519.VERIFIER);
    }

    private boolean verifies(byte[] file) {
        return CheckpointFile.read(file) instanceof Decoded.Ok<Checkpoint>(var checkpoint)
                && checkpoint.problem(founding, Ed25519.VERIFIER).isEmpty();
    }
}
