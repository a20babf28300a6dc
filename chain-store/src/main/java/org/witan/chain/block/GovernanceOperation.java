package org.witan.chain.block;

import java.util.List;
import org.witan.chain.change.Attestation;
import org.witan.chain.change.Change;
import org.witan.chain.change.KeyProofs;
import org.witan.chain.change.Proposal;
import org.witan.chain.change.UpgradePlan;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Reader;
import org.witan.genesis.codec.Writer;
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
import org.witan.genesis.membership.VisibleText;

/**
 * What a transaction does to the network itself.
 *
 * <p>Wire: type u8 from 16, then the fields in their order. Golden: {@code
 * transaction-<operation>.v1.hex}. Source: docs/protocol/governance.md.
 */
public sealed interface GovernanceOperation extends Operation {
    /**
     * An organisation proposes a change, and approves it.
     *
     * @param change what to change
     * @param reason why, for people; at most 512 bytes of UTF-8
     * @param forced whether the proposer was told that it leaves no margin, and insisted
     */
    record Propose(Change change, String reason, boolean forced) implements GovernanceOperation {}

    /**
     * An organisation approves a change.
     *
     * @param number of the change
     * @param change hash of the change that it means, so that nobody approves what he did not read
     * @param forced whether the approver was told that it leaves no margin, and insisted
     */
    record Approve(long number, Hash change, boolean forced) implements GovernanceOperation {
        /** The approval of a change that leaves a margin. */
        public Approve(long number, Hash change) {
            this(number, change, false);
        }
    }

    /**
     * The proposer takes its change back, or another organisation its approval.
     *
     * @param number of the change
     */
    record Withdraw(long number) implements GovernanceOperation {}

    /**
     * A member or an organisation replaces its key; the old one signs the transaction.
     *
     * @param key the new key
     * @param proof by the new key, see {@code KeyProofs.key}
     */
    record RotateKey(PublicKey key, Signature proof) implements GovernanceOperation {
        /**
         * A key that proves itself for its owner.
         *
         * @param number which of the owner's keys it becomes: one more than the present one
         */
        public static RotateKey proving(NetworkId network, Sender owner, int number, Signer key) {
            PublicKey next = key.publicKey();
            byte[] content = KeyProofs.key(network, owner.toString(), number, next);
            return new RotateKey(next, key.sign(Purpose.KEY_PROOF, content));
        }
    }

    /**
     * A member says where it can be dialled.
     *
     * @param endpoints at most 4, in order of preference
     */
    record SetEndpoints(List<Endpoint> endpoints) implements GovernanceOperation {}

    /**
     * A member says that it runs, and what.
     *
     * @param height of a block that it holds, at most 1000 below the block that says so
     * @param block that block's hash
     * @param leastLevel lowest protocol level that its build runs
     * @param greatestLevel highest protocol level that its build runs
     * @param build version of its program, at most 64 bytes of UTF-8
     */
    record Attest(long height, Hash block, int leastLevel, int greatestLevel, String build)
            implements GovernanceOperation {}

    /**
     * Anybody shows votes of one validator that contradict each other.
     *
     * @param evidence the two votes
     */
    record ReportEvidence(Evidence evidence) implements GovernanceOperation {}

    /**
     * A member asks for the right to restart its node, or gives it back.
     *
     * @param plan number of the open upgrade plan
     * @param blocks for how many blocks, at most 100 000; 0 gives it back
     */
    record Permit(long plan, int blocks) implements GovernanceOperation {}

    /**
     * A member that has the permit says how its own upgrade went.
     *
     * @param plan number of the open upgrade plan
     * @param result how it went
     */
    record Report(long plan, UpgradePlan.Result result) implements GovernanceOperation {}

    /**
     * A member invites somebody whom it does not know yet.
     *
     * @param invitation public half of the key that the invitation's secret is
     * @param role what the newcomer will do; never a validator
     * @param expires until when it can be redeemed, milliseconds since 1970, by the blocks' time
     */
    record Invite(PublicKey invitation, Role role, long expires) implements GovernanceOperation {}

    /**
     * Somebody who is no member yet becomes one; the transaction's sender is the newcomer's id, and
     * the newcomer's key signs it.
     *
     * @param invitation which
     * @param key the newcomer's key, and the only one that the proof is good for
     * @param proof by the invitation's secret, see {@code KeyProofs.invitation}
     */
    record Redeem(PublicKey invitation, PublicKey key, Signature proof)
            implements GovernanceOperation {
        /** The redemption of a secret by the holder of a key, under this id. */
        public static Redeem proving(NetworkId network, NodeId id, Signer secret, PublicKey key) {
            byte[] content = KeyProofs.invitation(network, secret.publicKey(), id, key);
            return new Redeem(
                    secret.publicKey(), key, secret.sign(Purpose.INVITATION_PROOF, content));
        }
    }

    /**
     * The inviter, or its organisation, takes an invitation back, and with it whom it admitted.
     *
     * @param invitation which
     */
    record Revoke(PublicKey invitation) implements GovernanceOperation {}

    /** See the type. */
    Codec<GovernanceOperation> CODEC =
            new Codec<>(GovernanceOperation::write, in -> read(in, in.u8()));

    private static void write(GovernanceOperation operation, Writer out) {
        switch (operation) {
            case Propose(var change, var reason, var forced) -> {
                Change.CODEC.write(change, out.u8(16));
                out.text16(reason).bool(forced);
            }
            case Approve(var number, var change, var forced) -> {
                Hash.CODEC.write(change, out.u8(17).u63(number));
                out.bool(forced);
            }
            case Withdraw(var number) -> out.u8(18).u63(number);
            case RotateKey(var key, var proof) -> {
                PublicKey.CODEC.write(key, out.u8(20));
                Signature.CODEC.write(proof, out);
            }
            case SetEndpoints(var endpoints) -> out.u8(19).list16(endpoints, Endpoint.CODEC);
            case Attest said -> {
                Hash.CODEC.write(said.block, out.u8(21).u63(said.height));
                out.u16(said.leastLevel).u16(said.greatestLevel).text8(said.build);
            }
            case Invite(var invitation, var role, var expires) -> {
                PublicKey.CODEC.write(invitation, out.u8(22));
                Role.CODEC.write(role, out);
                out.u63(expires);
            }
            case Redeem(var invitation, var key, var proof) -> {
                PublicKey.CODEC.write(invitation, out.u8(23));
                PublicKey.CODEC.write(key, out);
                Signature.CODEC.write(proof, out);
            }
            case Revoke(var invitation) -> PublicKey.CODEC.write(invitation, out.u8(27));
            case ReportEvidence(var evidence) -> Evidence.CODEC.write(evidence, out.u8(24));
            case Permit(var plan, var blocks) -> out.u8(25).u63(plan).u31(blocks);
            case Report(var plan, var result) ->
                    UpgradePlan.Result.CODEC.write(result, out.u8(26).u63(plan));
        }
    }

    /** Reads the fields behind the type byte. */
    static GovernanceOperation read(Reader in, int type) {
        return switch (type) {
            case 16 ->
                    new Propose(
                            Change.CODEC.read(in),
                            VisibleText.checked(in, in.text16(Proposal.MAX_REASON_BYTES)),
                            in.bool());
            case 17 -> new Approve(in.u63(), Hash.CODEC.read(in), in.bool());
            case 18 -> new Withdraw(in.u63());
            case 19 -> new SetEndpoints(in.list16(Member.MAX_ENDPOINTS, 2, Endpoint.CODEC));
            case 20 -> new RotateKey(PublicKey.CODEC.read(in), Signature.CODEC.read(in));
            case 21 ->
                    new Attest(
                            in.u63(),
                            Hash.CODEC.read(in),
                            in.u16(),
                            in.u16(),
                            VisibleText.checked(in, in.text8(Attestation.MAX_BUILD_BYTES)));
            case 22 -> new Invite(PublicKey.CODEC.read(in), Role.CODEC.read(in), in.u63());
            case 23 ->
                    new Redeem(
                            PublicKey.CODEC.read(in),
                            PublicKey.CODEC.read(in),
                            Signature.CODEC.read(in));
            case 24 -> new ReportEvidence(Evidence.CODEC.read(in));
            case 25 -> new Permit(in.u63(), in.u31());
            case 26 -> new Report(in.u63(), UpgradePlan.Result.CODEC.read(in));
            case 27 -> new Revoke(PublicKey.CODEC.read(in));
            default -> throw in.refuse("unknown operation " + type);
        };
    }
}
