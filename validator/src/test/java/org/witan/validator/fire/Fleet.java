package org.witan.validator.fire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.devnet.Devnet;
import org.witan.genesis.file.SafeFiles;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.Founding;
import org.witan.validator.cli.config.Setting;
import org.witan.validator.cli.http.Fields;
import org.witan.validator.cli.http.NodeAddress;
import org.witan.validator.cli.http.NodeClient;
import org.witan.validator.cli.node.NodeHome;
import org.witan.validator.e2e.Await;
import org.witan.validator.e2e.Witan;
import org.witan.validator.fire.machine.Shell;

/**
 * Validators {@code v1} to {@code vN}, each a process in a place of its own.
 *
 * <p>Their logs stand outside of their homes, so that no fault of a disk takes away what they said;
 * they log every vote.
 */
final class Fleet implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Four validators share two cores with the clients; this compiler warms up sooner. */
    private static final String YOUNG = "-XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=0.1";

    private final Path folder;
    private final List<Site> sites;
    private final Devnet devnet;
    private final Map<Integer, Process> processes = new TreeMap<>();
    private final Map<String, Integer> killed = new TreeMap<>();

    /**
     * Where a validator runs.
     *
     * @param home its folder, which may be a mounted disk
     * @param linkListen {@code host:port} that it listens on
     * @param dialled where the genesis says that it is; a proxy may stand there
     * @param api {@code host:port} of its API
     * @param prefix words before its command, such as those that enter a network namespace
     */
    record Site(
            Path home, String linkListen, Endpoint dialled, NodeAddress api, List<String> prefix) {}

    /** Founds a network; nothing runs yet. */
    Fleet(Path folder, List<Site> sites) throws IOException {
        this(folder, sites, Instant.now());
    }

    /** The same, founded some time ago. */
    Fleet(Path folder, List<Site> sites, Instant founded) throws IOException {
        this.folder = folder;
        this.sites = List.copyOf(sites);
        Files.createDirectories(folder);
        devnet =
                Devnet.found(
                        "fire",
                        founded,
                        sites.stream().map(Site::dialled).toList(),
                        new SecureRandom());
        SafeFiles.createPublic(genesis(), devnet.genesis().toBytes());
        for (int i = 1; i <= sites.size(); i++) {
            home(i);
        }
    }

    /** Sites on the loopback, with homes in the folder. */
    static List<Site> loopback(Path folder, int size) {
        int base = Witan.freeBase(size);
        List<Site> sites = new ArrayList<>();
        for (int i = 1; i <= size; i++) {
            sites.add(
                    new Site(
                            folder.resolve("v" + i),
                            "127.0.0.1:" + (base + i),
                            new Endpoint("127.0.0.1", base + i),
                            new NodeAddress("127.0.0.1", base + 1000 + i),
                            List.of()));
        }
        return sites;
    }

    private void home(int i) {
        Site site = site(i);
        Map<Setting, String> settings = new LinkedHashMap<>();
        settings.put(Setting.ID, "v" + i);
        settings.put(Setting.GENESIS, genesis().toAbsolutePath().toString());
        settings.put(Setting.LINK_LISTEN, site.linkListen);
        settings.put(Setting.API_LISTEN, site.api.host() + ":" + site.api.port());
        settings.put(Setting.LOG_LEVEL, "debug");
        NodeHome.make(site.home, key(i), Optional.empty(), settings);
    }

    int size() {
        return sites.size();
    }

    Site site(int i) {
        return sites.get(i - 1);
    }

    Path genesis() {
        return folder.resolve("genesis.json");
    }

    Path store(int i) {
        return site(i).home.resolve("store");
    }

    /** What the node wrote over all its lives. */
    Path log(int i) {
        return folder.resolve("v" + i + ".log");
    }

    SigningKey key(int i) {
        return devnet.founders().get(i - 1).nodeKey();
    }

    Founding founding() {
        return devnet.genesis().founding();
    }

    /** Starts a validator and goes on; {@code more} are further words of its command. */
    Process start(int i, String... more) throws IOException {
        List<String> command = new ArrayList<>(site(i).prefix);
        command.add(Witan.launcher().toString());
        command.addAll(List.of("start", "--home", site(i).home.toString()));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command);
        Witan.setEnvironment(builder);
        builder.environment().put("WITAN_JAVA_OPTS", YOUNG);
        builder.environment().put("WITAN_HEAP", "256m");
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log(i).toFile()));
        Process process = builder.start();
        processes.put(i, process);
        return process;
    }

    /** Starts all and waits until all are ready. */
    Fleet startAll() throws IOException {
        for (int i = 1; i <= size(); i++) {
            start(i);
        }
        awaitReady(IntStream.rangeClosed(1, size()).toArray());
        return this;
    }

    void awaitReady(int... indexes) {
        for (int i : indexes) {
            Await.until(
                    "v" + i + " is ready",
                    PATIENCE,
                    () -> status(i).flag("ready") && process(i).isAlive());
        }
    }

    /** The live or last process of a validator. */
    Process process(int i) {
        @Nullable Process process = processes.get(i);
        assertThat(process).as("a process of v%d", i).isNotNull();
        return java.util.Objects.requireNonNull(process);
    }

    /** How often each was killed, by its id. */
    Map<String, Integer> killed() {
        return killed;
    }

    /** SIGKILL, and waits for the end. */
    void kill(int i) throws InterruptedException {
        killed.merge("v" + i, 1, Integer::sum);
        process(i).destroyForcibly();
        assertThat(process(i).waitFor(20, TimeUnit.SECONDS)).as("v%d is gone", i).isTrue();
    }

    /** SIGTERM, and waits for an end with exit code 0. */
    void stop(int i) throws InterruptedException {
        process(i).destroy();
        assertThat(process(i).waitFor(60, TimeUnit.SECONDS)).as("v%d ends", i).isTrue();
        assertThat(process(i).exitValue()).as("exit code of v%d", i).isZero();
    }

    /** The same for all, one after the other. */
    void stopAll() throws InterruptedException {
        for (int i = 1; i <= size(); i++) {
            stop(i);
        }
    }

    /** Sends a signal to these validators with one call. */
    void signal(String name, int... indexes) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        for (int i : indexes) {
            command.add(Long.toString(process(i).pid()));
        }
        Shell.run(command);
    }

    Fields status(int i) {
        return get(i, "/v1/status");
    }

    Fields get(int i, String path) {
        try (NodeClient client = client(i, Duration.ofSeconds(3))) {
            return client.get(path);
        }
    }

    NodeClient client(int i, Duration patience) {
        return new NodeClient(site(i).api, patience);
    }

    long height(int i) {
        return status(i).number("height").orElse(-1L);
    }

    /** Whether it is ready and at most a block behind another one. */
    boolean isAtTip(int i, int other) {
        return status(i).flag("ready") && height(i) >= height(other) - 1;
    }

    /** The number of the validator that leads by the word of {@code asked}. */
    int leader(int asked) {
        return Integer.parseInt(status(asked).shown("leader").substring(1));
    }

    /** Waits until these stand at one height with one state root, and nothing waits. */
    void awaitAgreement(Duration patience, int... indexes) {
        Await.until(
                "agreement",
                patience,
                () ->
                        IntStream.of(indexes)
                                        .mapToObj(this::status)
                                        .map(s -> s.shown("height") + " " + s.shown("stateRoot"))
                                        .distinct()
                                        .count()
                                == 1);
    }

    @Override
    public void close() {
        for (Process process : processes.values()) {
            process.destroyForcibly();
        }
        for (Process process : processes.values()) {
            process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        }
    }
}
