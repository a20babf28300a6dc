package org.witan.chain.change;

import java.util.List;
import org.witan.genesis.codec.Writer;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;

/**
 * What new keys sign to prove that somebody holds them. Each content begins with the network id.
 *
 * <ul>
 *   <li>member: id, organisation, role u8, key 32, endpoints u16 count
 *   <li>key: sender text8, number u31 of the new key, key 32
 *   <li>invitation: invitation 32, the newcomer's id, its key 32
 *   <li>seat: id, governance key 32, recovery key 32
 * </ul>
 *
 * <p>Source: docs/protocol/governance.md, GV5.
 */
public final class KeyProofs {
    private KeyProofs() {}

    /** For {@code Purpose.MEMBER_PROOF}: a new member's node key. */
    public static byte[] member(
            NetworkId network, Joining joining, PublicKey key, List<Endpoint> endpoints) {
        Writer out = begin(network);
        NodeId.CODEC.write(joining.id, out);
        NodeId.CODEC.write(joining.organisation, out);
        Role.CODEC.write(joining.role, out);
        PublicKey.CODEC.write(key, out);
        return out.list16(endpoints, Endpoint.CODEC).toBytes();
    }

    /**
     * Who joins.
     *
     * @param id its label
     * @param organisation who answers for it
     * @param role what it will do
     */
    public record Joining(NodeId id, NodeId organisation, Role role) {}

    /**
     * For {@code Purpose.KEY_PROOF}: the key that replaces a sender's.
     *
     * @param sender the written form of a member or {@code org:<id>}
     * @param number which of the sender's keys it becomes
     */
    public static byte[] key(NetworkId network, String sender, int number, PublicKey key) {
        Writer out = begin(network).text8(sender).u31(number);
        PublicKey.CODEC.write(key, out);
        return out.toBytes();
    }

    /** For {@code Purpose.SEAT_PROOF}: signed by both keys of a new organisation, each the same. */
    public static byte[] seat(
            NetworkId network, NodeId id, PublicKey governanceKey, PublicKey recoveryKey) {
        Writer out = begin(network);
        NodeId.CODEC.write(id, out);
        PublicKey.CODEC.write(governanceKey, out);
        PublicKey.CODEC.write(recoveryKey, out);
        return out.toBytes();
    }

    /**
     * For {@code Purpose.INVITATION_PROOF}: an invitation's secret, which never leaves its holder,
     * signs for one newcomer and no other.
     */
    public static byte[] invitation(
            NetworkId network, PublicKey invitation, NodeId newcomer, PublicKey key) {
        Writer out = begin(network);
        PublicKey.CODEC.write(invitation, out);
        NodeId.CODEC.write(newcomer, out);
        PublicKey.CODEC.write(key, out);
        return out.toBytes();
    }

    private static Writer begin(NetworkId network) {
        Writer out = new Writer();
        NetworkId.CODEC.write(network, out);
        return out;
    }
}
