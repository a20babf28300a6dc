package org.witan.validator.cli.devnet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.cli.ask.Table;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code witan devnet}: founds, runs and disturbs a network on this machine. */
@Command(name = "devnet", description = "Run a whole network on this machine.")
public final class DevnetCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "-n", defaultValue = "4", description = "number of validators (4), 1 to 100")
    private int size;

    @Option(
            names = "--dir",
            paramLabel = "D",
            defaultValue = "devnet",
            scope = ScopeType.INHERIT,
            description = "the network's folder (devnet)")
    private Path folder = Path.of("devnet");

    @Option(names = "--base-port", paramLabel = "B", description = "links on B+i, HTTP on B+1000+i")
    private @Nullable Integer basePort;

    @Option(names = "--detach", description = "return when all are ready; end with: devnet down")
    private boolean detach;

    @Option(names = "--processes", description = "a process for each validator (the default)")
    private boolean processes;

    @Option(names = "--in-process", description = "all validators in this process")
    private boolean inProcess;

    @Option(names = "--blocks", paramLabel = "N", description = "write entries, end at height N")
    private @Nullable Long blocks;

    /** Runs the network. */
    @Override
    public Integer call() throws InterruptedException {
        GlobalOptions options = GlobalOptions.of(spec);
        check();
        DevnetRun run = new DevnetRun(spec, folder(), inProcess);
        if (options.dryRun()) {
            options.say(spec, "would run " + size + " validators in " + folder);
            return ExitCode.OK.number();
        }
        run.start(options.timeout().orElse(PATIENCE), detach);
        if (detach) {
            options.print(spec, run.lines(), run.json());
        } else {
            run.watch(Optional.ofNullable(blocks));
        }
        return ExitCode.OK.number();
    }

    /** Ends a validator as a power cut would. */
    @Command(description = "End a validator at once, as kill -9 does.")
    int kill(@Parameters(paramLabel = "I", description = "2 or v2") String which) {
        DevnetFolder devnet = DevnetFolder.open(folder);
        ProcessHandle process = running(devnet, which);
        Signals.kill(process);
        return told(devnet, which, "killed", process);
    }

    /** Starts a validator that is down. */
    @Command(description = "Start a validator that is down, and wait until it is ready.")
    int start(@Parameters(paramLabel = "I", description = "2 or v2") String which)
            throws InterruptedException {
        DevnetFolder devnet = DevnetFolder.open(folder);
        int i = devnet.index(which, verb());
        if (devnet.process(i).isPresent()) {
            throw wrongState(
                    "v" + i + " is running already",
                    "witan status --node " + devnet.address(i) + " shows it");
        }
        SeparateProcesses processes = new SeparateProcesses(devnet, devnet.owner().running());
        processes.start(i);
        Duration patience = GlobalOptions.of(spec).timeout().orElse(PATIENCE);
        new Readiness(devnet, processes).await(List.of(i), patience);
        return told(devnet, which, "started", devnet.process(i).orElseThrow());
    }

    /** Freezes a validator. */
    @Command(description = "Freeze a validator: its sockets stay open, it does nothing.")
    int pause(@Parameters(paramLabel = "I", description = "2 or v2") String which) {
        DevnetFolder devnet = DevnetFolder.open(folder);
        ProcessHandle process = running(devnet, which);
        Signals.pause(process);
        return told(devnet, which, "paused", process);
    }

    /** Lets a frozen validator go on. */
    @Command(description = "Let a frozen validator go on.")
    int resume(@Parameters(paramLabel = "I", description = "2 or v2") String which) {
        DevnetFolder devnet = DevnetFolder.open(folder);
        ProcessHandle process = running(devnet, which);
        Signals.resume(process);
        return told(devnet, which, "resumed", process);
    }

    /** Ends everything that runs in the folder. */
    @Command(description = "End all validators of the folder; what they agreed on stays.")
    int down() {
        DevnetFolder devnet = DevnetFolder.open(folder);
        List<ProcessHandle> all = new ArrayList<>();
        devnet.owner().running().ifPresent(all::add);
        for (int i = 1; i <= devnet.size(); i++) {
            devnet.process(i).ifPresent(all::add);
        }
        Signals.end(all);
        GlobalOptions.of(spec)
                .print(
                        spec,
                        List.of("ended " + all.size() + " processes"),
                        Map.of("ended", all.stream().map(ProcessHandle::pid).toList()));
        return ExitCode.OK.number();
    }

    private void check() {
        if (size < 1 || size > 100) {
            throw usage("-n is " + size + ", allowed are 1 to 100", "-n 4");
        }
        if (inProcess && (detach || processes)) {
            throw usage("--in-process excludes --detach and --processes", "leave one out");
        }
        if (blocks != null && (detach || blocks < 1)) {
            throw usage("--blocks needs a number from 1 and the foreground", "leave out --detach");
        }
    }

    /** The devnet of the folder, founded if there is none; asked-for size and ports must fit. */
    private DevnetFolder folder() {
        Ports ports = new Ports(basePort == null ? 7400 : basePort);
        if (!DevnetFolder.exists(folder)) {
            ports.requireFree(size);
            return DevnetFolder.found(folder, size, ports);
        }
        DevnetFolder devnet = DevnetFolder.open(folder);
        boolean sizeFits = devnet.size() == size || !given("-n");
        boolean portsFit = basePort == null || devnet.address(1).port() == ports.http(1);
        if (!sizeFits || !portsFit) {
            throw wrongState(
                    folder
                            + " holds a devnet of "
                            + devnet.size()
                            + " validators with HTTP from port "
                            + devnet.address(1).port(),
                    "name another --dir, or leave out -n and --base-port");
        }
        return devnet;
    }

    private boolean given(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    /** The verb that was called, which advice repeats: another one might do harm. */
    private String verb() {
        CommandLine.ParseResult called = spec.commandLine().getParseResult().subcommand();
        return called.commandSpec().name();
    }

    private ProcessHandle running(DevnetFolder devnet, String which) {
        int i = devnet.index(which, verb());
        return devnet.process(i)
                .orElseThrow(() ->
                        wrongState(
                                "v" + i + " is not running",
                                "witan devnet start " + i + " --dir " + devnet.folder()));
    }

    private int told(DevnetFolder devnet, String which, String done, ProcessHandle process) {
        String id = "v" + devnet.index(which, verb());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("done", done);
        json.put("pid", process.pid());
        GlobalOptions.of(spec)
                .print(spec, List.of(done + " " + id + " (process " + process.pid() + ")"), json);
        return ExitCode.OK.number();
    }

    private static OperatorError usage(String why, String fix) {
        return new OperatorError(
                ExitCode.USAGE, "USAGE", "'witan devnet' cannot be run like this", why, fix);
    }

    private static OperatorError wrongState(String why, String fix) {
        return new OperatorError(
                ExitCode.NOT_FOUND, "WRONG_STATE", "the devnet is in another state", why, fix);
    }

    /** One line per validator, for people. */
    static List<String> lines(DevnetFolder devnet) {
        Table table = new Table("ID", "HTTP", "HOME");
        for (int i = 1; i <= devnet.size(); i++) {
            table.row("v" + i, devnet.address(i).toString(), devnet.home(i).toString());
        }
        return table.lines();
    }
}
