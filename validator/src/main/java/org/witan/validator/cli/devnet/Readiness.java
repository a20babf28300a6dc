package org.witan.validator.cli.devnet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.cli.http.NodeClient;
import org.witan.validator.cli.http.Request;

/** Waits until validators are ready. */
final class Readiness {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final DevnetFolder devnet;
    private final Validators validators;

    Readiness(DevnetFolder devnet, Validators validators) {
        this.devnet = devnet;
        this.validators = validators;
    }

    /**
     * Waits until all these validators are ready.
     *
     * @throws OperatorError VALIDATOR_FAILED as soon as one cannot become ready any more, NOT_READY
     *     when time is up
     */
    void await(List<Integer> indexes, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        List<Integer> waiting = new ArrayList<>(indexes);
        while (true) {
            waiting.removeIf(this::ready);
            if (waiting.isEmpty()) {
                return;
            }
            for (int i : waiting) {
                Optional<String> failure = validators.failure(i);
                if (failure.isPresent()) {
                    throw failed(i, failure.get());
                }
            }
            if (System.nanoTime() - deadline > 0) {
                throw late(waiting, patience);
            }
            Thread.sleep(PAUSE);
        }
    }

    private boolean ready(int i) {
        try (NodeClient client = Row.client(devnet, i)) {
            return client.send(Request.get("/healthz/ready")).status() == 200;
        } catch (OperatorError notYet) {
            return false;
        }
    }

    private OperatorError failed(int i, String why) {
        return new OperatorError(
                ExitCode.NOT_FOUND,
                "VALIDATOR_FAILED",
                "v" + i + " did not start",
                why,
                "look at " + devnet.log(i));
    }

    private OperatorError late(List<Integer> waiting, Duration patience) {
        return new OperatorError(
                ExitCode.UNREACHABLE,
                "NOT_READY",
                "not all validators became ready within " + patience.toSeconds() + " s",
                "waiting for v"
                        + String.join(", v", waiting.stream().map(String::valueOf).toList()),
                "witan why --node "
                        + devnet.address(waiting.getFirst())
                        + ", and look at "
                        + devnet.log(waiting.getFirst()));
    }
}
