package org.witan.genesis.document;

import java.util.List;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Purpose;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.json.Value;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;

/**
 * A founding validator as founders' cards and the genesis file name it.
 *
 * @param id its label
 * @param organisation who answers for it
 * @param key its node key
 * @param endpoints where it can be dialled, 1 to 4, in order of preference
 * @param proof by the node key
 */
public record FounderValidator(
        NodeId id, NodeId organisation, PublicKey key, List<Endpoint> endpoints, Signature proof) {

    /** A validator that proves its key for one draft. */
    public static FounderValidator proving(
            String draft, NodeId id, NodeId organisation, List<Endpoint> endpoints, Signer key) {
        byte[] content = Proofs.validator(draft, id, organisation, endpoints);
        Signature proof = key.sign(Purpose.VALIDATOR_PROOF, content);
        return new FounderValidator(
                id, organisation, key.publicKey(), List.copyOf(endpoints), proof);
    }

    /** As the network state records it. */
    public Member recorded() {
        Member.Status status = Member.Status.ACTIVE;
        return new Member(id, organisation, Role.VALIDATOR, status, 0, key, endpoints);
    }

    Value json() {
        return Value.Fields.empty()
                .with("id", id.value())
                .with("organisation", organisation.value())
                .with("key", key.toString())
                .with(
                        "endpoints",
                        Value.Items.ofTexts(endpoints.stream().map(Endpoint::toString).toList()))
                .with("proof", proof.hex());
    }
}
