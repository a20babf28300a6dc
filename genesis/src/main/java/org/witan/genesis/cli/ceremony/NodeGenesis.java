package org.witan.genesis.cli.ceremony;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.witan.genesis.document.GenesisFile;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.json.Excerpt;
import org.witan.genesis.json.StrictJson;

/** Asks a node for the genesis file that it runs on: {@code genesis} of {@code /v1/network}. */
final class NodeGenesis {
    private static final int MAX_BYTES = 2 * StrictJson.MAX_BYTES;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private NodeGenesis() {}

    /**
     * The genesis file of the node at {@code url}, checked as a file is.
     *
     * @throws OperatorError {@code NODE_UNREACHABLE} (exit 5); {@code GENESIS_INVALID}
     */
    static GenesisFile fetch(String url, Optional<Duration> timeout) {
        byte[] answer = get(url, timeout.orElse(TIMEOUT));
        String text = new String(answer, StandardCharsets.UTF_8);
        String document =
                Excerpt.field(text, "genesis")
                        .orElseThrow(() -> unreachable(url, "its answer holds no genesis file"));
        return GenesisFile.read(document.getBytes(StandardCharsets.UTF_8))
                .orThrow(bad -> Documents.invalid(url, "genesis file", bad.lines()));
    }

    private static byte[] get(String url, Duration timeout) {
        String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(timeout).build()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(base + "/v1/network"))
                            .timeout(timeout)
                            .build();
            HttpResponse<InputStream> response =
                    client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] answer = body.readNBytes(MAX_BYTES + 1);
                if (response.statusCode() != 200 || answer.length > MAX_BYTES) {
                    throw unreachable(
                            url,
                            "it answered " + response.statusCode() + ", " + answer.length + " B");
                }
                return answer;
            } finally {
                client.shutdownNow();
            }
        } catch (IllegalArgumentException bad) {
            throw unreachable(url, "that is no address: " + bad.getMessage());
        } catch (IOException failed) {
            throw unreachable(url, failed.toString());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw unreachable(url, "the wait was interrupted");
        }
    }

    private static OperatorError unreachable(String url, String why) {
        return new OperatorError(
                ExitCode.UNREACHABLE,
                "NODE_UNREACHABLE",
                "no genesis file from " + url,
                why,
                "curl " + url + "/v1/network");
    }
}
