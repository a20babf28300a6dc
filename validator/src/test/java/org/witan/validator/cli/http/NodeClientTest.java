package org.witan.validator.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;

/** What the client makes of good, bad and missing servers; each server answers from a list. */
class NodeClientTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"a\": 42}";

    /** Serves one connection after another; each gets its answers, then is closed. */
    private static NodeClient against(ServerSocket server, List<List<String>> connections) {
        Thread.startVirtualThread(() -> {
            for (List<String> answers : connections) {
                try (Socket socket = server.accept()) {
                    for (String answer : answers) {
                        readHead(socket);
                        socket.getOutputStream()
                                .write(answer.getBytes(StandardCharsets.ISO_8859_1));
                    }
                } catch (IOException ended) {
                    return;
                }
            }
        });
        return new NodeClient(
                new NodeAddress("127.0.0.1", server.getLocalPort()), Duration.ofSeconds(5));
    }

    private static void readHead(Socket socket) throws IOException {
        int newLines = 0;
        while (newLines < 2) {
            int c = socket.getInputStream().read();
            if (c < 0) {
                return;
            }
            newLines = c == '\n' ? newLines + 1 : c == '\r' ? newLines : 0;
        }
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @Test
    void severalRequestsShareAConnection() throws IOException {
        try (ServerSocket server = listen();
                NodeClient client = against(server, List.of(List.of(OK, OK)))) {
            assertThat(client.get("/a").number("a")).contains(42L);
            assertThat(client.get("/b").text("a")).contains("42");
        }
    }

    @Test
    void aQuestionIsAskedAgainOnAConnectionThatWasClosed() throws IOException {
        try (ServerSocket server = listen();
                NodeClient client = against(server, List.of(List.of(OK), List.of(OK)))) {
            assertThat(client.get("/a").number("a")).contains(42L);
            assertThat(client.get("/b").number("a")).contains(42L);
        }
    }

    @Test
    void chunksAreJoined() throws IOException {
        String chunked =
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{\"a\"\r\n"
                        + "5;x=y\r\n: 42}\r\n0\r\nTrailer: x\r\n\r\n";
        try (ServerSocket server = listen();
                NodeClient client = against(server, List.of(List.of(chunked, OK)))) {
            assertThat(client.get("/a").number("a")).contains(42L);
            assertThat(client.get("/b").number("a")).contains(42L);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}x",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n"
            })
    void nonsenseIsAnErrorAndNoException(String answer) throws IOException {
        try (ServerSocket server = listen();
                NodeClient client = against(server, List.of(List.of(answer)))) {
            OperatorError error = catchThrowableOfType(OperatorError.class, () -> client.get("/a"));
            assertThat(error.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        }
    }

    @Test
    void aHeadWithoutEndIsCutOff() throws IOException {
        String endless = "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(10_000) + "\r\n";
        try (ServerSocket server = listen();
                NodeClient client = against(server, List.of(List.of(endless)))) {
            assertThatThrownBy(() -> client.get("/a"))
                    .isInstanceOf(OperatorError.class)
                    .satisfies(e -> assertThat(((OperatorError) e).why()).contains("too long"));
        }
    }

    @Test
    void aProblemKeepsItsWords() throws IOException {
        String body =
                "{\"code\":\"NO_QUORUM\",\"title\":\"it waits\","
                        + "\"detail\":\"2 of 3\",\"fix\":\"f\"}";
        String answer = "HTTP/1.1 503 X\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        try (ServerSocket server = listen();
                NodeClient client = against(server, List.of(List.of(answer)))) {
            OperatorError error = catchThrowableOfType(OperatorError.class, () -> client.get("/a"));
            assertThat(error.exitCode()).isEqualTo(ExitCode.REFUSED_FOR_SAFETY);
            assertThat(List.of(error.code(), error.what(), error.why(), error.fix()))
                    .containsExactly("NO_QUORUM", "it waits", "2 of 3", "f");
        }
    }

    @Test
    void nobodyThereIsUnreachable() throws IOException {
        int port;
        try (ServerSocket server = listen()) {
            port = server.getLocalPort();
        }
        try (NodeClient client =
                new NodeClient(new NodeAddress("127.0.0.1", port), Duration.ofSeconds(5))) {
            assertThatThrownBy(() -> client.get("/a"))
                    .hasMessage("the node at http://127.0.0.1:" + port + " does not answer");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8400, http://127.0.0.1:8400",
        "http://node.example, http://node.example:80",
        "http://[::1]:8400/, http://[::1]:8400"
    })
    void addressesAreRead(String text, String expected) {
        assertThat(NodeAddress.parse(text)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "127.0.0.1:8400", "https://a:1", "http://a:1/v1", "http://a b"})
    void otherAddressesAreUsageErrors(String text) {
        assertThatThrownBy(() -> NodeAddress.parse(text)).hasMessageContaining("address of a node");
    }

    @Test
    void pathsAreEncoded() {
        assertThat(HttpConnection.encode("a/b ü~")).isEqualTo("a%2Fb%20%C3%BC~");
    }
}
