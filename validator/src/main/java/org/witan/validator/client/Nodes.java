package org.witan.validator.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;

/** Several nodes of one network, asked one after the other, the last good one first. Any thread. */
final class Nodes implements AutoCloseable {
    private static final long MAX_ANSWER_BYTES = 16 << 20;

    private final HttpClient http;
    private final List<URI> nodes;
    private final Duration timeout;
    private final AtomicInteger preferred = new AtomicInteger();

    Nodes(List<URI> nodes, Duration timeout) {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("a client needs at least one node");
        }
        this.nodes = List.copyOf(nodes);
        this.timeout = timeout;
        http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(timeout)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    int count() {
        return nodes.size();
    }

    int preferred() {
        return preferred.get();
    }

    void prefer(int node) {
        preferred.set(node);
    }

    /**
     * Reads from the first node that can answer.
     *
     * @throws OperatorError if none can
     */
    Reply get(String path) {
        int first = preferred.get();
        OperatorError last = unreachable("nobody was asked");
        for (int attempt = 0; attempt < nodes.size(); attempt++) {
            int node = (first + attempt) % nodes.size();
            try {
                Reply reply = exchange(node, request(node, path).GET().build(), timeout);
                if (!reply.elsewhere()) {
                    preferred.set(node);
                    return reply;
                }
                last = reply.error();
            } catch (IOException failed) {
                last = unreachable(nodes.get(node) + ": " + sentence(failed));
            }
        }
        throw last;
    }

    /**
     * Hands bytes in at one node.
     *
     * @throws IOException if it is unknown whether they arrived
     */
    Reply post(int node, String path, byte[] body, Duration wait) throws IOException {
        HttpRequest request =
                request(node, path)
                        .header("Content-Type", "application/octet-stream")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();
        return exchange(node, request, wait.plus(timeout));
    }

    OperatorError unreachable(String why) {
        return new OperatorError(
                ExitCode.UNREACHABLE,
                "NODE_UNREACHABLE",
                nodes.size() == 1
                        ? "the node at " + nodes.getFirst() + " does not answer"
                        : "none of " + nodes.size() + " nodes answers",
                why,
                "are they running? witan status --node " + nodes.getFirst());
    }

    static String sentence(IOException failed) {
        String message = failed.getMessage();
        return message == null ? failed.getClass().getSimpleName() : message;
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }

    private HttpRequest.Builder request(int node, String path) {
        String base = nodes.get(node).toString().replaceAll("/+$", "");
        return HttpRequest.newBuilder(URI.create(base + path));
    }

    /** One exchange with a deadline for all of it: the built-in one ends with the headers. */
    private Reply exchange(int node, HttpRequest request, Duration limit) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(
                        request,
                        BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
        try {
            HttpResponse<byte[]> response = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return new Reply(nodes.get(node).toString(), response.statusCode(), response.body());
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw new IOException("no answer within " + limit.toMillis() + " ms", late);
        } catch (InterruptedException stopping) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopping);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            throw cause instanceof IOException io ? io : new IOException(String.valueOf(cause));
        }
    }
}
