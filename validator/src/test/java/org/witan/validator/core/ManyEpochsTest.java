package org.witan.validator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.chain.proof.Checkpoint;
import org.witan.chain.proof.ProofBundle;
import org.witan.chain.proof.ProofBundles;
import org.witan.chain.proof.ProofFile;
import org.witan.chain.rocks.RocksStore;
import org.witan.chain.rocks.StoreSettings;
import org.witan.chain.state.StatePath;
import org.witan.chain.store.ChainOfEpochs;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.ProtocolLevel;

/** A ledger of many epochs on real disks: it is caught up with, proven and gone on with. */
class ManyEpochsTest {
    private static final int EPOCHS = 24;
    private static final int BLOCKS = 3;
    private static final int LAST = EPOCHS * BLOCKS + 1;
    private static final StatePath PATH = StatePath.entry(new NodeId("v1"), "last");

    private final TestNetwork network = TestNetwork.of(4);
    @TempDir private Path folder;

    @BeforeEach
    void aLedgerOfManyEpochs() {
        try (RocksStore store = open("whole")) {
            new ChainOfEpochs(network, store).grow(EPOCHS, BLOCKS).put("last", "of all");
        }
    }

    private RocksStore open(String name) {
        StoreSettings settings = StoreSettings.in(folder.resolve(name));
        return RocksStore.open(settings.withCacheBytes(8 << 20), network.founding());
    }

    @Test
    void anEmptyStoreFollowsTheSetsToTheTipAndVotesThere() {
        try (RocksStore whole = open("whole")) {
            try (RocksStore own = open("own")) {
                CatchingUp fourth = new CatchingUp(network, own, whole, ProtocolLevel.GREATEST);
                fourth.run(LAST);
                assertThat(own.tip().hash()).isEqualTo(whole.tip().hash());
                assertThat(own.state().root()).isEqualTo(whole.state().root());
                assertThat(fourth.node.view().epoch().number()).isEqualTo(EPOCHS + 1);
                fourth.hear("v1", "v2", "v1");
                assertThat(fourth.mayVote()).as("one of two was asked").isFalse();
                fourth.hear("v2");
                assertThat(fourth.mayVote()).isTrue();
                for (long number = 2; number <= EPOCHS + 1; number++) {
                    var theirs = whole.epoch(number).orElseThrow().boundary();
                    assertThat(own.epoch(number).orElseThrow().boundary()).isEqualTo(theirs);
                }
            }
            try (RocksStore own = open("own")) {
                CatchingUp again = new CatchingUp(network, own, whole, ProtocolLevel.GREATEST);
                assertThat(again.node.view().epoch().number()).isEqualTo(EPOCHS + 1);
            }
        }
    }

    @Test
    void anEntryIsProvenFromTheGenesisAloneOverAllEpochs() {
        try (RocksStore whole = open("whole")) {
            ProofBundle bundle = ProofBundles.atTip(whole, PATH);
            assertThat(bundle.problem(network.founding(), Ed25519.VERIFIER)).isEmpty();
            assertThat(ProofFile.binary(bundle).length).isLessThan(EPOCHS * 2_000);
            var other = TestNetwork.named("another", 4).founding();
            assertThat(bundle.problem(other, Ed25519.VERIFIER)).isPresent();
        }
    }

    @Test
    void aCheckpointOfALaterEpochStandsForTheGenesis() {
        try (RocksStore whole = open("whole")) {
            Checkpoint checkpoint = Checkpoint.of(whole, LAST - BLOCKS);
            assertThat(checkpoint.epoch()).isEqualTo(EPOCHS);
            assertThat(checkpoint.problem(network.founding(), Ed25519.VERIFIER)).isEmpty();
            Checkpoint newest = Checkpoint.of(whole, LAST);
            assertThat(newest.problemBehind(checkpoint)).isEmpty();
            ProofBundle bundle = ProofBundles.atTip(whole, PATH);
            assertThat(bundle.problem(newest, Ed25519.VERIFIER)).isEmpty();
        }
    }
}
