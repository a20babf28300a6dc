package org.witan.chain.block;

import org.witan.genesis.codec.Codec;

/**
 * What became of a transaction in a block; stored and served, not hashed.
 *
 * <p>Wire: outcome u8, version u63.
 *
 * @param outcome done, or why not
 * @param version version of the entry after the (last) write; 0 where there is none
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
        TOO_LARGE
    }
}
