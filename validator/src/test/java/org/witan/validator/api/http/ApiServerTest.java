package org.witan.validator.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.api.FakeNode;
import org.witan.validator.api.Snapshots;
import org.witan.validator.api.TestLedger;

final class ApiServerTest {
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.ofEpochMilli(Snapshots.NOW));

    private final TestLedger ledger = new TestLedger();
    private final FakeNode node = new FakeNode(ledger);
    private ApiServer server;

    @BeforeEach
    void start() {
        server = ApiServer.start(ApiSettings.on("127.0.0.1", 0, List.of()), node, CLOCK);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void status_is_served() throws IOException {
        try (Wire wire = new Wire(server.port())) {
            Wire.Reply reply = wire.get("/v1/status").reply();
            assertThat(reply.status()).isEqualTo(200);
        }
    }

    @Test
    void a_taken_port_is_an_error_that_says_what_to_do() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            ApiSettings settings = ApiSettings.on("127.0.0.1", taken.getLocalPort(), List.of());
            assertThatThrownBy(() -> ApiServer.start(settings, node, Clock.systemUTC()))
                    .isInstanceOfSatisfying(
                            OperatorError.class,
                            error -> assertThat(error.code()).isEqualTo("CANNOT_LISTEN"));
        }
    }
}
