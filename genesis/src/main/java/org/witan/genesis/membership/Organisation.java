package org.witan.genesis.membership;

import org.witan.genesis.codec.Codec;
import org.witan.genesis.crypto.PublicKey;

/**
 * An organisation as the network state records it under {@code organisation/<id>}.
 *
 * <p>Wire v1: version u8, then the components in their order. Golden: {@code organisation.v1.hex}.
 *
 * @param id its label
 * @param name for people, 1 to 64 characters
 * @param keyNumber how often its governance key was replaced, from 0
 * @param governanceKey signs endorsements, changes and approvals
 * @param recoveryKey kept offline, for the loss of a majority of keys
 */
public record Organisation(
        NodeId id, String name, int keyNumber, PublicKey governanceKey, PublicKey recoveryKey) {
    /** See the type. */
    public static final Codec<Organisation> CODEC =
            new Codec<>(
                    (organisation, out) -> {
                        out.u8(1);
                        NodeId.CODEC.write(organisation.id, out);
                        out.text16(organisation.name).u31(organisation.keyNumber);
                        PublicKey.CODEC.write(organisation.governanceKey, out);
                        PublicKey.CODEC.write(organisation.recoveryKey, out);
                    },
                    in -> {
                        in.version(1);
                        return new Organisation(
                                NodeId.CODEC.read(in),
                                VisibleText.checkedName(in, in.text16(256)),
                                in.u31(),
                                PublicKey.CODEC.read(in),
                                PublicKey.CODEC.read(in));
                    });

    /**
     * The same organisation with its next governance key, which takes the recovery key's place too
     * where there is no other.
     */
    public Organisation withKey(PublicKey newKey) {
        PublicKey recovery = recoveryKey.equals(governanceKey) ? newKey : recoveryKey;
        return new Organisation(id, name, keyNumber + 1, newKey, recovery);
    }
}
