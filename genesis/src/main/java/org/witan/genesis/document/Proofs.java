package org.witan.genesis.document;

import java.util.List;
import org.witan.genesis.codec.Writer;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Purpose;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.crypto.Verifier;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;

/**
 * What the signatures of a founding cover. Source: docs/protocol/genesis.md, G7 and G8.
 *
 * <p>Contents, behind the purpose's tag:
 *
 * <ul>
 *   <li>validator: draft id text8, id, organisation, endpoints u16 count
 *   <li>organisation: draft id text8, id, governance key 32, recovery key 32
 *   <li>endorsement: network id 32
 * </ul>
 */
public final class Proofs {
    private Proofs() {}

    /** What a validator's key signs to prove that its holder wants to take part in this draft. */
    public static byte[] validator(
            String draft, NodeId id, NodeId organisation, List<Endpoint> endpoints) {
        Writer out = new Writer().text8(draft);
        NodeId.CODEC.write(id, out);
        NodeId.CODEC.write(organisation, out);
        return out.list16(endpoints, Endpoint.CODEC).toBytes();
    }

    /**
     * What the governance and the recovery key sign, each the same.
     *
     * @param recoveryKey the governance key where there is no recovery key
     */
    public static byte[] organisation(
            String draft, NodeId id, PublicKey governanceKey, PublicKey recoveryKey) {
        Writer out = new Writer().text8(draft);
        NodeId.CODEC.write(id, out);
        PublicKey.CODEC.write(governanceKey, out);
        PublicKey.CODEC.write(recoveryKey, out);
        return out.toBytes();
    }

    /** An organisation's consent to a genesis. */
    public static Endorsement endorse(NetworkId network, NodeId organisation, Signer governance) {
        Signature signature = governance.sign(Purpose.ENDORSEMENT, network.hash().toBytes());
        return new Endorsement(organisation, network, signature);
    }

    static boolean holds(Endorsement endorsement, PublicKey governanceKey, Verifier verifier) {
        byte[] content = endorsement.networkId().hash().toBytes();
        return verifier.verify(
                governanceKey, Purpose.ENDORSEMENT, content, endorsement.signature());
    }
}
