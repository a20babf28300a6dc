package org.witan.validator.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.witan.validator.api.http.RefusalsTest.assertProblem;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callers who do not mean to be served: slow, broken, endless or too many. */
@Timeout(60)
final class AbuseTest extends Served {
    AbuseTest() {
        super(
                new ApiSettings(
                        "127.0.0.1",
                        0,
                        List.of(),
                        20,
                        20,
                        Duration.ofMillis(2_000),
                        Duration.ofMillis(2_500),
                        Duration.ofSeconds(2)));
    }

    @AfterEach
    void stop() {
        close();
    }

    @Test
    void a_caller_who_says_nothing_is_cut() throws IOException {
        try (Wire wire = new Wire(server.port())) {
            assertThat(wire.ended()).isTrue();
        }
    }

    @Test
    void headers_that_drip_are_cut_although_every_read_finds_something() throws IOException {
        try (Wire wire = new Wire(server.port())) {
            wire.send("GET /v1/status HTTP/1.1\r\n");
            long start = System.nanoTime();
            while (!wire.endedWithin(100)) {
                assertThat(System.nanoTime() - start).isLessThan(30_000_000_000L);
                wire.trySend("X: a\r\n");
            }
        }
    }

    /** A stranger could fill the disk with the library's stack traces. */
    @Test
    void heads_that_end_early_leave_no_line_in_the_log() throws Exception {
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler listener =
                new Handler() {
                    @Override
                    public void publish(LogRecord line) {
                        logged.add(line.getLoggerName() + ": " + line.getMessage());
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        Logger library = Logger.getLogger("io.helidon");
        library.addHandler(listener);
        try {
            for (String head : List.of("", "GET", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nX: ")) {
                try (Wire wire = new Wire(server.port())) {
                    wire.send(head);
                    wire.shutdownOutput();
                    assertThat(wire.ended()).as(head).isTrue();
                }
            }
            assertThat(logged).isEmpty();
        } finally {
            library.removeHandler(listener);
        }
    }

    @Test
    void a_body_that_never_comes_is_cut() throws IOException {
        try (Wire wire = new Wire(server.port())) {
            wire.request(
                    "POST",
                    "/v1/transactions",
                    new byte[10],
                    "Content-Type: application/octet-stream",
                    "Content-Length: 1000");
            assertThat(wire.ended()).isTrue();
            assertThat(node.handed()).isEmpty();
        }
    }

    @Test
    void a_connection_that_was_served_may_pause_longer_but_not_for_ever() throws IOException {
        try (Wire wire = new Wire(server.port())) {
            assertThat(wire.get("/healthz/live").reply().status()).isEqualTo(200);
            assertThat(wire.ended()).isTrue();
        }
    }

    @Test
    void requests_in_one_packet_are_answered_in_their_order() throws IOException {
        try (Wire wire = new Wire(server.port())) {
            String host = " HTTP/1.1\r\nHost: localhost\r\n\r\n";
            wire.send(
                    "GET /v1/blocks/1" + host + "GET /nothing" + host + "GET /v1/blocks/2" + host);

            assertThat(wire.reply().body()).contains("\"height\":1,");
            assertThat(wire.reply().status()).isEqualTo(404);
            assertThat(wire.reply().body()).contains("\"height\":2,");
        }
    }

    @Test
    void a_body_that_is_not_read_is_never_taken_for_a_request() throws IOException {
        try (Wire wire = new Wire(server.port())) {
            String smuggled = "GET /v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n";
            wire.request(
                    "POST",
                    "/v1/transactions",
                    smuggled.getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                    "Content-Type: application/octet-stream",
                    "Transfer-Encoding: chunked");

            assertThat(wire.reply().status()).isEqualTo(411);
            assertThat(wire.ended()).isTrue();
        }
    }

    @Test
    void what_is_no_http_is_refused_and_closed() throws IOException {
        for (String request :
                List.of(
                        "hello\r\n\r\n",
                        "GET\r\n\r\n",
                        "GET /v1/status HTTP/1.0\r\n\r\n",
                        "GET /v1/status HTTP/2.0\r\nHost: localhost\r\n\r\n",
                        "GET /v1/status HTTP/1.1\r\n\r\n",
                        "GET /v1/status HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
                        "GET /v1/status HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n",
                        "GET /" + "a".repeat(5000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                        "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(9000) + "\r\n\r\n",
                        "POST /v1/transactions HTTP/1.1\r\nHost: localhost\r\n"
                                + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                        "POST /v1/transactions HTTP/1.1\r\nHost: localhost\r\n"
                                + "Content-Length: x\r\n\r\n")) {
            try (Wire wire = new Wire(server.port())) {
                Wire.Reply reply = wire.send(request).reply();
                assertThat(reply.status()).as(request).isBetween(400, 505);
                assertThat(reply.body()).as(request).doesNotContain("Exception");
                assertThat(wire.ended()).as(request).isTrue();
            }
        }
        assertThat(get("/healthz/live").status()).isEqualTo(200);
    }

    @Test
    void a_header_that_is_too_long_gets_a_problem() throws IOException {
        assertProblem(get("/v1/status", "X-Long: " + "a".repeat(9000)), 400, "BAD_REQUEST");
    }

    @Test
    void too_many_connections_are_turned_away_and_places_come_back() throws Exception {
        List<Wire> wires = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                Wire wire = new Wire(server.port());
                wires.add(wire);
                assertThat(wire.get("/healthz/live").reply().status()).isEqualTo(200);
            }
            try (Wire more = new Wire(server.port())) {
                assertThat(more.get("/healthz/live").reply().status()).isEqualTo(503);
                assertThat(more.ended()).isTrue();
            }
        } finally {
            for (Wire wire : wires) {
                wire.close();
            }
        }
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (status() != 200) {
            assertThat(System.nanoTime() - end).isNegative();
        }
    }

    @Test
    void a_caller_who_does_not_read_the_answer_is_cut() throws IOException {
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(1024);
            socket.connect(new java.net.InetSocketAddress("127.0.0.1", server.port()));
            byte[] request =
                    "GET /v1/network HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .repeat(50)
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            // Until the answers that nobody reads have filled the buffers of both sides.
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> {
                                while (true) {
                                    socket.getOutputStream().write(request);
                                }
                            })
                    .isInstanceOf(IOException.class);
        }
    }

    private int status() throws IOException {
        try {
            return get("/healthz/live").status();
        } catch (IOException reset) {
            return 0;
        }
    }
}
