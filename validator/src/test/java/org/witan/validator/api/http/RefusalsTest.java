package org.witan.validator.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.witan.chain.store.StoreFailed;

/** Requests that are refused, each with its status and code, in the form of RFC 9457. */
final class RefusalsTest extends Served {
    private static final String BYTES = "application/octet-stream";

    @AfterEach
    void stop() {
        close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, 404, NO_SUCH_PATH",
        "/v1, 404, NO_SUCH_PATH",
        "/v1/status/, 404, NO_SUCH_PATH",
        "/v1//status, 404, NO_SUCH_PATH",
        "/v1/../v1/status, 404, NO_SUCH_PATH",
        "/v1/status?x=1, 400, BAD_QUERY",
        "/v1/blocks/-1, 400, BAD_QUERY",
        "/v1/blocks/99999999999999999999, 400, BAD_QUERY",
        "/v1/blocks/9, 404, BLOCK_NOT_FOUND",
        "/v1/blocks/1?limit=101, 400, BAD_QUERY",
        "/v1/blocks/1?limit=1&limit=1, 400, BAD_QUERY",
        "/v1/blocks/1?format=xml, 400, BAD_QUERY",
        "/v1/blocks/1?cursor=3, 400, BAD_QUERY",
        "/v1/transactions/abc, 400, BAD_QUERY",
        "/v1/entries/v1/none, 404, ENTRY_NOT_FOUND",
        "/v1/entries/V1/a, 400, BAD_QUERY",
        "/v1/entries/v1/%zz, 400, BAD_REQUEST",
        "/v1/entries/v1/%c3, 404, NO_SUCH_PATH",
        "/v1/entries/v1/, 400, BAD_QUERY",
        "/v1/entries/v1/colour?at=77, 404, STATE_NOT_KEPT",
        "/v1/entries?cursor=!!, 400, BAD_QUERY",
        "/v1/entries?prefix=v1/&cursor=ZW50cnkvdjIvYQ, 400, BAD_QUERY",
        "/v1/peers/v1/ping, 404, PEER_NOT_FOUND",
        "/v1/peers/nobody/ping, 404, PEER_NOT_FOUND",
        "/v1/peers/v3/ping, 504, PEER_SILENT"
    })
    void a_bad_request_gets_its_code(String path, int status, String code) throws IOException {
        assertProblem(get(path), status, code);
    }

    @Test
    void a_disk_that_lies_to_a_reader_is_told_to_the_node_which_ends() throws IOException {
        StoreFailed failed = new StoreFailed("reading blocks: a checksum is wrong");
        node.breakDisk(failed);
        assertProblem(get("/v1/blocks/1"), 503, "STORAGE_FAILED");
        assertThat(node.breakdowns()).containsExactly(failed);
    }

    @Test
    void an_unknown_transaction_is_not_found() throws IOException {
        assertProblem(get("/v1/transactions/" + "00".repeat(32)), 404, "TRANSACTION_NOT_FOUND");
    }

    @Test
    void a_wrong_method_is_told_which_are_right() throws IOException {
        try (Wire wire = new Wire(server.port())) {
            Wire.Reply reply = wire.request("DELETE", "/v1/status", new byte[0]).reply();

            assertProblem(reply, 405, "METHOD_NOT_ALLOWED");
            assertThat(reply.header("allow")).isEqualTo("GET");
            assertProblem(
                    wire.request("GET", "/v1/transactions", new byte[0]).reply(),
                    405,
                    "METHOD_NOT_ALLOWED");
            // No cross-origin page gets an answer to its preflight.
            Wire.Reply preflight = wire.request("OPTIONS", "/v1/status", new byte[0]).reply();
            assertProblem(preflight, 405, "METHOD_NOT_ALLOWED");
            assertThat(preflight.headers()).doesNotContainKey("access-control-allow-origin");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:8400",
                "127.0.0.1:1",
                "[::1]",
                "[::1]:80",
                "node.example:8400"
            })
    void an_allowed_host_passes(String host) throws IOException {
        assertThat(get("/healthz/live", "Host: " + host).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "evil.node.example",
                "node.example.",
                "10.0.0.1:8400",
                "[::2]:80"
            })
    void another_host_is_refused(String host) throws IOException {
        assertProblem(get("/v1/status", "Host: " + host), 403, "HOST_REFUSED");
    }

    @Test
    void a_page_of_another_origin_is_refused() throws IOException {
        assertProblem(
                get("/v1/status", "Host: localhost", "Origin: http://evil.example"),
                403,
                "ORIGIN_REFUSED");
        assertProblem(get("/v1/status", "Host: localhost", "Origin: null"), 403, "ORIGIN_REFUSED");
        assertProblem(
                get("/v1/status", "Host: localhost:1", "Origin: http://localhost:2"),
                403,
                "ORIGIN_REFUSED");
        assertProblem(get("/v1/status", "Sec-Fetch-Site: cross-site"), 403, "CROSS_SITE_REFUSED");
        assertProblem(get("/v1/status", "Sec-Fetch-Site: same-site"), 403, "CROSS_SITE_REFUSED");
        String own = "localhost:" + server.port();
        assertThat(
                        get(
                                        "/v1/status",
                                        "Host: " + own,
                                        "Origin: http://" + own,
                                        "Sec-Fetch-Site: same-origin")
                                .status())
                .isEqualTo(200);
    }

    @Test
    void a_write_needs_a_type_and_a_length() throws IOException {
        byte[] body = {1, 2, 3};
        assertProblem(post("/v1/transactions", "text/plain", body), 415, "UNSUPPORTED_MEDIA_TYPE");
        try (Wire wire = new Wire(server.port())) {
            wire.request(
                    "POST",
                    "/v1/transactions",
                    "3\r\nabc\r\n0\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                    "Content-Type: " + BYTES,
                    "Transfer-Encoding: chunked");

            assertProblem(wire.reply(), 411, "LENGTH_REQUIRED");
            assertThat(wire.ended()).isTrue();
        }
    }

    @Test
    void what_is_too_large_is_refused_by_its_length_alone() throws IOException {
        try (Wire wire = new Wire(server.port())) {
            wire.request(
                    "POST",
                    "/v1/transactions",
                    new byte[0],
                    "Content-Type: " + BYTES,
                    "Content-Length: 999999999999");

            Wire.Reply reply = wire.reply();
            assertProblem(reply, 413, "TRANSACTION_TOO_LARGE");
            assertThat(reply.body()).contains("the limit is 262144");
            assertThat(wire.ended()).isTrue();
        }
        // A body that is a little too large is read away, so that its sender sees the answer.
        Wire.Reply reply = post("/v1/transactions", BYTES, new byte[262_145]);
        assertProblem(reply, 413, "TRANSACTION_TOO_LARGE");
        assertThat(node.handed()).isEmpty();
    }

    @Test
    void a_read_takes_no_body() throws IOException {
        try (Wire wire = new Wire(server.port())) {
            Wire.Reply reply =
                    wire.request("GET", "/v1/status", new byte[4], "Content-Length: 4").reply();

            assertProblem(reply, 400, "UNEXPECTED_BODY");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"transaction\":1}",
                "{\"transaction\":\"zz\"}",
                "{\"transaction\":\"00\"}",
                "{\"transaction\":\"00\",\"transaction\":\"00\"}",
                "{\"transaction\":\"00\",\"more\":1}",
                "{\"transaction\":\"00\"} {}",
                "{\"transaction\":NaN}"
            })
    void a_document_that_is_no_transaction_is_refused(String json) throws IOException {
        byte[] bytes = json.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertProblem(
                post("/v1/transactions", "application/json; charset=utf-8", bytes),
                400,
                "MALFORMED_TRANSACTION");
    }

    @Test
    void deep_and_long_documents_are_refused() throws IOException {
        for (String json :
                new String[] {
                    "[".repeat(100_000),
                    "{\"a\":".repeat(40) + "1" + "}".repeat(40),
                    "{\"transaction\":\"" + "0".repeat(66_000) + "\"}",
                    "{\"" + "n".repeat(200) + "\":1}",
                    "{\"transaction\":" + "9".repeat(1000) + "}"
                }) {
            byte[] bytes = json.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            assertProblem(
                    post("/v1/transactions", "application/json", bytes),
                    400,
                    "MALFORMED_TRANSACTION");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "wait=finality, BAD_QUERY",
        "timeout=5, BAD_QUERY",
        "timeout=0s, BAD_QUERY",
        "timeout=61s, BAD_QUERY",
        "timeout=-1s, BAD_QUERY",
        "timeout=1h, BAD_QUERY"
    })
    void a_bad_wait_is_refused(String query, String code) throws IOException {
        assertProblem(post("/v1/transactions?" + query, BYTES, new byte[1]), 400, code);
    }

    static void assertProblem(Wire.Reply reply, int status, String code) throws IOException {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
        assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(reply.header("content-security-policy")).contains("default-src 'none'");
        JsonNode body = new ObjectMapper().readTree(reply.body());
        assertThat(body.path("code").textValue()).isEqualTo(code);
        assertThat(body.path("status").intValue()).isEqualTo(status);
        assertThat(body.path("type").textValue()).isEqualTo("urn:witan:problem:" + code);
        for (String field : new String[] {"title", "fix", "network"}) {
            assertThat(body.path(field).textValue()).as(field).isNotEmpty();
        }
        assertThat(body.path("height").isIntegralNumber()).isTrue();
        assertThat(reply.body()).doesNotContain("Exception").doesNotContain("org.witan");
    }
}
