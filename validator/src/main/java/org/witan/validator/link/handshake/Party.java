package org.witan.validator.link.handshake;

import java.util.List;
import java.util.Optional;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.crypto.Verifier;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.link.keys.Suite;

/**
 * One side of handshakes: who this node is and whom it knows.
 *
 * @param networkId the network it belongs to
 * @param id its label
 * @param signer holds its node key
 * @param verifier decides about signatures of others
 * @param claims what it says of itself now
 * @param psks pre-shared keys, the one to offer first; usually none
 * @param suites what it accepts, in its order of preference
 * @param book whom it knows
 */
public record Party(
        NetworkId networkId,
        NodeId id,
        Signer signer,
        Verifier verifier,
        Claims claims,
        List<Psk> psks,
        List<Suite> suites,
        Book book) {
    /** The pre-shared key of a name; 32 zero bytes where none is named and none is demanded. */
    Optional<byte[]> pskNamed(long pskId) {
        if (psks.isEmpty()) {
            return pskId == 0 ? Optional.of(Hash.NONE.toBytes()) : Optional.empty();
        }
        return psks.stream().filter(psk -> psk.id() == pskId).findFirst().map(Psk::secret);
    }

    /** Whom a node knows. */
    @FunctionalInterface
    public interface Book {
        /** What is known of this id. */
        Optional<Known> find(NodeId id);
    }

    /**
     * A known node.
     *
     * @param key its key in force
     * @param keyNumber that key's number
     * @param opens whether it is the one that opens links to this node
     */
    public record Known(PublicKey key, int keyNumber, boolean opens) {}
}
