package org.witan.chain.state;

/**
 * Why a transaction may not stand in a block: what makes it useless or dangerous for everybody.
 *
 * <p>A transaction that merely fails is no refusal; it is in the block with a receipt.
 *
 * @param code stable name
 * @param why what was found, for people
 */
public record Refusal(Code code, String why) {
    /** The stable name, and what to try. */
    public enum Code {
        /** Made for another network. */
        WRONG_NETWORK("make it with the network id of this network"),
        /** More bytes than a transaction may have. */
        TOO_LARGE("split it into several transactions"),
        /** A value above the rule in force; stands in blocks all the same, with a receipt. */
        VALUE_TOO_LARGE("split the value over several keys"),
        /** No member, client or organisation of this id. */
        UNKNOWN_SENDER("ask a member to admit the sender"),
        /** The invitation is none, was used or revoked, has expired, or the proof is not its. */
        NOT_INVITED("ask the member that invited you for a new invitation"),
        /** Who redeems an invitation wants an id or a key that somebody has or had. */
        ID_OR_KEY_TAKEN("redeem the invitation under another id, with a new key"),
        /** The sender may not act for now. */
        SENDER_SUSPENDED("ask the governing organisations to resume the sender"),
        /** Signed with a key that is not the sender's present one. */
        WRONG_KEY_NUMBER("sign with the sender's present key"),
        /** {@code validUntil} is behind. */
        EXPIRED("make it anew with a later validUntil"),
        /** {@code validUntil} is too far ahead. */
        TOO_FAR_AHEAD("choose a validUntil at most 1000 heights ahead"),
        /** The nonce was used before. */
        NONCE_USED("the transaction may have been executed already: look it up by its id"),
        /** The nonce is below the sender's window. */
        NONCE_TOO_OLD("choose a nonce above the highest one used"),
        /** The signature does not hold. */
        BAD_SIGNATURE("sign it with the sender's key"),
        /** An entry's key holds a control character; from protocol level 2 on. */
        KEY_NOT_PRINTABLE("choose a key without control characters"),
        /** The program fails at it: a mistake of the program, which stops nobody. */
        NOT_EXECUTABLE("keep the transaction, and report it to those who make the program");

        private final String fix;

        Code(String fix) {
            this.fix = fix;
        }

        /** What to try. */
        public String fix() {
            return fix;
        }
    }

    @Override
    public String toString() {
        return code + ": " + why;
    }
}
