package org.witan.validator.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thousand open connections, paths that climb, and values that want to be markup. */
@Timeout(60)
final class CrowdTest extends Served {
    @AfterEach
    void stop() {
        close();
    }

    @Test
    void aThousandConnectionsThatSayNothingKeepNobodyOut() throws IOException {
        List<Wire> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < 1000; i++) {
                Wire wire = new Wire(server.port());
                wire.send(i % 2 == 0 ? "" : "GET /v1/status HTTP/1.1\r\nX-Slow: ");
                crowd.add(wire);
            }
            for (int i = 0; i < 10; i++) {
                assertThat(get("/v1/status").status()).isEqualTo(200);
            }
            assertThat(crowd.get(999).send("a\r\nHost: localhost\r\n\r\n").reply().status())
                    .as("one of them that goes on is served")
                    .isEqualTo(200);
        } finally {
            for (Wire wire : crowd) {
                wire.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/entries/v1/../../status",
                "/v1/entries/%2e%2e/%2e%2e/status",
                "/v1/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
                "/v1/blocks/..%2f..%2f..%2fetc%2fpasswd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/v1/blocks/%2fetc%2fpasswd",
                "/v1/..%5c..%5cwindows",
                "/v1/status%00.html",
                "/v1/%252e%252e/status",
                "/v1/status;jsessionid=1",
                "//evil.example/v1/status",
                "/v1/status/."
            })
    void pathsThatClimbLeadNowhere(String path) throws IOException {
        Wire.Reply reply = get(path);
        assertThat(reply.status()).as(path).isIn(400, 404);
        assertThat(reply.body()).doesNotContain("root:").contains("\"code\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HEAD", "DELETE", "PUT", "PATCH", "TRACE", "CONNECT", "PROPFIND", "get"})
    void otherMethodsChangeNothing(String method) throws IOException {
        try (Wire wire = new Wire(server.port())) {
            wire.request(method, "/v1/transactions", new byte[0]);
            assertThat(wire.head().status()).isIn(400, 405);
        }
        assertThat(node.handed()).isEmpty();
    }

    @Test
    void aValueThatWantsToBeMarkupStaysText() throws IOException {
        String markup = "<script>alert(1)</script>";
        ledger.commit(ledger.put("page", markup));
        Wire.Reply reply = get("/v1/entries/v1/page");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("content-type")).isEqualTo("application/json");
        assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(reply.header("content-security-policy")).contains("default-src 'none'");
        assertThat(reply.header("x-frame-options")).isEqualTo("DENY");
    }

    @Test
    void noPageIsLongerThanAHundredWhateverTheCursor() throws IOException {
        for (int block = 0; block < 3; block++) {
            ledger.commit(
                    java.util.stream.IntStream.range(block * 50, block * 50 + 50)
                            .mapToObj(i -> ledger.put("many/%03d".formatted(i), "x"))
                            .toArray(org.witan.chain.block.Transaction[]::new));
        }
        String body = get("/v1/entries?prefix=v1/many/&limit=100").body();
        assertThat(body.split("\"writtenHeight\"", -1)).hasSize(101);
        assertThat(get("/v1/entries?prefix=v1/many/").body().split("\"writtenHeight\"", -1))
                .hasSizeLessThanOrEqualTo(101);
        RefusalsTest.assertProblem(get("/v1/entries?limit=101"), 400, "BAD_QUERY");
    }
}
