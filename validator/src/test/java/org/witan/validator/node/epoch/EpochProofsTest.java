package org.witan.validator.node.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.witan.catchup.fixture.HandMadeLedger;
import org.witan.catchup.fixture.HandMadeNetwork;
import org.witan.chain.proof.Checkpoint;
import org.witan.chain.store.EpochLink;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.link.Roster;
import org.witan.validator.node.breakdown.Breakdown;

/** Certificates lead a node that is behind to the keys of later epochs, and nobody astray (H10). */
class EpochProofsTest {
    private final HandMadeNetwork network = network("true");
    private HandMadeLedger behind;

    private static HandMadeNetwork network(String name) {
        return new HandMadeNetwork(name, HandMadeNetwork.names(4), EpochProofsTest::key);
    }

    private static SigningKey key(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        return SigningKey.ofSeed(Digest.tagged("epoch proof").add(text).done().toBytes());
    }

    @BeforeEach
    void threeEpochs() {
        network.grow(3, 1);
        behind = HandMadeLedger.prefix(network.ledger(), 2);
        network.boundary(List.of("v1", "v2", "v3", "v4", "v5"));
        network.grow(2, 0);
        network.boundary(List.of("v2", "v3", "v4", "v5", "v6"));
        network.grow(2, 0);
    }

    private EpochProofs of(HandMadeLedger ledger) {
        return of(ledger, Foreknown.NOTHING);
    }

    private EpochProofs of(HandMadeLedger ledger, Foreknown foreknown) {
        return new EpochProofs(network.id(), ledger, new Breakdown(), foreknown);
    }

    private Optional<PublicKey> asks(HandMadeLedger ledger, String id, byte[] proof) {
        return of(ledger).key(new NodeId(id), 0, proof);
    }

    @Test
    void certificatesLeadToKeysThatALedgerDoesNotHold() {
        byte[] proof = of(network.ledger()).own();
        assertThat(asks(behind, "v6", proof)).contains(key("v6").publicKey());
        assertThat(asks(behind, "v1", proof)).as("not in the last set").isEmpty();
        assertThat(of(behind).key(new NodeId("v6"), 1, proof)).as("another number").isEmpty();
        HandMadeLedger halfway = HandMadeLedger.prefix(network.ledger(), 5);
        assertThat(asks(halfway, "v6", proof)).as("from the middle").isPresent();
    }

    @Test
    void theFoundingEpochNeedsNoProof() {
        assertThat(of(behind).own()).isEmpty();
        assertThat(asks(behind, "v5", new byte[0])).isEmpty();
    }

    @Test
    void gapsForgeriesAndNoiseLeadNowhere() {
        List<EpochLink> links =
                List.of(
                        network.ledger().epoch(2).orElseThrow(),
                        network.ledger().epoch(3).orElseThrow());
        byte[] gap = EpochProofs.CODEC.encode(links.subList(1, 2));
        byte[] backwards = EpochProofs.CODEC.encode(links.reversed());
        EpochLink second = links.get(0);
        EpochLink swapped =
                new EpochLink(
                        2, second.boundary(), second.finalization(), links.get(1).configuration());
        byte[] otherSet = EpochProofs.CODEC.encode(List.of(swapped));
        HandMadeNetwork foreign = network("another");
        foreign.grow(3, 1).boundary(List.of("v1", "v2", "v3", "v4", "v6"));
        byte[] otherNetwork =
                new EpochProofs(foreign.id(), foreign.ledger(), new Breakdown(), Foreknown.NOTHING)
                        .own();
        for (byte[] proof : List.of(gap, backwards, otherSet, otherNetwork, new byte[100])) {
            assertThat(asks(behind, "v6", proof)).isEmpty();
        }
    }

    @Test
    void noChangedByteLeadsAnywhereElse() {
        byte[] proof = of(network.ledger()).own();
        for (int i = 0; i < proof.length; i += 3) {
            proof[i] ^= 1;
            asks(behind, "v6", proof)
                    .ifPresent(key -> assertThat(key).isEqualTo(key("v6").publicKey()));
            proof[i] ^= 1;
        }
    }

    /** Many epochs: the newest are shown, and all fits into the field. */
    @Test
    void proofsFitIntoTheHandshake() {
        for (int i = 0; i < 40; i++) {
            network.boundary(List.of("v2", "v3", "v4", "v5", "w" + i));
        }
        byte[] proof = of(network.ledger()).own();
        assertThat(proof.length).isBetween(8 << 10, 12 << 10);
        assertThat(asks(behind, "w39", proof)).as("the start is missing").isEmpty();
        HandMadeLedger near =
                HandMadeLedger.prefix(
                        network.ledger(), network.ledger().tip().header().height() - 3);
        assertThat(asks(near, "w39", proof)).contains(key("w39").publicKey());
    }

    /** A checkpoint bridges what lies between the ledger and the certificates that fit. */
    @Test
    void aCheckpointBridgesMoreEpochsThanAHandshakeShows() {
        for (int i = 0; i < 20; i++) {
            network.boundary(List.of("v2", "v3", "v4", "v5", "w" + i));
        }
        network.grow(1, 0);
        Foreknown halfway = Foreknown.of(Optional.of(checkpoint()));
        for (int i = 20; i < 25; i++) {
            network.boundary(List.of("v2", "v3", "v4", "v5", "w" + i));
        }
        byte[] proof = of(network.ledger()).own();
        assertThat(asks(behind, "w24", proof)).as("without it").isEmpty();
        EpochProofs vouched = of(behind, halfway);
        assertThat(vouched.key(new NodeId("w24"), 0, proof)).contains(key("w24").publicKey());
        byte[] nothing = EpochProofs.CODEC.encode(List.of());
        assertThat(vouched.key(new NodeId("w19"), 0, nothing))
                .as("whom it names needs no certificates")
                .contains(key("w19").publicKey());
        assertThat(vouched.key(new NodeId("w24"), 0, nothing)).isEmpty();
        HandMadeNetwork foreign = network("another");
        foreign.grow(3, 1).boundary(List.of("v1", "v2", "v3", "v4", "w24"));
        EpochLink forged = foreign.ledger().epoch(2).orElseThrow();
        byte[] lie = EpochProofs.CODEC.encode(List.of(forged));
        assertThat(vouched.key(new NodeId("w24"), 0, lie)).isEmpty();
    }

    private Checkpoint checkpoint() {
        return Checkpoint.of(network.ledger(), network.ledger().tip().header().height());
    }

    /**
     * Nobody is left whom the genesis names: the checkpoint's validators are there to link with.
     */
    @Test
    void whoIsNewSinceTheGenesisIsLinkedWithByACheckpoint() {
        network.boundary(List.of("w1", "w2", "w3", "w4"));
        network.grow(1, 0);
        Foreknown known = Foreknown.of(Optional.of(checkpoint()));
        LedgerMembers none = new LedgerMembers(List.of(), List.of());
        Roster roster = known.roster(none, behind.tip().header());
        assertThat(roster.find(new NodeId("w1")).orElseThrow().key())
                .isEqualTo(key("w1").publicKey());
        assertThat(Foreknown.NOTHING.roster(none, behind.tip().header()).members()).isEmpty();
        assertThat(known.roster(none, network.ledger().tip().header()).members())
                .as("a ledger that is there names its members itself")
                .isEmpty();
    }
}
