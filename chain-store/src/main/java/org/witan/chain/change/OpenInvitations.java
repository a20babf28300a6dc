package org.witan.chain.change;

import java.util.ArrayList;
import java.util.List;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.crypto.PublicKey;

/**
 * The invitations of one member that may still be open, as the state records them under {@code
 * inviting/<id>}; there is no value while there are none.
 *
 * <p>Wire v1: version u8, keys u16 count. Golden: {@code open-invitations.v1.hex}.
 *
 * @param keys in the order in which they were made, at most {@link Invitation#MAX_OPEN}
 */
public record OpenInvitations(List<PublicKey> keys) {
    /** None. */
    public static final OpenInvitations NONE = new OpenInvitations(List.of());

    /** See the type. */
    public static final Codec<OpenInvitations> CODEC =
            new Codec<>(
                    (open, out) -> out.u8(1).list16(open.keys, PublicKey.CODEC),
                    in -> {
                        in.version(1);
                        return new OpenInvitations(
                                in.list16(
                                        Invitation.MAX_OPEN,
                                        PublicKey.SIZE_BYTES,
                                        PublicKey.CODEC));
                    });

    /** The same with one more. */
    public OpenInvitations with(PublicKey key) {
        List<PublicKey> more = new ArrayList<>(keys);
        more.add(key);
        return new OpenInvitations(List.copyOf(more));
    }

    /** The same without this one. */
    public OpenInvitations without(PublicKey key) {
        return new OpenInvitations(keys.stream().filter(k -> !k.equals(key)).toList());
    }
}
