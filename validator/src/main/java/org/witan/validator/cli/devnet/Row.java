package org.witan.validator.cli.devnet;

import java.time.Duration;
import java.util.Optional;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.cli.http.Fields;
import org.witan.validator.cli.http.NodeClient;

/**
 * How one validator stood a moment ago.
 *
 * @param id the validator
 * @param ready whether it serves
 * @param height its newest block; -1 if it did not answer
 * @param stateRoot of that block
 * @param linksUp links that are up
 * @param links links in all
 * @param leader who leads the view, by its word
 * @param margin members in sync minus the quorum, by its word
 */
record Row(
        String id,
        boolean ready,
        long height,
        String stateRoot,
        int linksUp,
        int links,
        String leader,
        String margin) {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** A client whose answers do not keep the table waiting. */
    static NodeClient client(DevnetFolder devnet, int i) {
        return new NodeClient(devnet.address(i), PATIENCE);
    }

    /** Asks validator {@code i}. */
    static Row ask(int i, NodeClient client) {
        try {
            Fields status = client.get("/v1/status");
            Fields mesh = client.get("/v1/mesh");
            int up =
                    (int)
                            mesh.list("links").stream()
                                    .filter(link -> link.shown("state").equals("up"))
                                    .count();
            return new Row(
                    "v" + i,
                    status.flag("ready"),
                    status.number("height").orElse(0L),
                    status.shown("stateRoot"),
                    up,
                    mesh.list("links").size(),
                    status.shown("leader"),
                    status.shown("margin"));
        } catch (OperatorError down) {
            return new Row("v" + i, false, -1, "", 0, 0, "-", "-");
        }
    }

    /** Whether it answered. */
    boolean answered() {
        return height >= 0;
    }

    /** One word for its state. */
    String state(Optional<ProcessHandle> process, boolean separate) {
        if (ready) {
            return "ready";
        }
        if (answered()) {
            return "not ready";
        }
        return separate && process.isEmpty() ? "down" : "silent";
    }
}
