package org.witan.genesis.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Purpose;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.json.Value;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Organisation;

/**
 * An organisation as founders' cards and the genesis file name it.
 *
 * @param id its label
 * @param name for people
 * @param governanceKey endorses the genesis, later signs changes and approvals
 * @param recoveryKey kept offline; where there is none, the governance key serves
 * @param proofs by the governance key, then by the recovery key if there is one
 */
public record FounderOrganisation(
        NodeId id,
        String name,
        PublicKey governanceKey,
        Optional<PublicKey> recoveryKey,
        List<Signature> proofs) {

    /** An organisation that proves its keys for one draft. */
    public static FounderOrganisation proving(
            String draft, NodeId id, String name, Signer governance, Optional<Signer> recovery) {
        PublicKey key = governance.publicKey();
        Optional<PublicKey> recoveryKey = recovery.map(Signer::publicKey);
        byte[] content = Proofs.organisation(draft, id, key, recoveryKey.orElse(key));
        List<Signature> proofs = new ArrayList<>();
        proofs.add(governance.sign(Purpose.ORGANISATION_PROOF, content));
        recovery.ifPresent(signer -> proofs.add(signer.sign(Purpose.ORGANISATION_PROOF, content)));
        return new FounderOrganisation(id, name, key, recoveryKey, List.copyOf(proofs));
    }

    /** As the network state records it. */
    public Organisation recorded() {
        return new Organisation(id, name, 0, governanceKey, recoveryKey.orElse(governanceKey));
    }

    Value json() {
        Value.Fields fields =
                Value.Fields.empty()
                        .with("id", id.value())
                        .with("name", name)
                        .with("governanceKey", governanceKey.toString());
        recoveryKey.ifPresent(key -> fields.with("recoveryKey", key.toString()));
        return fields.with(
                "proofs", Value.Items.ofTexts(proofs.stream().map(Signature::hex).toList()));
    }
}
