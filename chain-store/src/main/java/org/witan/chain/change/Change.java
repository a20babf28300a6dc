package org.witan.chain.change;

import java.util.List;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Purpose;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.membership.Endpoint;
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
    /** Most rules that one change sets. */
    int MAX_RULES = 16;

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

    /**
     * A member keeps its place and takes no part.
     *
     * @param id the member
     */
    record Suspend(NodeId id) implements Change {}

    /**
     * A suspended member takes part again.
     *
     * @param id the member
     */
    record Resume(NodeId id) implements Change {}

    /**
     * A member does something else from now on; a learner that becomes a validator votes at once.
     *
     * @param id the member
     * @param role what it does
     */
    record SetRole(NodeId id, Role role) implements Change {}

    /**
     * Another key for a member or an organisation that lost its own.
     *
     * @param organisation whether it is an organisation's governance key
     * @param id whose key it is
     * @param key the new key
     * @param proof by the new key, see {@link KeyProofs#key}
     */
    record ReplaceKey(boolean organisation, NodeId id, PublicKey key, Signature proof)
            implements Change {}

    /**
     * A new organisation, with a seat.
     *
     * @param id its label, used by nobody else
     * @param name for people, at most 256 bytes of UTF-8
     * @param governanceKey signs changes and approvals
     * @param recoveryKey kept offline; the governance key where there is none
     * @param proof by the governance key, see {@link KeyProofs#seat}
     * @param recoveryProof by the recovery key
     */
    record AddOrganisation(
            NodeId id,
            String name,
            PublicKey governanceKey,
            PublicKey recoveryKey,
            Signature proof,
            Signature recoveryProof)
            implements Change {

        /** An organisation that proves its keys for this network. */
        public static AddOrganisation proving(
                NetworkId network, NodeId id, String name, Signer governance, Signer recovery) {
            PublicKey key = governance.publicKey();
            byte[] content = KeyProofs.seat(network, id, key, recovery.publicKey());
            return new AddOrganisation(
                    id,
                    name,
                    key,
                    recovery.publicKey(),
                    governance.sign(Purpose.SEAT_PROOF, content),
                    recovery.sign(Purpose.SEAT_PROOF, content));
        }
    }

    /**
     * An organisation without members leaves.
     *
     * @param id the organisation
     */
    record RemoveOrganisation(NodeId id) implements Change {}

    /**
     * Network rules get other values.
     *
     * @param rules 1 to 16, in the order in which they are set
     */
    record SetRules(List<Rule> rules) implements Change {}

    /**
     * A rule and its value.
     *
     * @param name as in the genesis file
     * @param value within the rule's range
     */
    record Rule(String name, int value) {}

    /**
     * Ends an open change, whoever proposed it.
     *
     * @param number of that change
     */
    record Cancel(long number) implements Change {}

    /**
     * A release that is to run everywhere, and the protocol level that it brings.
     *
     * <p>Wire: level u16, artifact text8, SHA-256 32, deadline u63.
     *
     * @param level the level in force, or the next one
     * @param artifact name of the release's archive, 1 to 128 bytes of UTF-8
     * @param sha256 of the archive's bytes
     * @param deadline last height at which anything may follow from the plan
     */
    record PlanUpgrade(int level, String artifact, Hash sha256, long deadline) implements Change {
        /** Longest name of an archive in bytes of UTF-8. */
        public static final int MAX_ARTIFACT_BYTES = 128;

        /** See the type. */
        public static final Codec<PlanUpgrade> CODEC =
                new Codec<>(ChangeForm::writePlan, ChangeForm::readPlan);
    }

    /**
     * Ends the open plan; its level is in force behind the boundary.
     *
     * @param plan its number
     */
    record FinaliseUpgrade(long plan) implements Change {}

    /**
     * Gives the open plan up.
     *
     * @param plan its number
     */
    record AbortUpgrade(long plan) implements Change {}

    /** See the type. */
    Codec<Change> CODEC = new Codec<>(ChangeForm::write, ChangeForm::read);

    /** SHA-256 of the encoding behind its tag: what an approval names. */
    default Hash hash() {
        return Digest.tagged("witan/change/1").add(CODEC.encode(this)).done();
    }

    /**
     * Whether it can change who the members, validators or organisations are, or at which protocol
     * level they run; of these changes only one is open at a time.
     */
    default boolean isMembership() {
        return switch (this) {
            case SetRules _, Cancel _, PlanUpgrade _, AbortUpgrade _ -> false;
            default -> true;
        };
    }
}
