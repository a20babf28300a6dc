package org.witan.chain.block;

import org.witan.genesis.codec.Codec;

/** What a vote says; a certificate of a kind is q votes of that kind. */
public enum VoteKind {
    /** This block is valid and may be built on. Certificate: notarization. */
    NOTARIZE(1),
    /** This view may be skipped. Certificate: nullification. */
    NULLIFY(2),
    /** This block is notarized and I will never nullify its view. Certificate: finalization. */
    FINALIZE(3);

    /** One byte. */
    public static final Codec<VoteKind> CODEC =
            new Codec<>(
                    (kind, out) -> out.u8(kind.code),
                    in -> {
                        int code = in.u8();
                        for (VoteKind kind : values()) {
                            if (kind.code == code) {
                                return kind;
                            }
                        }
                        throw in.refuse("unknown kind of vote " + code);
                    });

    private final int code;

    VoteKind(int code) {
        this.code = code;
    }
}
