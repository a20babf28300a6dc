package org.witan.genesis.membership;

import org.witan.genesis.codec.Codec;

/** What a member does for the network. The code is its place in formats. */
public enum Role {
    /** Votes. */
    VALIDATOR(1),
    /** Follows the ledger, takes clients' transactions and forwards them. */
    GATEWAY(2),
    /** Follows the ledger and serves verified reads. */
    OBSERVER(3),
    /** Signs transactions, runs no node. */
    CLIENT(4);

    /** The code as one byte. */
    public static final Codec<Role> CODEC =
            new Codec<>(
                    (role, out) -> out.u8(role.code),
                    in -> {
                        int code = in.u8();
                        for (Role role : values()) {
                            if (role.code == code) {
                                return role;
                            }
                        }
                        throw in.refuse("unknown role " + code);
                    });

    private final int code;

    Role(int code) {
        this.code = code;
    }

    /** The byte that stands for this role in formats. */
    public int code() {
        return code;
    }
}
