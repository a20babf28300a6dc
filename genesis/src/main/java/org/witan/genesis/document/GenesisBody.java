package org.witan.genesis.document;

import java.util.List;
import java.util.Optional;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.json.JsonText;
import org.witan.genesis.json.Value;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;

/**
 * The part of a genesis file that is hashed.
 *
 * @param draft the head: name, rules and what else was agreed first
 * @param organisations in the order of the file, at most 100
 * @param validators in the order of the file, at most 100
 */
public record GenesisBody(
        Draft draft, List<FounderOrganisation> organisations, List<FounderValidator> validators) {
    static final String FORMAT = "witan-genesis/1";

    /** SHA-256 of the canonical body behind its tag: which network this is. */
    public NetworkId networkId() {
        byte[] canonical = JsonText.canonical(json());
        return new NetworkId(Digest.tagged("witan/genesis/1").add(canonical).done());
    }

    /** The organisation of this id. */
    public Optional<FounderOrganisation> organisation(NodeId id) {
        return organisations.stream().filter(known -> known.id().equals(id)).findFirst();
    }

    Value.Fields json() {
        return draft.json(FORMAT)
                .with(
                        "organisations",
                        Value.Items.of(
                                organisations.stream().map(FounderOrganisation::json).toList()))
                .with(
                        "validators",
                        Value.Items.of(validators.stream().map(FounderValidator::json).toList()));
    }
}
