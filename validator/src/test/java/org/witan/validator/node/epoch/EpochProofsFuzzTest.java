package org.witan.validator.node.epoch;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.witan.catchup.fixture.HandMadeLedger;
import org.witan.catchup.fixture.HandMadeNetwork;
import org.witan.chain.store.EpochLink;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.fuzz.FormatsTarget;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.node.breakdown.Breakdown;

/**
 * Certificates that a peer shows for its key before it has proven anything (H10): whatever they
 * say, they lead to the key that validators signed for, or to none.
 */
final class EpochProofsFuzzTest extends FormatsTarget {
    /** Epochs more, as many as fit into a handshake. */
    private static final int MANY = 10;

    private static final NodeId LATER = new NodeId("v6");

    private final PublicKey right = key(LATER.value()).publicKey();
    private final EpochProofs behind;

    EpochProofsFuzzTest() {
        HandMadeNetwork network =
                new HandMadeNetwork("true", HandMadeNetwork.names(4), EpochProofsFuzzTest::key);
        network.grow(3, 1);
        HandMadeLedger ledger = HandMadeLedger.prefix(network.ledger(), 2);
        network.boundary(List.of("v1", "v2", "v3", "v4", "v5"));
        network.grow(2, 0);
        network.boundary(List.of("v2", "v3", "v4", "v5", "v6"));
        for (int i = 0; i < MANY; i++) {
            network.boundary(List.of("v3", "v4", "v5", "v6", "w" + i));
        }
        behind = new EpochProofs(network.id(), ledger, new Breakdown(), Foreknown.NOTHING);
        EpochLink second = network.ledger().epoch(2).orElseThrow();
        EpochLink third = network.ledger().epoch(3).orElseThrow();
        format(
                "links",
                EpochProofs.CODEC,
                List.of(second, third),
                List.of(second),
                List.of(third, second),
                List.of(),
                LongStream.rangeClosed(2, 3 + MANY)
                        .mapToObj(number -> network.ledger().epoch(number).orElseThrow())
                        .toList());
    }

    private static SigningKey key(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        return SigningKey.ofSeed(Digest.tagged("epoch proof").add(text).done().toBytes());
    }

    @Override
    protected void accepted(Object value) {
        List<EpochLink> links = ((List<?>) value).stream().map(EpochLink.class::cast).toList();
        Optional<PublicKey> key = behind.key(LATER, 0, EpochProofs.CODEC.encode(links));
        if (key.isPresent() && !key.get().equals(right)) {
            throw new AssertionError("a key that nobody signed for: " + key);
        }
    }
}
