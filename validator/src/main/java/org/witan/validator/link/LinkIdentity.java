package org.witan.validator.link;

import java.util.Optional;
import java.util.function.Supplier;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.validator.link.handshake.Instance;
import org.witan.validator.link.handshake.Position;

/**
 * Who this node is, for its peers.
 *
 * @param networkId the network it belongs to
 * @param id its label
 * @param role what it does; only validators are ever dialled
 * @param signer holds its node key
 * @param keyNumber how often that key was replaced, from 0
 * @param instance which copy of the node this is
 * @param build the software, at most 64 characters
 * @param greatestLevel the greatest protocol level that it speaks
 * @param advertised where others can dial it, if it wants to say
 * @param position how far it is, asked at each handshake from any thread
 * @param proofs how keys prove themselves to nodes that have not seen their epoch yet
 */
public record LinkIdentity(
        NetworkId networkId,
        NodeId id,
        Role role,
        Signer signer,
        int keyNumber,
        Instance instance,
        String build,
        int greatestLevel,
        Optional<Endpoint> advertised,
        Supplier<Position> position,
        KeyProofs proofs) {
    /**
     * Proves keys by the chain of validator sets, each certified by the one before (H10). Any
     * thread.
     */
    public interface KeyProofs {
        /** Proves nothing. */
        KeyProofs NONE =
                new KeyProofs() {
                    @Override
                    public byte[] own() {
                        return new byte[0];
                    }

                    @Override
                    public Optional<PublicKey> key(NodeId id, int keyNumber, byte[] certificates) {
                        return Optional.empty();
                    }
                };

        /** What this node shows to others: at most 12 KiB, empty in the founding epoch. */
        byte[] own();

        /**
         * The key of that number, if certificates lead to it from where this node stands.
         *
         * @param certificates what someone who proved nothing sent, at most 12 KiB
         */
        Optional<PublicKey> key(NodeId id, int keyNumber, byte[] certificates);

        /**
         * Whether somebody whom the ledger does not know may become a member (H11).
         *
         * @param shown what it shows in place of certificates, at most 12 KiB
         */
        default Newcomer newcomer(NodeId id, byte[] shown) {
            return new Newcomer(Optional.empty(), "");
        }
    }

    /**
     * Somebody whom the ledger does not know.
     *
     * @param key what it signs with, if the ledger would take its redemption of an invitation
     * @param why the ledger would not, for its operator; empty if it showed none
     */
    public record Newcomer(Optional<PublicKey> key, String why) {}
}
