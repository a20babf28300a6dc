package org.witan.validator.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.witan.validator.api.http.RefusalsTest.assertProblem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.Receipt;
import org.witan.chain.block.Transaction;
import org.witan.validator.api.FakeNode.Handed;
import org.witan.validator.api.NodeSnapshot.Health;
import org.witan.validator.api.Snapshots;
import org.witan.validator.api.Submission;

/** Transactions that are handed in, and what their senders hear. */
final class SubmitTest extends Served {
    private static final String PATH = "/v1/transactions";
    private static final String BYTES = "application/octet-stream";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Transaction transaction = ledger.put("k", "v");
    private final byte[] encoded = Transaction.CODEC.encode(transaction);

    @AfterEach
    void stop() {
        close();
    }

    @Test
    void bytes_are_taken_and_answered_with_the_id() throws IOException {
        Wire.Reply reply = post(PATH, BYTES, encoded);

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.header("location")).isEqualTo(PATH + "/" + transaction.id().hex());
        assertThat(MAPPER.readTree(reply.body()).path("id").textValue())
                .isEqualTo(transaction.id().hex());
        assertThat(node.handed())
                .singleElement()
                .satisfies(handed -> {
                    assertThat(handed.transaction()).isEqualTo(transaction);
                    assertThat(handed.waiting()).isFalse();
                });
    }

    /** A body that is packed would cost more than its length says. */
    @Test
    void a_packed_body_is_not_unpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(encoded);
        }
        for (String way : List.of("gzip", "x-gzip", "deflate")) {
            try (Wire wire = new Wire(server.port())) {
                Wire.Reply reply =
                        wire.post(PATH, BYTES, packed.toByteArray(), "Content-Encoding: " + way)
                                .reply();
                assertProblem(reply, 400, "BAD_REQUEST");
                assertThat(reply.body()).contains("Content-Encoding");
            }
        }
        assertThat(node.handed()).isEmpty();
    }

    @Test
    void hex_in_a_document_is_the_same() throws IOException {
        String json = "{\"transaction\":\"" + HexFormat.of().formatHex(encoded) + "\"}";

        assertThat(post(PATH, "application/json", json.getBytes(StandardCharsets.UTF_8)).status())
                .isEqualTo(202);
        assertThat(node.handed()).hasSize(1);
    }

    @Test
    void a_commit_that_is_waited_for_is_answered_with_its_place() throws IOException {
        node.hold();
        try (Wire wire = new Wire(server.port())) {
            wire.post(PATH + "?wait=commit", BYTES, encoded);
            await(() -> node.handed().size() == 1);
            complete(node.handed().getFirst(), 7, 3);

            Wire.Reply reply = wire.reply();
            assertThat(reply.status()).isEqualTo(200);
            JsonNode body = MAPPER.readTree(reply.body());
            assertThat(body.path("height").longValue()).isEqualTo(7);
            assertThat(body.path("index").longValue()).isEqualTo(3);
            assertThat(body.path("receipt").path("outcome").textValue()).isEqualTo("done");
        }
    }

    @Test
    void a_wait_that_ends_early_leaves_the_transaction_open() throws IOException {
        node.hold();
        Wire.Reply reply = post(PATH + "?wait=commit&timeout=50ms", BYTES, encoded);

        assertThat(reply.status()).isEqualTo(202);
        JsonNode body = MAPPER.readTree(reply.body());
        assertThat(body.path("status").textValue()).isEqualTo("pending");
        assertThat(body.path("why").textValue()).isEqualTo("it was not committed within 50 ms");
        // The node learns that nobody waits any more.
        assertThat(node.handed().getFirst().stage()).isDone();
    }

    @Test
    void what_the_node_refuses_is_told_with_its_code() throws IOException {
        node.hold();
        String[][] cases = {
            {"NONCE_USED", "409"},
            {"QUOTA_EXCEEDED", "429"},
            {"BAD_SIGNATURE", "422"},
            {"CATCHING_UP", "503"},
        };
        for (String[] one : cases) {
            int before = node.handed().size();
            try (Wire wire = new Wire(server.port())) {
                wire.post(PATH, BYTES, encoded);
                await(() -> node.handed().size() > before);
                node.handed()
                        .get(before)
                        .stage()
                        .complete(new Submission.Refused(one[0], "why", "fix"));
                assertProblem(wire.reply(), Integer.parseInt(one[1]), one[0]);
            }
        }
    }

    @Test
    void a_draining_node_sends_its_callers_to_another() throws IOException {
        node.show(Snapshots.draining(node.snapshot()));

        Wire.Reply reply = post(PATH + "?wait=commit", BYTES, encoded);

        assertProblem(reply, 503, "DRAINING");
        assertThat(reply.body()).contains("at another node");
        assertThat(node.handed()).isEmpty();
    }

    @Test
    void without_a_quorum_the_answer_is_503_with_the_reason() throws IOException {
        node.show(Snapshots.unreachable(node.snapshot(), Snapshots.v(3), Snapshots.v(4)));

        Wire.Reply reply = post(PATH + "?wait=commit", BYTES, encoded);

        assertProblem(reply, 503, "NO_QUORUM");
        assertThat(reply.body())
                .contains("2 of 4 validators are in sync, 3 must agree")
                .contains("v3 is unreachable");
        assertThat(node.handed()).isEmpty();
    }

    @Test
    void a_halted_node_takes_nothing() throws IOException {
        node.show(
                Snapshots.with(
                        node.snapshot(),
                        new Health(
                                4,
                                3,
                                4,
                                false,
                                List.of(),
                                false,
                                "halted",
                                false,
                                Optional.of("the disk is full"))));

        Wire.Reply reply = post(PATH, BYTES, encoded);

        assertProblem(reply, 503, "HALTED");
        assertThat(reply.body()).contains("the disk is full");
    }

    @Test
    void an_altered_transaction_is_named_by_the_byte() throws IOException {
        Wire.Reply reply = post(PATH, BYTES, new byte[] {9});

        assertProblem(reply, 400, "MALFORMED_TRANSACTION");
        assertThat(reply.body()).contains("at byte 0: version 9, known is 1");
    }

    @Test
    void a_hundred_waits_cost_no_hundred_threads() throws IOException {
        node.hold();
        int threads = Thread.activeCount();
        List<Wire> wires = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                Wire wire = new Wire(server.port());
                wires.add(wire);
                wire.post(
                        PATH + "?wait=commit&timeout=30s",
                        BYTES,
                        Transaction.CODEC.encode(ledger.put("k" + i, "v")));
            }
            await(() -> node.handed().size() == 100);
            assertThat(Thread.activeCount()).isLessThan(threads + 40);
            // Others are served meanwhile.
            assertThat(get("/v1/status").status()).isEqualTo(200);
            List<Handed> handed = node.handed();
            for (int i = 0; i < 100; i++) {
                complete(handed.get(i), 9, i);
            }
            for (Wire wire : wires) {
                assertThat(wire.reply().status()).isEqualTo(200);
            }
        } finally {
            for (Wire wire : wires) {
                wire.close();
            }
        }
    }

    private static void complete(Handed handed, long height, int index) {
        handed.stage()
                .complete(
                        new Submission.Committed(
                                handed.transaction().id(),
                                height,
                                index,
                                new Receipt(Receipt.Outcome.DONE, 1)));
    }

    private static void await(BooleanSupplier condition) {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.onSpinWait();
        }
    }
}
