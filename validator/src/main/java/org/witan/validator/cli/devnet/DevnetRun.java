package org.witan.validator.cli.devnet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.cli.config.Setting;
import org.witan.validator.cli.http.NodeClient;
import picocli.CommandLine.Model.CommandSpec;

/** One run of a devnet, from the start of its validators to their end. */
final class DevnetRun {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final CommandSpec spec;
    private final GlobalOptions options;
    private final DevnetFolder devnet;
    private final boolean inProcess;
    private final long startedNanos = System.nanoTime();
    private Validators validators;
    private volatile boolean finished;

    DevnetRun(CommandSpec spec, DevnetFolder devnet, boolean inProcess) {
        this.spec = spec;
        this.devnet = devnet;
        this.inProcess = inProcess;
        options = GlobalOptions.of(spec);
        validators = new SeparateProcesses(devnet, Optional.empty());
    }

    /**
     * Starts all validators and waits until they are ready; if one fails, all end.
     *
     * @param outliving whether they go on when this process ends
     */
    void start(Duration patience, boolean outliving) throws InterruptedException {
        requireDown();
        new Ports(devnet.settings(1).address(Setting.LINK_LISTEN).port() - 1)
                .requireFree(devnet.size());
        if (!outliving) {
            devnet.owner().claim(ProcessHandle.current());
            Runtime.getRuntime().addShutdownHook(new Thread(this::end, "devnet-end"));
        }
        Optional<ProcessHandle> parent =
                outliving ? Optional.empty() : Optional.of(ProcessHandle.current());
        validators = inProcess ? new InThisProcess(devnet) : new SeparateProcesses(devnet, parent);
        options.say(spec, "starting " + devnet.size() + " validators in " + devnet.folder());
        List<Integer> all = IntStream.rangeClosed(1, devnet.size()).boxed().toList();
        all.forEach(validators::start);
        try {
            new Readiness(devnet, validators).await(all, patience);
        } catch (OperatorError failed) {
            finished = true;
            validators.endAll();
            throw failed;
        }
        options.say(spec, "all ready after " + seconds());
    }

    /** Shows the network until the process is ended, or until so many blocks are final. */
    void watch(Optional<Long> blocks) throws InterruptedException {
        try {
            show(blocks);
        } catch (RuntimeException failed) {
            finished = true;
            throw failed;
        }
    }

    private void show(Optional<Long> blocks) throws InterruptedException {
        lines().forEach(line -> options.say(spec, line));
        try (NodeClient client = Row.client(devnet, 1)) {
            Traffic traffic = new Traffic(devnet, client);
            long height = traffic.once();
            options.say(spec, "first write final at height " + height + " after " + seconds());
            LiveTable table =
                    new LiveTable(
                            spec.commandLine().getOut(),
                            GlobalOptions.isTerminal() && !options.json());
            Foreground foreground = new Foreground(devnet, validators, table);
            if (blocks.isEmpty()) {
                options.say(spec, "Ctrl-C ends the network");
                foreground.watch();
            }
            Thread writer = Thread.startVirtualThread(() -> traffic.until(blocks.orElseThrow()));
            foreground.watchUntil(blocks.orElseThrow());
            writer.interrupt();
            finished = true;
            options.say(
                    spec,
                    "%d validators agree on block %d after %s"
                            .formatted(devnet.size(), blocks.orElseThrow(), seconds()));
        }
    }

    /** What runs where, for people. */
    List<String> lines() {
        return DevnetCommand.lines(devnet);
    }

    /** What runs where, for scripts. */
    Map<String, Object> json() {
        List<Object> rows = new ArrayList<>();
        for (int i = 1; i <= devnet.size(); i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", "v" + i);
            row.put("home", devnet.home(i).toString());
            row.put("http", devnet.address(i).toString());
            row.put("pid", devnet.process(i).map(ProcessHandle::pid).orElse(0L));
            rows.add(row);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("dir", devnet.folder().toString());
        json.put("readyAfterMillis", (System.nanoTime() - startedNanos) / NANOS_PER_MILLI);
        json.put("validators", rows);
        return json;
    }

    /** Runs as the last thing of the process; one that was told to end has done what it should. */
    private void end() {
        validators.endAll();
        devnet.owner().release(ProcessHandle.current());
        if (!finished) {
            Runtime.getRuntime().halt(ExitCode.OK.number());
        }
    }

    private void requireDown() {
        List<String> running = new ArrayList<>();
        devnet.owner().running().ifPresent(p -> running.add("process " + p.pid() + " runs it"));
        for (int i = 1; i <= devnet.size(); i++) {
            int index = i;
            devnet.process(i).ifPresent(p -> running.add("v" + index + " is process " + p.pid()));
        }
        if (!running.isEmpty()) {
            throw new OperatorError(
                    ExitCode.NOT_FOUND,
                    "ALREADY_RUNNING",
                    "the devnet of " + devnet.folder() + " is running already",
                    String.join(", ", running),
                    "witan devnet down --dir " + devnet.folder());
        }
    }

    private String seconds() {
        double seconds = (System.nanoTime() - startedNanos) / (1000.0 * NANOS_PER_MILLI);
        return "%.1f s".formatted(seconds);
    }
}
