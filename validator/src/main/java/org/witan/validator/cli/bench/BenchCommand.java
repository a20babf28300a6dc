package org.witan.validator.cli.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Sender;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.cli.Units;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.cli.ask.Author;
import org.witan.validator.cli.ask.SameNetwork;
import org.witan.validator.cli.config.Setting;
import org.witan.validator.cli.config.Settings;
import org.witan.validator.cli.config.SettingsSources;
import org.witan.validator.cli.http.Answer;
import org.witan.validator.cli.http.Fields;
import org.witan.validator.cli.http.NodeAddress;
import org.witan.validator.cli.http.NodeClient;
import org.witan.validator.cli.http.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code witan bench}: how many signed puts become final, and how fast. */
@Command(name = "bench", description = "Measure signed puts through running nodes.")
public final class BenchCommand implements Callable<Integer> {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--clients", defaultValue = "16", description = "puts in flight at most (16)")
    private int clients;

    @Option(names = "--rate", paramLabel = "R", description = "puts due per second; else closed")
    private @Nullable Double rate;

    @Option(names = "--duration", defaultValue = "10s", description = "how long to measure (10s)")
    private String duration = "";

    @Option(names = "--warmup", defaultValue = "2s", description = "not measured before it (2s)")
    private String warmup = "";

    @Option(names = "--value-bytes", defaultValue = "200", description = "size of a value (200)")
    private int valueBytes;

    @Option(names = "--dir", description = "sign as the validators of this devnet (devnet)")
    private @Nullable Path dir;

    @Override
    public Integer call() throws InterruptedException {
        GlobalOptions options = GlobalOptions.of(spec);
        Duration measured = time(duration);
        Duration unmeasured = time(warmup);
        List<Settings> homes = homes(options);
        List<NodeAddress> nodes = nodes(options, homes);
        check(homes.size());
        List<BenchSender> senders;
        try (NodeClient client = new NodeClient(nodes.getFirst(), Duration.ofSeconds(10))) {
            Answer network = client.send(Request.get("/v1/network"));
            requireFitting(valueBytes, client.fields(network));
            senders = homes.stream().map(home -> sender(client, network, home)).toList();
        }
        if (!unmeasured.isZero()) {
            run(unmeasured, nodes, senders);
        }
        BenchResult result = run(measured, nodes, senders);
        result.errors().forEach((reason, n) -> options.say(spec, "failed: " + n + " × " + reason));
        options.print(spec, result.lines(), result.json());
        return (result.latencies().total() == 0 ? ExitCode.UNREACHABLE : ExitCode.OK).number();
    }

    private BenchResult run(Duration length, List<NodeAddress> nodes, List<BenchSender> senders)
            throws InterruptedException {
        Schedule schedule =
                new Schedule(System.nanoTime(), length.toNanos(), rate == null ? 0 : rate);
        BenchPlan plan = new BenchPlan(schedule, valueBytes, ThreadLocalRandom.current().nextInt());
        List<BenchClient> all = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            NodeAddress node = nodes.get(i % nodes.size());
            all.add(new BenchClient(plan, i, node, senders.get(i % senders.size())));
        }
        all.forEach(client -> threads.add(Thread.startVirtualThread(client)));
        for (Thread thread : threads) {
            thread.join();
        }
        return BenchResult.of(all, (double) length.toNanos() / NANOS_PER_SECOND);
    }

    /** Refuses values that the network would only refuse one by one. */
    static void requireFitting(int valueBytes, Fields network) {
        long most = network.inner("rules").number("entryMaxBytes").orElse(Long.MAX_VALUE);
        if (valueBytes > most) {
            throw new OperatorError(
                    ExitCode.USAGE,
                    "VALUE_TOO_LARGE",
                    "no put of this size would succeed",
                    "--value-bytes is %d, the network's rule entryMaxBytes allows %d"
                            .formatted(valueBytes, most),
                    "--value-bytes " + most + " or less");
        }
    }

    private static BenchSender sender(NodeClient client, Answer network, Settings home) {
        Author author = new Author(home);
        SameNetwork.require(author.network(), client.address(), network);
        return BenchSender.of(
                client, author.network(), Sender.member(author.id()), author.signer());
    }

    /** The homes whose keys sign: the named one, else those of a devnet. */
    private List<Settings> homes(GlobalOptions options) {
        SettingsSources here = SettingsSources.of(options);
        if (dir == null && (options.home().isPresent() || here.hasFile())) {
            return List.of(here.resolve());
        }
        Path devnet = dir == null ? Path.of("devnet") : dir;
        List<Settings> homes = new ArrayList<>();
        for (int i = 1; Files.exists(home(devnet, i).resolve(SettingsSources.FILE_NAME)); i++) {
            Optional<Path> home = Optional.of(home(devnet, i));
            homes.add(new SettingsSources(Map.of(), Map.of(), home, Optional.empty()).resolve());
        }
        if (homes.isEmpty()) {
            throw new OperatorError(
                    ExitCode.USAGE,
                    "NO_SENDER",
                    "nobody is named who signs the puts",
                    "no --home, and no devnet in " + devnet,
                    "--home DIR of a member, or --dir DIR of a devnet");
        }
        return homes;
    }

    private static Path home(Path devnet, int i) {
        return devnet.resolve("v" + i);
    }

    private static List<NodeAddress> nodes(GlobalOptions options, List<Settings> homes) {
        if (options.node().isPresent()) {
            return Arrays.stream(options.node().get().split(",")).map(NodeAddress::parse).toList();
        }
        return homes.stream()
                .map(home -> NodeAddress.parse(home.address(Setting.API_LISTEN).localUrl()))
                .toList();
    }

    private void check(int senders) {
        int most = senders * NonceSource.SPAN;
        boolean sizeFits = valueBytes >= 0 && valueBytes <= Operation.MAX_VALUE_BYTES;
        if (clients < 1 || clients > most || !sizeFits || rate != null && !(rate > 0)) {
            throw new OperatorError(
                    ExitCode.USAGE,
                    "USAGE",
                    "'witan bench' cannot be run like this",
                    "clients are 1 to %d for %d senders, a value has 0 to %d bytes, a rate is > 0"
                            .formatted(most, senders, Operation.MAX_VALUE_BYTES),
                    "witan bench --help");
        }
    }

    /** A duration with its unit, or a number of seconds. */
    private static Duration time(String text) {
        try {
            return Units.duration(text.matches("[0-9]+") ? text + "s" : text);
        } catch (IllegalArgumentException bad) {
            throw new OperatorError(
                    ExitCode.USAGE,
                    "USAGE",
                    "'witan bench' cannot be run like this",
                    String.valueOf(bad.getMessage()),
                    "--duration 10s");
        }
    }
}
