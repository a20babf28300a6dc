package org.witan.validator.bad;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.document.Ceremony;
import org.witan.genesis.document.Draft;
import org.witan.genesis.document.Endorsement;
import org.witan.genesis.document.FounderCard;
import org.witan.genesis.document.FounderOrganisation;
import org.witan.genesis.document.FounderValidator;
import org.witan.genesis.document.GenesisFile;
import org.witan.genesis.document.Proofs;
import org.witan.genesis.json.Reading;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Rules;

/** The documents of a ceremony: the founding of a network of one. */
final class Documents {
    private static final Draft DRAFT =
            new Draft(
                    "acme",
                    "dr-5c1e9a02",
                    Instant.parse("2026-01-12T09:00:00Z"),
                    true,
                    1,
                    new Rules(100, 1 << 20, 4096, 20, 60, 1 << 16, 100_000, 1));
    private static final NodeId ACME = new NodeId("acme");

    private Documents() {}

    static List<Kind> kinds() {
        GenesisFile genesis = genesis();
        return List.of(
                new Kind(
                        "genesis",
                        "json",
                        genesis.toBytes(),
                        bytes -> problems(GenesisFile.read(bytes), "genesis file"),
                        genesisCases(genesis.toBytes())),
                kind("request", card().toBytes(), FounderCard::read),
                kind("endorsement", genesis.endorsements().getFirst().toBytes(), Endorsement::read),
                kind("draft", DRAFT.toBytes(), Draft::read));
    }

    private static <T> Kind kind(
            String name, byte[] good, java.util.function.Function<byte[], Reading<T>> read) {
        return new Kind(name, "json", good, b -> problems(read.apply(b), name), TextCases.of(good));
    }

    /** What the commands of the ceremony say, with the sentences that they put around it. */
    private static <T> Optional<Refusal> problems(Reading<T> reading, String kind) {
        return switch (reading) {
            case Reading.Ok<T> _ -> Optional.empty();
            case Reading.Bad<T> bad ->
                    Optional.of(
                            new Refusal(
                                    "it is not a valid " + kind,
                                    bad.lines(),
                                    "get the file again from whoever made it"));
        };
    }

    private static FounderCard card() {
        return new FounderCard(
                DRAFT.id(),
                FounderOrganisation.proving(
                        DRAFT.id(),
                        ACME,
                        "Acme Ltd",
                        TestNetwork.key("governance"),
                        Optional.of(TestNetwork.key("recovery"))),
                FounderValidator.proving(
                        DRAFT.id(),
                        new NodeId("acme-1"),
                        ACME,
                        List.of(Endpoint.parse("ws://acme.example:7400")),
                        TestNetwork.key("acme-1")));
    }

    private static GenesisFile genesis() {
        GenesisFile file =
                Ceremony.collect(DRAFT, List.of(card()))
                        .orThrow(bad -> new IllegalStateException(bad.lines()));
        return Ceremony.endorsed(
                file,
                List.of(Proofs.endorse(file.networkId(), ACME, TestNetwork.key("governance"))));
    }

    /** What only a genesis file can have wrong, besides the forms of a document. */
    private static List<BadInput> genesisCases(byte[] good) {
        List<BadInput> cases = new ArrayList<>(TextCases.of(good));
        String text = new String(good, StandardCharsets.UTF_8);
        String[][] changes = {
            {"signature-of-another-body", "\"Acme Ltd\"", "\"Acme Inc\""},
            {"name-right-to-left", "\"Acme Ltd\"", "\"Acme\\u202edtL\""},
            {"name-half-surrogate", "\"Acme Ltd\"", "\"\\ud800\""},
            {"name-not-composed", "\"Acme Ltd\"", "\"A\\u0301cme\""},
            {"name-of-blanks", "\"Acme Ltd\"", "\"  \""},
            {"name-too-long", "\"Acme Ltd\"", "\"" + "a".repeat(300) + "\""},
            {"id-in-capitals", "\"acme-1\"", "\"ACME-1\""},
            {"id-with-slash", "\"acme-1\"", "\"../acme\""},
            {"id-too-long", "\"acme-1\"", "\"" + "a".repeat(64) + "\""},
            {"id-of-the-organisation", "\"acme-1\"", "\"acme\""},
            {"endpoint-of-http", "ws://acme.example:7400", "http://acme.example:7400"},
            {"endpoint-with-path", "ws://acme.example:7400", "ws://acme.example:7400/x"},
            {"endpoint-with-user", "ws://acme.example:7400", "ws://root@acme.example:7400"},
            {"endpoint-port-0", "ws://acme.example:7400", "ws://acme.example:0"},
            {"endpoint-port-huge", "ws://acme.example:7400", "ws://acme.example:65536"},
            {"endpoint-without-port", "ws://acme.example:7400", "ws://acme.example"},
            {"endpoint-with-space", "ws://acme.example:7400", "ws://acme .example:7400"},
            {"key-of-another-kind", "ed25519:", "rsa4096:"},
            {"key-in-capitals", "ed25519:", "ED25519:"},
            {"created-without-zone", "09:00:00Z", "09:00:00"},
            {"created-with-offset", "09:00:00Z", "09:00:00+01:00"},
            {"created-on-no-day", "2026-01-12", "2026-02-30"},
            {"created-in-year-10000", "2026-01-12", "12026-01-12"},
            {"level-of-the-future", "\"protocolLevel\": 1", "\"protocolLevel\": 2"},
            {"format-of-the-future", "witan-genesis/1", "witan-genesis/2"},
            {"heartbeat-0", "\"heartbeatSeconds\": 60", "\"heartbeatSeconds\": 0"},
            {"block-too-small", "\"blockMaxBytes\": 1048576", "\"blockMaxBytes\": 1"},
            {"more-validators-wanted", "\"minimumValidators\": 1", "\"minimumValidators\": 4"},
        };
        for (String[] change : changes) {
            cases.add(BadInput.of(change[0], text.replace(change[1], change[2])));
        }
        return cases;
    }
}
