package org.witan.genesis.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.json.Reading;
import org.witan.genesis.membership.NodeId;

/**
 * Makes a genesis file of what founders send. The order in which cards and endorsements arrive does
 * not matter. Source: docs/protocol/genesis.md, G9 and G10.
 */
public final class Ceremony {
    private Ceremony() {}

    /** Why a card that is in order itself does not belong to this draft, if it does not. */
    public static Optional<String> refusal(Draft draft, FounderCard card) {
        return card.draft().equals(draft.id())
                ? Optional.empty()
                : Optional.of("it is for the draft " + card.draft() + ", this is " + draft.id());
    }

    /**
     * The genesis of a draft and its founders, not endorsed yet; organisations and validators stand
     * in the order of their ids. Several cards may name one organisation, if they agree on it.
     *
     * @return the file, or what is wrong with the cards taken together
     */
    public static Reading<GenesisFile> collect(Draft draft, List<FounderCard> cards) {
        Map<NodeId, FounderOrganisation> organisations = new TreeMap<>();
        List<FounderValidator> validators = new ArrayList<>();
        List<String> conflicts = new ArrayList<>();
        for (FounderCard card : cards) {
            FounderOrganisation organisation = card.organisation();
            FounderOrganisation earlier =
                    organisations.putIfAbsent(organisation.id(), organisation);
            if (earlier != null && !earlier.equals(organisation)) {
                conflicts.add(
                        "two cards differ in name or keys of organisation " + organisation.id());
            }
            validators.add(card.validator());
        }
        validators.sort(Comparator.comparing(FounderValidator::id));
        if (!conflicts.isEmpty()) {
            return Reading.Bad.of(conflicts);
        }
        GenesisBody body = new GenesisBody(draft, List.copyOf(organisations.values()), validators);
        return GenesisFile.read(new GenesisFile(body, List.of()).toBytes());
    }

    /** Why an endorsement cannot be added to this genesis, if it cannot. */
    public static Optional<String> refusal(GenesisFile genesis, Endorsement endorsement) {
        if (!endorsement.networkId().equals(genesis.networkId())) {
            return Optional.of(
                    "it is for "
                            + endorsement.networkId().shortName()
                            + ", this is "
                            + genesis.networkId().shortName());
        }
        Optional<FounderOrganisation> organisation =
                genesis.body().organisation(endorsement.organisation());
        if (organisation.isEmpty()) {
            return Optional.of(endorsement.organisation() + " is not among the organisations");
        }
        boolean holds =
                Proofs.holds(endorsement, organisation.get().governanceKey(), Ed25519.VERIFIER);
        return holds
                ? Optional.empty()
                : Optional.of(
                        "it is not signed by the governance key of " + endorsement.organisation());
    }

    /** The genesis with more endorsements, all of which {@link #refusal} accepts, each once. */
    public static GenesisFile endorsed(GenesisFile genesis, List<Endorsement> more) {
        Map<NodeId, Endorsement> all = new TreeMap<>();
        genesis.endorsements().forEach(known -> all.put(known.organisation(), known));
        more.forEach(added -> all.putIfAbsent(added.organisation(), added));
        return new GenesisFile(genesis.body(), List.copyOf(all.values()));
    }
}
