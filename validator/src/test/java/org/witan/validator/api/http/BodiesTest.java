package org.witan.validator.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.witan.chain.block.Block;
import org.witan.chain.block.Evidence;
import org.witan.chain.block.Operation;
import org.witan.chain.proof.ProofBundle;
import org.witan.chain.proof.ProofFile;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.membership.Epoch;
import org.witan.validator.api.Golden;
import org.witan.validator.api.Snapshots;

/** What each path answers, byte for byte. */
final class BodiesTest extends Served {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @AfterEach
    void stop() {
        close();
    }

    @ParameterizedTest
    @CsvSource({
        "network.json, /v1/network",
        "status.json, /v1/status",
        "why.json, /v1/why",
        "members.json, /v1/members",
        "mesh.json, /v1/mesh",
        "peers.json, /v1/peers",
        "catchup.json, /v1/catchup",
        "head.json, /v1/ledger/head",
        "block-0.json, /v1/blocks/0",
        "block-1.json, /v1/blocks/1",
        "block-1-page.json, /v1/blocks/1?limit=1",
        "entry.json, /v1/entries/v1/colour",
        "entry-old.json, /v1/entries/v1/colour?at=1",
        "entry-binary.json, /v1/entries/v1/binary",
        "entry-path.json, /v1/entries/v1/dir/a%20b/%C3%BC",
        "entries.json, /v1/entries?prefix=v1/&limit=2",
        "live.json, /healthz/live",
        "ready.json, /healthz/ready",
        "metrics.txt, /metrics"
    })
    void a_body_is_golden(String file, String path) throws IOException {
        Wire.Reply reply = get(path);

        assertThat(reply.status()).isEqualTo(200);
        Golden.check(file, pretty(file, reply.body()));
        if (file.endsWith(".json")) {
            JsonNode body = MAPPER.readTree(reply.body());
            assertThat(body.path("network").textValue())
                    .isEqualTo(ledger.founding().networkId().toString());
            assertThat(body.path("height").isIntegralNumber()).isTrue();
        }
    }

    @Test
    void readiness_turns_503_with_the_reasons() throws IOException {
        node.show(Snapshots.unreachable(node.snapshot(), Snapshots.v(2), Snapshots.v(3)));

        Wire.Reply reply = get("/healthz/ready");

        assertThat(reply.status()).isEqualTo(503);
        Golden.check("not-ready.json", pretty("not-ready.json", reply.body()));
        assertThat(get("/healthz/live").status()).isEqualTo(200);
        assertThat(get("/metrics").body())
                .contains("witan_not_ready{reason=\"BELOW_QUORUM\"} 1.0")
                .contains("witan_quorum_margin -1.0")
                .contains("witan_peer_up{peer=\"v2\"} 0.0");
    }

    @Test
    void a_members_contradiction_is_shown_with_both_votes() throws IOException {
        ledger.accuse(7);
        ledger.accuse(9);

        Wire.Reply reply = get("/v1/evidence?limit=1");

        Golden.check("evidence.json", pretty("evidence.json", reply.body()));
        JsonNode only = MAPPER.readTree(reply.body()).path("evidence").path(0);
        byte[] proof = Base64.getDecoder().decode(only.path("proof").textValue());
        Evidence evidence = Evidence.CODEC.decode(proof).orThrow();
        Epoch epoch = ledger.founding().firstEpoch();
        assertThat(evidence.convicts(epoch, ledger.founding().networkId(), Ed25519.VERIFIER))
                .isTrue();
    }

    @Test
    void a_transaction_is_found_by_its_id() throws IOException {
        var transaction = ledger.sign(new Operation.Delete("colour", java.util.OptionalLong.of(1)));
        ledger.commit(transaction);

        Wire.Reply reply = get("/v1/transactions/" + transaction.id().hex());

        assertThat(reply.status()).isEqualTo(200);
        Golden.check("transaction.json", pretty("transaction.json", reply.body()));
        assertThat(get("/v1/entries/v1/colour").status()).isEqualTo(404);
        assertThat(get("/v1/entries/v1/colour?at=3").status()).isEqualTo(200);
    }

    @Test
    void a_proof_convinces_whoever_holds_the_genesis() throws IOException {
        JsonNode body = MAPPER.readTree(get("/v1/entries/v1/colour?proof=true").body());
        ProofBundle there = bundle(body);
        assertThat(there.problem(ledger.founding(), Ed25519.VERIFIER)).isEmpty();
        assertThat(there.value()).isPresent();
        assertThat(body.path("value").textValue()).isEqualTo("green");

        JsonNode none = MAPPER.readTree(get("/v1/entries/v1/none?proof=true").body());
        ProofBundle absent = bundle(none);
        assertThat(absent.problem(ledger.founding(), Ed25519.VERIFIER)).isEmpty();
        assertThat(absent.value()).isEmpty();
        assertThat(none.path("version").longValue()).isZero();
    }

    @Test
    void a_block_is_also_given_as_its_bytes() throws IOException {
        try (Wire wire = new Wire(server.port())) {
            byte[] wanted = Block.CODEC.encode(ledger.store().block(2).orElseThrow());

            assertThat(wire.get("/v1/blocks/2?format=binary").replyBytes()).isEqualTo(wanted);
        }
    }

    @Test
    void pages_of_entries_join_to_the_whole() throws IOException {
        JsonNode first = MAPPER.readTree(get("/v1/entries?limit=2").body());
        JsonNode second =
                MAPPER.readTree(
                        get("/v1/entries?limit=2&cursor=" + first.path("next").textValue()).body());

        assertThat(first.path("entries").findValuesAsText("key"))
                .containsExactly("binary", "colour");
        assertThat(second.path("entries").findValuesAsText("key")).containsExactly("dir/a b/ü");
        assertThat(second.path("next").isNull()).isTrue();
    }

    @Test
    void pages_of_a_block_join_to_the_whole() throws IOException {
        JsonNode second = MAPPER.readTree(get("/v1/blocks/1?limit=1&cursor=1").body());

        assertThat(second.path("transactions").findValuesAsText("index")).containsExactly("1");
        assertThat(second.path("next").isNull()).isTrue();
    }

    @Test
    void head_answers_as_get_without_a_body() throws IOException {
        try (Wire wire = new Wire(server.port())) {
            wire.request("HEAD", "/v1/status", new byte[0]);
            String length = wire.head().header("content-length");

            assertThat(length).isEqualTo(get("/v1/status").header("content-length"));
            // The connection goes on, so the body was really left out.
            assertThat(wire.get("/healthz/live").reply().status()).isEqualTo(200);
        }
    }

    private static ProofBundle bundle(JsonNode body) throws IOException {
        return ProofFile.read(body.path("proof").binaryValue()).orThrow();
    }

    private static String pretty(String file, String body) throws IOException {
        return file.endsWith(".json") ? MAPPER.readTree(body).toPrettyString() + "\n" : body;
    }

    /** It is looked for in the ledger, which may be ahead of what the node shows of itself. */
    @ParameterizedTest
    @CsvSource({
        "/v1/entries/v1/none, 4",
        "/v1/entries/v1/none?at=2, 2",
        "/v1/senders/nobody, 4",
        "/v1/changes/77, 4"
    })
    void whatIsNotThereIsNotThereAtTheHeightThatWasRead(String path, long height)
            throws IOException {
        ledger.commit();
        assertThat(node.snapshot().tip().height()).isEqualTo(3);
        Wire.Reply reply = get(path);
        assertThat(reply.status()).isEqualTo(404);
        assertThat(MAPPER.readTree(reply.body()).get("height").longValue()).isEqualTo(height);
    }
}
