package org.witan.chain.change;

import java.util.List;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Reader;
import org.witan.genesis.codec.Writer;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Purpose;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;

/**
 * What organisations may decide to change.
 *
 * <p>Wire: type u8, then the fields in their order. Golden: {@code change-*.v1.hex}. Source:
 * docs/protocol/governance.md.
 */
public sealed interface Change {
    /** Greatest size of an encoded change, for checks before allocation. */
    int MAX_BYTES = 2048;

    /**
     * A new member.
     *
     * @param id its label, used by nobody else
     * @param organisation who answers for it
     * @param role what it does
     * @param learner whether a validator follows first and votes from its first attestation on
     * @param key its node key
     * @param endpoints where it can be dialled, at most 4
     * @param proof by the node key, see {@link KeyProofs#member}
     */
    record AddMember(
            NodeId id,
            NodeId organisation,
            Role role,
            boolean learner,
            PublicKey key,
            List<Endpoint> endpoints,
            Signature proof)
            implements Change {

        /** A new member whose key proves itself for this network. */
        public static AddMember proving(
                NetworkId network,
                KeyProofs.Joining joining,
                boolean learner,
                List<Endpoint> endpoints,
                Signer key) {
            byte[] content = KeyProofs.member(network, joining, key.publicKey(), endpoints);
            return new AddMember(
                    joining.id(),
                    joining.organisation(),
                    joining.role(),
                    learner,
                    key.publicKey(),
                    List.copyOf(endpoints),
                    key.sign(Purpose.MEMBER_PROOF, content));
        }
    }

    /**
     * A member leaves.
     *
     * @param id the member
     */
    record RemoveMember(NodeId id) implements Change {}

    /** See the type. */
    Codec<Change> CODEC = new Codec<>(Change::write, Change::read);

    /** SHA-256 of the encoding behind its tag: what an approval names. */
    default Hash hash() {
        return Digest.tagged("witan/change/1").add(CODEC.encode(this)).done();
    }

    /**
     * Whether it can change who the members, validators or organisations are; of these changes only
     * one is open at a time.
     */
    default boolean isMembership() {
        return true;
    }

    private static void write(Change change, Writer out) {
        switch (change) {
            case AddMember add -> {
                out.u8(1);
                NodeId.CODEC.write(add.id, out);
                NodeId.CODEC.write(add.organisation, out);
                Role.CODEC.write(add.role, out);
                out.bool(add.learner);
                PublicKey.CODEC.write(add.key, out);
                out.list16(add.endpoints, Endpoint.CODEC);
                Signature.CODEC.write(add.proof, out);
            }
            case RemoveMember(var id) -> NodeId.CODEC.write(id, out.u8(2));
        }
    }

    private static Change read(Reader in) {
        int type = in.u8();
        return switch (type) {
            case 1 ->
                    new AddMember(
                            NodeId.CODEC.read(in),
                            NodeId.CODEC.read(in),
                            Role.CODEC.read(in),
                            in.bool(),
                            PublicKey.CODEC.read(in),
                            in.list16(Member.MAX_ENDPOINTS, 2, Endpoint.CODEC),
                            Signature.CODEC.read(in));
            case 2 -> new RemoveMember(NodeId.CODEC.read(in));
            default -> throw in.refuse("unknown change " + type);
        };
    }
}
