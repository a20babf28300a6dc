package org.witan.genesis.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.witan.genesis.Golden;
import org.witan.genesis.json.Reading;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Rules;

/** Cards, endorsements, warnings and differences, apart from files and commands. */
class CeremonyRulesTest {
    private final GenesisFile collected = Samples.collected();

    @Test
    void keepsTheGoldenDocuments() {
        Golden.text(CeremonyRulesTest.class, "draft.json", text(Samples.DRAFT.toBytes()));
        Golden.text(CeremonyRulesTest.class, "acme-1.request.json", text(card("acme").toBytes()));
        Endorsement endorsement = Samples.endorsement(collected, "acme");
        Golden.text(CeremonyRulesTest.class, "acme.endorsement.json", text(endorsement.toBytes()));
        assertThat(Draft.read(Samples.DRAFT.toBytes())).isEqualTo(new Reading.Ok<>(Samples.DRAFT));
        assertThat(FounderCard.read(card("acme").toBytes()))
                .isEqualTo(new Reading.Ok<>(card("acme")));
        assertThat(Endorsement.read(endorsement.toBytes()))
                .isEqualTo(new Reading.Ok<>(endorsement));
    }

    @Test
    void keepsTheGoldenContentsOfSignatures() {
        FounderCard card = card("acme");
        byte[] validator =
                Proofs.validator(
                        card.draft(),
                        card.validator().id(),
                        card.validator().organisation(),
                        card.validator().endpoints());
        Golden.hex(CeremonyRulesTest.class, "validator-proof.v1.hex", validator);
        byte[] organisation =
                Proofs.organisation(
                        card.draft(),
                        card.organisation().id(),
                        card.organisation().governanceKey(),
                        card.organisation().recoveryKey().orElseThrow());
        Golden.hex(CeremonyRulesTest.class, "organisation-proof.v1.hex", organisation);
    }

    @Test
    void takesSeveralValidatorsOfOneOrganisationThatAgree() {
        List<FounderCard> cards = new ArrayList<>(Samples.cards("acme", "birch", "cedar"));
        cards.add(Samples.card("acme", "acme-2", "ws://two.example:7400"));
        Reading<GenesisFile> read = Ceremony.collect(Samples.DRAFT, cards);
        assertThat(read).isInstanceOf(Reading.Ok.class);

        FounderOrganisation other =
                FounderOrganisation.proving(
                        Samples.DRAFT.id(),
                        new NodeId("acme"),
                        "Another",
                        Samples.key("x"),
                        Optional.empty());
        cards.add(new FounderCard(Samples.DRAFT.id(), other, card("dune").validator()));
        assertThat(lines(Ceremony.collect(Samples.DRAFT, cards)))
                .isEqualTo("two cards differ in name or keys of organisation acme");
    }

    @Test
    void refusesCardsThatDoNotMakeANetworkTogether() {
        assertThat(lines(Ceremony.collect(Samples.DRAFT, Samples.cards("acme", "birch", "cedar"))))
                .contains("are 3, the rule minimumValidators says 4");
        List<FounderCard> twice = Samples.cards("acme", "birch", "cedar", "dune", "acme");
        assertThat(lines(Ceremony.collect(Samples.DRAFT, twice)))
                .contains("acme-1 is used already by body.validators[0].id")
                .contains("is used already by body.validators[0].key")
                .contains("is used already by body.validators[0].endpoints");
    }

    @Test
    void refusesEndorsementsThatAreNotForThisGenesis() {
        Endorsement good = Samples.endorsement(collected, "acme");
        assertThat(Ceremony.refusal(collected, good)).isEmpty();
        Endorsement misnamed =
                new Endorsement(new NodeId("birch"), good.networkId(), good.signature());
        assertThat(Ceremony.refusal(collected, misnamed))
                .contains("it is not signed by the governance key of birch");
        Endorsement strange =
                new Endorsement(new NodeId("elm"), good.networkId(), good.signature());
        assertThat(Ceremony.refusal(collected, strange))
                .contains("elm is not among the organisations");
        GenesisFile other =
                Ceremony.collect(Samples.DRAFT, Samples.cards("acme", "birch", "cedar", "elm"))
                        .orThrow(bad -> new IllegalStateException(bad.lines()));
        assertThat(Ceremony.refusal(other, good).orElseThrow()).startsWith("it is for wn-");
    }

    @Test
    void warnsOfWhatIsProbablyNotMeant() {
        assertThat(Warnings.of(Samples.founded())).isEmpty();
        List<FounderCard> cards = new ArrayList<>(Samples.cards("acme", "birch", "cedar"));
        cards.add(Samples.card("acme", "acme-2", "ws://localhost:7400"));
        cards.add(Samples.card("birch", "birch-2", "ws://127.9.8.7:7400"));
        GenesisFile odd =
                Ceremony.collect(Samples.DRAFT, cards)
                        .orThrow(bad -> new IllegalStateException(bad.lines()));
        assertThat(Warnings.of(odd))
                .containsExactly(
                        "organisation acme holds 2 of 5 validators, a third or more: it can stop"
                                + " the network alone",
                        "organisation birch holds 2 of 5 validators, a third or more: it can stop"
                                + " the network alone",
                        "5 validators survive no more liars than 4 do: 1",
                        "validator acme-2 is at ws://localhost:7400, which only its own machine"
                                + " can reach",
                        "validator birch-2 is at ws://127.9.8.7:7400, which only its own machine"
                                + " can reach");
    }

    @Test
    void warnsOfAnOrganisationWithoutRecoveryKeyWhoseGovernanceKeyServes() {
        FounderCard card = card("dune");
        FounderOrganisation bare =
                FounderOrganisation.proving(
                        card.draft(),
                        new NodeId("dune"),
                        "Dune",
                        Samples.key("dune governance"),
                        Optional.empty());
        List<FounderCard> cards = new ArrayList<>(Samples.cards("acme", "birch", "cedar"));
        cards.add(new FounderCard(card.draft(), bare, card.validator()));
        GenesisFile genesis =
                Ceremony.collect(Samples.DRAFT, cards)
                        .orThrow(bad -> new IllegalStateException(bad.lines()));
        assertThat(Warnings.of(genesis))
                .containsExactly(
                        "organisation dune has no recovery key; its governance key serves");
        assertThat(genesis.founding().organisations().getLast().recoveryKey())
                .isEqualTo(Samples.key("dune governance").publicKey());
    }

    @Test
    void namesDifferencesByWhatTheyAreAbout() {
        GenesisFile founded = Samples.founded();
        assertThat(Difference.between(founded, founded)).isEmpty();
        assertThat(Difference.between(founded, collected))
                .extracting(Difference::what)
                .containsExactly(
                        "endorsement of acme",
                        "endorsement of birch",
                        "endorsement of cedar",
                        "endorsement of dune");
        Draft slower =
                new Draft(
                        "acme-trade",
                        "dr-5c1e9a02",
                        Instant.EPOCH,
                        false,
                        1,
                        RulesForm.with(Rules.DEFAULT, "heartbeatSeconds", 5));
        List<FounderCard> cards = new ArrayList<>(Samples.cards("birch", "cedar", "elm"));
        cards.add(Samples.card("acme", "acme-1", "ws://moved.example:7400"));
        GenesisFile other =
                Ceremony.collect(slower, cards)
                        .orThrow(bad -> new IllegalStateException(bad.lines()));
        assertThat(Difference.between(collected, other))
                .extracting(Difference::what)
                .containsExactly(
                        "rule heartbeatSeconds",
                        "organisation \"dune\"",
                        "organisation \"elm\"",
                        "validator \"acme-1\" endpoints",
                        "validator \"acme-1\" proof",
                        "validator \"dune-1\"",
                        "validator \"elm-1\"",
                        "created",
                        "order of organisations",
                        "order of validators");
        assertThat(Difference.between(collected, other).getFirst())
                .isEqualTo(new Difference("rule heartbeatSeconds", "60", "5"));
    }

    @Test
    void changesRulesByNameWithinTheirRanges() {
        assertThat(RulesForm.with(Rules.DEFAULT, "entryMaxBytes", 2048).entryMaxBytes())
                .isEqualTo(2048);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RulesForm.with(Rules.DEFAULT, "entryMaxByte", 2048))
                .withMessageContaining("did you mean entryMaxBytes?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RulesForm.with(Rules.DEFAULT, "entryMaxBytes", 1))
                .withMessage("entryMaxBytes is 1, allowed are 1024 to 196608");
    }

    private static FounderCard card(String organisation) {
        return Samples.card(organisation);
    }

    private static String lines(Reading<GenesisFile> reading) {
        return reading instanceof Reading.Bad<GenesisFile> bad ? bad.lines() : "";
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
