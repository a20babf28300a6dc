package org.witan.validator.cli.devnet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.cli.http.Fields;
import org.witan.validator.cli.http.NodeClient;

/** Watches a devnet until it is told to end: asks all validators, shows the table, and again. */
final class Foreground {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration SHORT_PAUSE = Duration.ofMillis(100);

    private final DevnetFolder devnet;
    private final Validators validators;
    private final LiveTable table;
    private final List<NodeClient> clients;

    Foreground(DevnetFolder devnet, Validators validators, LiveTable table) {
        this.devnet = devnet;
        this.validators = validators;
        this.table = table;
        clients =
                IntStream.rangeClosed(1, devnet.size())
                        .mapToObj(i -> Row.client(devnet, i))
                        .toList();
    }

    /** Watches until the process ends. */
    void watch() throws InterruptedException {
        while (true) {
            show();
            Thread.sleep(PAUSE);
        }
    }

    /**
     * Watches until every validator has so many blocks, and compares them.
     *
     * @throws OperatorError DISAGREEMENT if two validators have different blocks of that height
     */
    void watchUntil(long blocks) throws InterruptedException {
        while (show().stream().anyMatch(row -> row.height() < blocks)) {
            Thread.sleep(SHORT_PAUSE);
        }
        List<String> hashes =
                clients.stream().map(client -> hash(client, blocks)).distinct().toList();
        if (hashes.size() != 1) {
            throw new OperatorError(
                    ExitCode.CHECK_SAID_NO,
                    "DISAGREEMENT",
                    "the validators do not agree on block " + blocks,
                    "its hashes are " + String.join(", ", hashes),
                    "keep " + devnet.folder() + " as it is and report this");
        }
    }

    /** All validators' rows, asked at once, since a frozen one answers late. */
    private List<Row> show() throws InterruptedException {
        List<Row> rows = new ArrayList<>();
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Row>> answers = new ArrayList<>();
            for (int i = 1; i <= devnet.size(); i++) {
                int index = i;
                answers.add(askers.submit(() -> Row.ask(index, clients.get(index - 1))));
            }
            for (Future<Row> answer : answers) {
                rows.add(answer.get());
            }
        } catch (ExecutionException bug) {
            throw new IllegalStateException(bug);
        }
        List<String> states = new ArrayList<>();
        for (int i = 1; i <= devnet.size(); i++) {
            states.add(rows.get(i - 1).state(devnet.process(i), validators.separate()));
        }
        table.show(rows, states);
        return rows;
    }

    private static String hash(NodeClient client, long height) {
        Fields block = client.get("/v1/blocks/" + height + "?limit=1");
        return block.shown("hash");
    }
}
