package org.witan.validator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.Receipt;
import org.witan.chain.block.Transaction;
import org.witan.chain.proof.ProofFile;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.api.FakeNode;
import org.witan.validator.api.Snapshots;
import org.witan.validator.api.Submission;
import org.witan.validator.api.TestLedger;
import org.witan.validator.api.http.ApiServer;
import org.witan.validator.api.http.ApiSettings;

final class WitanClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final NodeId V1 = new NodeId("v1");

    private final TestLedger ledger = new TestLedger();
    private FakeNode node;
    private ApiServer server;
    private WitanClient client;

    @BeforeEach
    void start() {
        ledger.commit(ledger.put("a b/ü", "green"));
        node = new FakeNode(ledger);
        server = serve(node);
        client = WitanClient.of(List.of(address(server)), PATIENCE);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void it_reads_what_the_node_serves() {
        NodeStatus status = client.status();

        assertThat(status.id()).isEqualTo(V1);
        assertThat(status.networkId()).isEqualTo(ledger.founding().networkId());
        assertThat(status.height()).isEqualTo(1);
        assertThat(status.stateRoot()).isEqualTo(ledger.store().state().root());
        assertThat(status.margin()).isEqualTo(1);
        assertThat(status.ready()).isTrue();
        assertThat(client.why().getFirst()).startsWith("Idle at height 1");
        assertThat(client.json("/v1/mesh").path("links")).hasSize(3);
        assertThat(client.block(1)).isEqualTo(ledger.store().block(1));
        assertThat(client.block(2)).isEmpty();
    }

    @Test
    void it_reads_entries_and_proofs_under_any_key() {
        EntryRead entry = client.entry(V1, "a b/ü").orElseThrow();

        assertThat(entry.content()).asString().isEqualTo("green");
        assertThat(entry.version()).isEqualTo(1);
        assertThat(client.entry(V1, "none")).isEmpty();
        var bundle = ProofFile.read(client.proof(V1, "a b/ü")).orThrow();
        assertThat(bundle.problem(ledger.founding(), Ed25519.VERIFIER)).isEmpty();
        assertThat(bundle.value()).isPresent();
    }

    @Test
    void a_transaction_without_a_wait_is_pending() {
        Transaction transaction = ledger.put("k", "v");

        assertThat(client.submit(transaction, Duration.ZERO))
                .isInstanceOf(Sent.Pending.class)
                .extracting(Sent::id)
                .isEqualTo(transaction.id());
        assertThat(client.transaction(transaction.id())).isEmpty();
        ledger.commit(transaction);
        assertThat(client.transaction(transaction.id()))
                .hasValueSatisfying(place -> assertThat(place.height()).isEqualTo(2));
    }

    @Test
    void a_refusal_is_the_error_that_the_node_named() {
        node.decide(_ -> new Submission.Refused("BAD_SIGNATURE", "it does not hold", "sign it"));

        assertThatThrownBy(() -> client.submit(ledger.put("k", "v"), Duration.ofSeconds(5)))
                .isInstanceOfSatisfying(
                        OperatorError.class,
                        error -> {
                            assertThat(error.code()).isEqualTo("BAD_SIGNATURE");
                            assertThat(error.exitCode()).isEqualTo(ExitCode.NOT_AUTHORISED);
                            assertThat(error.why()).isEqualTo("it does not hold");
                        });
    }

    @Test
    void below_quorum_is_refused_for_safety() {
        node.show(Snapshots.unreachable(node.snapshot(), Snapshots.v(3), Snapshots.v(4)));

        assertThatThrownBy(() -> client.submit(ledger.put("k", "v"), Duration.ofSeconds(5)))
                .isInstanceOfSatisfying(
                        OperatorError.class,
                        error ->
                                assertThat(error.exitCode())
                                        .isEqualTo(ExitCode.REFUSED_FOR_SAFETY));
    }

    @Test
    void nobody_there_is_unreachable() throws IOException {
        URI free = nobody();
        try (WitanClient lonely = WitanClient.of(List.of(free), PATIENCE)) {
            assertThatThrownBy(lonely::status)
                    .isInstanceOfSatisfying(
                            OperatorError.class,
                            error -> {
                                assertThat(error.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
                                assertThat(error.code()).isEqualTo("NODE_UNREACHABLE");
                            });
            assertThatThrownBy(() -> lonely.submit(ledger.put("k", "v"), Duration.ofSeconds(1)))
                    .isInstanceOf(OperatorError.class);
        }
    }

    @Test
    void the_next_node_is_asked_when_one_is_gone_or_cannot_commit() throws IOException {
        FakeNode below = new FakeNode(ledger);
        below.show(Snapshots.unreachable(below.snapshot(), Snapshots.v(3), Snapshots.v(4)));
        FakeNode draining = new FakeNode(ledger);
        draining.show(Snapshots.draining(draining.snapshot()));
        node.decide(WitanClientTest::commit);
        try (ApiServer second = serve(below);
                ApiServer third = serve(draining);
                WitanClient several =
                        WitanClient.of(
                                List.of(nobody(), address(second), address(third), address(server)),
                                PATIENCE)) {
            Transaction transaction = ledger.put("k", "v");

            Sent sent = several.submit(transaction, Duration.ofSeconds(5));

            assertThat(sent).isEqualTo(committed(transaction.id()));
            assertThat(below.handed()).isEmpty();
            assertThat(draining.handed()).isEmpty();
            assertThat(several.status().height()).isEqualTo(1);
        }
    }

    @Test
    void a_cut_attempt_is_repeated_and_a_used_nonce_then_looked_up() throws Exception {
        try (Cutting first = new Cutting();
                WitanClient several =
                        WitanClient.of(List.of(first.address(), address(server)), PATIENCE)) {
            Transaction transaction = ledger.put("k", "v");
            // It arrived over the first node after all, and stands in a block.
            ledger.commit(transaction);
            node.decide(_ -> new Submission.Refused("NONCE_USED", "used", "look it up"));

            Sent sent = several.submit(transaction, Duration.ofSeconds(5));

            assertThat(sent)
                    .isInstanceOfSatisfying(
                            Sent.Committed.class,
                            committed -> assertThat(committed.height()).isEqualTo(2));
        }
    }

    @Test
    void an_attempt_whose_end_nobody_knows_is_pending() throws Exception {
        try (Cutting only = new Cutting();
                WitanClient lonely = WitanClient.of(List.of(only.address()), PATIENCE)) {
            assertThat(lonely.submit(ledger.put("k", "v"), Duration.ofSeconds(1)))
                    .isInstanceOf(Sent.Pending.class);
        }
    }

    /** Takes a request and hangs up without an answer. */
    private static final class Cutting implements AutoCloseable {
        private final ServerSocket socket =
                new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

        private Cutting() throws IOException {
            Thread.startVirtualThread(this::run);
        }

        URI address() {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }

        private void run() {
            while (!socket.isClosed()) {
                try (var taken = socket.accept()) {
                    assertThat(taken.getInputStream().read()).isNotNegative();
                } catch (IOException closed) {
                    return;
                }
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static Submission commit(Transaction transaction) {
        return new Submission.Committed(
                transaction.id(), 5, 0, new Receipt(Receipt.Outcome.DONE, 1));
    }

    private static Sent committed(Hash id) {
        return new Sent.Committed(id, 5, 0, new Receipt(Receipt.Outcome.DONE, 1));
    }

    private static ApiServer serve(FakeNode node) {
        return ApiServer.start(
                ApiSettings.on("127.0.0.1", 0, List.of()),
                node,
                InstantSource.fixed(Instant.ofEpochMilli(Snapshots.NOW)));
    }

    private static URI address(ApiServer server) {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    private static URI nobody() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + free.getLocalPort());
        }
    }
}
