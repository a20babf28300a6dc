package org.witan.validator.cli.upgrade;

import java.time.Duration;
import java.util.Optional;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.cli.http.Fields;
import org.witan.validator.cli.http.NodeAddress;
import org.witan.validator.cli.http.NodeClient;

/**
 * What one node says while it may be stopped and started: silence is an answer.
 *
 * @param address its HTTP API
 */
record NodeWords(NodeAddress address) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A node at {@code http://host:port}. */
    static NodeWords at(String url) {
        return new NodeWords(NodeAddress.parse(url));
    }

    /** What it answers; empty if it does not, or has nothing there. */
    Optional<Fields> get(String path) {
        try (NodeClient client = new NodeClient(address, PATIENCE)) {
            return Optional.of(client.get(path));
        } catch (OperatorError silentOrNothing) {
            return Optional.empty();
        }
    }

    /** How it stands. */
    Optional<Fields> status() {
        return get("/v1/status");
    }

    /** A block of its ledger with the finalization of exactly this block, if there is one. */
    Optional<Fields> block(long height) {
        return get("/v1/blocks/" + height + "?limit=1");
    }
}
