package org.witan.chain.block;

import org.witan.genesis.codec.Codec;

/**
 * What became of a transaction in a block; stored and served, not hashed.
 *
 * <p>Wire: outcome u8, version u63.
 *
 * @param outcome done, or why not
 * @param version version of the entry after the (last) write, or number of the change; 0 where
 *     there is none
 */
public record Receipt(Outcome outcome, long version) {
    /** See the type. */
    public static final Codec<Receipt> CODEC =
            new Codec<>(
                    (receipt, out) -> out.u8(receipt.outcome.ordinal()).u63(receipt.version),
                    in -> {
                        int code = in.u8();
                        if (code >= Outcome.values().length) {
                            throw in.refuse("unknown outcome " + code);
                        }
                        return new Receipt(Outcome.values()[code], in.u63());
                    });

    /** Done, or why not; the order is the place in formats. */
    public enum Outcome {
        /** The operation took effect. */
        DONE,
        /** {@code ifVersion} did not hold. */
        VERSION_CONFLICT,
        /** The entry to delete does not exist. */
        NO_SUCH_ENTRY,
        /** The sender may not do this. */
        NOT_PERMITTED,
        /** A value is over the network's rule. */
        TOO_LARGE,
        /** No change has this number. */
        NO_SUCH_CHANGE,
        /** The change was applied, withdrawn or cancelled, or has expired. */
        CHANGE_CLOSED,
        /** The approval names another change than the one of this number. */
        OTHER_CHANGE,
        /** The organisation has approved the change before. */
        ALREADY_APPROVED,
        /** Another change of the membership is open. */
        CHANGE_IN_FLIGHT,
        /** The organisation has too many open changes. */
        TOO_MANY_CHANGES,
        /** A new key did not sign for what it is to be. */
        BAD_PROOF,
        /** The key is no sound one, or stands or stood for somebody already. */
        KEY_IN_USE,
        /** A member or organisation of this id exists or existed. */
        ID_IN_USE,
        /** No member or organisation of this id. */
        NO_SUCH_MEMBER,
        /** What is asked for is so already, or cannot be from the present state. */
        WRONG_STATE,
        /** Fewer validators would be left than the rules want. */
        TOO_FEW_VALIDATORS,
        /** More validators than a set may have. */
        TOO_MANY_VALIDATORS,
        /** More validators than the quorum can spare would not have shown that they run. */
        TOO_FEW_READY,
        /** A number outside of its range. */
        OUT_OF_RANGE,
        /** No upgrade plan of this number is the present one. */
        NO_SUCH_PLAN,
        /** The upgrade plan was finalised or aborted, or its deadline has passed. */
        PLAN_CLOSED,
        /** Another upgrade plan is open. */
        PLAN_IN_FLIGHT,
        /** Two upgrades of the plan have failed; it can only be aborted. */
        PLAN_SUSPENDED,
        /** A member may restart its node now. */
        PERMIT_HELD,
        /** The other validators that have shown that they run would be no quorum. */
        NO_MARGIN,
        /** A member that runs a node did not attest the plan's level since it was approved. */
        NOT_ATTESTED,
        /** No invitation of this key. */
        NO_SUCH_INVITATION,
        /** The invitation was used, was revoked or has expired, or whom it admitted has left. */
        INVITATION_CLOSED,
        /** The member has too many open invitations, or too many members were invited. */
        TOO_MANY_INVITATIONS
    }
}
