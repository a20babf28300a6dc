package org.witan.genesis.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.witan.genesis.Golden;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.json.JsonText;
import org.witan.genesis.json.Problem;
import org.witan.genesis.json.Problems;
import org.witan.genesis.json.Reading;
import org.witan.genesis.json.StrictJson;
import org.witan.genesis.json.Value;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Organisation;
import org.witan.genesis.membership.Role;

/** One body has one id, however its file is written. */
class GenesisFileTest {
    private final GenesisFile founded = Samples.founded();

    @Test
    void keepsTheGoldenFile() {
        Golden.text(GenesisFileTest.class, "genesis.json", text(founded.toBytes()));
        Golden.text(
                GenesisFileTest.class,
                "body.canonical.json",
                text(JsonText.canonical(founded.body().json())));
        Golden.text(GenesisFileTest.class, "network-id.txt", founded.networkId() + "\n");
        assertThat(GenesisFile.read(founded.toBytes())).isEqualTo(new Reading.Ok<>(founded));
        assertThat(founded.isFounded()).isTrue();
    }

    /** Anybody with a JCS library and SHA-256 computes the same id from the file alone. */
    @Test
    void hashesTheCanonicalFormOfTheTextItself() {
        Value.Fields file = StrictJson.read(founded.toBytes(), new Problems()).orElseThrow();
        Value body = file.members().firstEntry().getValue().value();
        assertThat(Digest.tagged("witan/genesis/1").add(JsonText.canonical(body)).done())
                .isEqualTo(founded.networkId().hash());
    }

    @Test
    void hasTheSameIdInEveryFormOfTheSameBody() {
        byte[] compact = JsonText.canonical(parse(founded.toBytes()));
        assertThat(compact).isNotEqualTo(founded.toBytes());
        GenesisFile again = ok(compact);
        assertThat(again.networkId()).isEqualTo(founded.networkId());
        assertThat(Samples.collected().networkId()).isEqualTo(founded.networkId());
        assertThat(again.toBytes()).isEqualTo(founded.toBytes());
    }

    @Test
    void hasAnotherIdIfAnythingInTheBodyChanges() {
        String text = text(Samples.collected().toBytes());
        for (String[] change :
                new String[][] {
                    {"acme-trade", "acme-trada"},
                    {"09:00:00Z", "09:00:01Z"},
                    {"\"heartbeatSeconds\": 60", "\"heartbeatSeconds\": 61"},
                    {"The dune company", "The Dune company"}
                }) {
            String changed = text.replace(change[0], change[1]);
            assertThat(changed).isNotEqualTo(text);
            assertThat(ok(changed.getBytes(StandardCharsets.UTF_8)).networkId())
                    .isNotEqualTo(founded.networkId());
        }
    }

    @Test
    void foundsWhatTheLedgerStartsFrom() {
        Founding founding = founded.founding();
        assertThat(founding.networkId()).isEqualTo(founded.networkId());
        assertThat(founding.name()).isEqualTo("acme-trade");
        assertThat(founding.createdMillis()).isEqualTo(1_768_208_400_000L);
        assertThat(founding.organisations()).extracting(Organisation::id).isSorted();
        Member dune = founding.members().getLast();
        assertThat(dune.id()).isEqualTo(new NodeId("dune-1"));
        assertThat(dune.role()).isEqualTo(Role.VALIDATOR);
        assertThat(dune.status()).isEqualTo(Member.Status.ACTIVE);
        assertThat(dune.key()).isEqualTo(Samples.key("dune-1").publicKey());
        assertThat(founding.firstEpoch().configuration().quorum().size()).isEqualTo(3);
    }

    @Test
    void listsMissingEndorsements() {
        GenesisFile collected = Samples.collected();
        assertThat(collected.isFounded()).isFalse();
        GenesisFile partly =
                Ceremony.endorsed(collected, List.of(Samples.endorsement(collected, "birch")));
        assertThat(partly.missingEndorsements()).hasToString("[acme, cedar, dune]");
        assertThat(ok(partly.toBytes())).isEqualTo(partly);
    }

    @Test
    void readsTheFormAloneWithoutLookingAtSignatures() {
        String forged = text(founded.toBytes()).replace("The dune company", "Nobody");
        byte[] bytes = forged.getBytes(StandardCharsets.UTF_8);
        assertThat(GenesisFile.readForm(bytes)).isInstanceOf(Reading.Bad.class);
        byte[] body =
                text(Samples.collected().toBytes())
                        .replaceFirst("\"proof\": \"..", "\"proof\": \"00")
                        .getBytes(StandardCharsets.UTF_8);
        assertThat(GenesisFile.readForm(body)).isInstanceOf(Reading.Ok.class);
        assertThat(problems(body)).singleElement().asString().contains("proof");
    }

    /** Everything that is wrong is said at once, each at its line. */
    @Test
    void saysAllProblemsAtOnce() {
        String text =
                text(founded.toBytes())
                        .replace("\"heartbeatSeconds\": 60", "\"heartbeatSeconds\": 0")
                        .replace("\"name\": \"acme-trade\"", "\"nmae\": \"acme-trade\"")
                        .replace("ws://dune.example:7400", "ws://ACME.example:7400")
                        .replace("\"id\": \"birch-1\"", "\"id\": \"birch\"");
        List<String> found = problems(text.getBytes(StandardCharsets.UTF_8));
        assertThat(found)
                .hasSize(5)
                .anyMatch(p -> p.contains("body.name: is missing"))
                .anyMatch(p -> p.contains("unknown field \"nmae\", did you mean \"name\"?"))
                .anyMatch(p -> p.contains("rules.heartbeatSeconds: is 0, allowed are 1 to 86400"))
                .anyMatch(p -> p.contains("is used already by body.validators[0].endpoints"))
                .anyMatch(p -> p.contains("birch is used already by body.organisations[1].id"))
                .allMatch(p -> p.startsWith("line "));
    }

    @Test
    void readsAHundredValidatorsAndNotMore() {
        List<FounderCard> cards = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            cards.add(Samples.card("org" + i, "v" + i, "ws://h" + i + ":7400"));
        }
        Reading<GenesisFile> hundred = Ceremony.collect(Samples.DRAFT, cards);
        assertThat(hundred).isInstanceOf(Reading.Ok.class);
        cards.add(Samples.card("org99", "v100", "ws://h100:7400"));
        assertThat(Ceremony.collect(Samples.DRAFT, cards))
                .isInstanceOfSatisfying(
                        Reading.Bad.class,
                        bad -> assertThat(bad.lines()).contains("has 101 items"));
    }

    static List<String> problems(byte[] document) {
        return switch (GenesisFile.read(document)) {
            case Reading.Ok<GenesisFile> _ -> List.of();
            case Reading.Bad<GenesisFile>(var problems) ->
                    problems.stream().map(Problem::toString).toList();
        };
    }

    private static GenesisFile ok(byte[] document) {
        return GenesisFile.read(document).orThrow(bad -> new IllegalStateException(bad.lines()));
    }

    private static Value.Fields parse(byte[] document) {
        return StrictJson.read(document, new Problems()).orElseThrow();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
