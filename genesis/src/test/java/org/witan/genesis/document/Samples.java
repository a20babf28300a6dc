package org.witan.genesis.document;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Rules;

/** Founders with keys made of their names, so that every run founds the same network. */
final class Samples {
    static final Draft DRAFT =
            new Draft(
                    "acme-trade",
                    "dr-5c1e9a02",
                    Instant.parse("2026-01-12T09:00:00Z"),
                    false,
                    1,
                    Rules.DEFAULT);

    private Samples() {}

    static SigningKey key(String name) {
        return SigningKey.ofSeed(Digest.tagged("sample key " + name).done().toBytes());
    }

    static FounderCard card(String organisation) {
        return card(organisation, organisation + "-1", "ws://" + organisation + ".example:7400");
    }

    static FounderCard card(String organisation, String id, String endpoint) {
        String draft = DRAFT.id();
        return new FounderCard(
                draft,
                FounderOrganisation.proving(
                        draft,
                        new NodeId(organisation),
                        "The " + organisation + " company",
                        key(organisation + " governance"),
                        Optional.of(key(organisation + " recovery"))),
                FounderValidator.proving(
                        draft,
                        new NodeId(id),
                        new NodeId(organisation),
                        List.of(Endpoint.parse(endpoint)),
                        key(id)));
    }

    static List<FounderCard> cards(String... organisations) {
        List<FounderCard> cards = new ArrayList<>();
        for (String organisation : organisations) {
            cards.add(card(organisation));
        }
        return cards;
    }

    /** Four organisations, not endorsed. */
    static GenesisFile collected() {
        return Ceremony.collect(DRAFT, cards("acme", "birch", "cedar", "dune"))
                .orThrow(bad -> new IllegalStateException(bad.lines()));
    }

    /** Four organisations, endorsed by all. */
    static GenesisFile founded() {
        GenesisFile collected = collected();
        List<Endorsement> all = new ArrayList<>();
        for (FounderOrganisation organisation : collected.body().organisations()) {
            all.add(endorsement(collected, organisation.id().value()));
        }
        return Ceremony.endorsed(collected, all);
    }

    static Endorsement endorsement(GenesisFile genesis, String organisation) {
        SigningKey key = key(organisation + " governance");
        return Proofs.endorse(genesis.networkId(), new NodeId(organisation), key);
    }
}
