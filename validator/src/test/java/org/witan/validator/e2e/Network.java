package org.witan.validator.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.witan.validator.cli.http.Answer;
import org.witan.validator.cli.http.Fields;
import org.witan.validator.cli.http.NodeAddress;
import org.witan.validator.cli.http.NodeClient;
import org.witan.validator.cli.http.Request;
import org.witan.validator.cli.node.PidFile;

/** A devnet of separate processes, which ends with the test. */
public final class Network implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path folder;
    private final int size;
    private final int base;

    private Network(Path folder, int size, int base) {
        this.folder = folder;
        this.size = size;
        this.base = base;
    }

    /** Starts a network and returns when all are ready. */
    public static Network up(Path folder, int size) throws IOException, InterruptedException {
        return up(Witan.launcher(), folder, size);
    }

    /** The same of another program. */
    public static Network up(Path launcher, Path folder, int size)
            throws IOException, InterruptedException {
        int base = Witan.freeBase(size);
        Network network = new Network(folder, size, base);
        Witan.Said said =
                Witan.runBy(
                        launcher,
                        "devnet",
                        "-n",
                        size,
                        "--dir",
                        folder,
                        "--base-port",
                        base,
                        "--detach");
        if (said.exitCode() != 0) {
            network.close();
        }
        said.ok();
        return network;
    }

    public Path folder() {
        return folder;
    }

    public Path genesis() {
        return folder.resolve("genesis.json");
    }

    public Path home(int i) {
        return folder.resolve("v" + i);
    }

    public int linkPort(int i) {
        return base + i;
    }

    public int httpPort(int i) {
        return base + 1000 + i;
    }

    public NodeAddress address(int i) {
        return new NodeAddress("127.0.0.1", httpPort(i));
    }

    public NodeClient client(int i) {
        return new NodeClient(address(i), PATIENCE);
    }

    public ProcessHandle process(int i) {
        return PidFile.of(home(i)).running().orElseThrow();
    }

    public boolean isRunning(int i) {
        return PidFile.of(home(i)).running().isPresent();
    }

    public String log(int i) throws IOException {
        return Files.readString(home(i).resolve("node.log"));
    }

    /** Asks validator {@code i}. */
    public Fields get(int i, String path) {
        try (NodeClient client = client(i)) {
            return client.get(path);
        }
    }

    /** What validator {@code i} answers, whatever its status. */
    public Answer answer(int i, String path) {
        try (NodeClient client = client(i)) {
            return client.send(Request.get(path));
        }
    }

    /**
     * Those of these writes, transactions by key, that stand in no block of validator {@code i}.
     */
    public List<String> lacking(int i, Map<String, String> acknowledged) {
        try (NodeClient client = client(i)) {
            return acknowledged.entrySet().stream()
                    .filter(write -> !isCommitted(client, write.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    private static boolean isCommitted(NodeClient client, String transaction) {
        Answer answer = client.send(Request.get("/v1/transactions/" + transaction));
        return answer.status() == 200
                && client.fields(answer).text("status").filter("committed"::equals).isPresent();
    }

    /** A command to the devnet. */
    public Witan.Said devnet(Object... words) throws IOException, InterruptedException {
        Object[] all = java.util.Arrays.copyOf(words, words.length + 2);
        all[words.length] = "--dir";
        all[words.length + 1] = folder;
        Object[] whole = new Object[all.length + 1];
        whole[0] = "devnet";
        System.arraycopy(all, 0, whole, 1, all.length);
        return Witan.run(whole);
    }

    /** Makes the home of an observer {@code obs} that the first validator invites. */
    public void invite(Path home) throws IOException, InterruptedException {
        Witan.Said word = Witan.run("invite", "create", "--role", "observer", "--home", home(1));
        Witan.run(
                        "join",
                        word.ok().out().strip(),
                        "--home",
                        home,
                        "--id",
                        "obs",
                        "--genesis",
                        genesis(),
                        "--api-listen",
                        "127.0.0.1:" + httpPort(size + 1))
                .ok();
    }

    /** The distinct pairs of height and state root of these validators. */
    public Set<String> standings(int... indexes) {
        Set<String> standings = new TreeSet<>();
        for (int i : indexes) {
            Fields status = get(i, "/v1/status");
            standings.add(status.shown("height") + " " + status.shown("stateRoot"));
        }
        return standings;
    }

    /** Waits until these validators stand at one height with one state root. */
    public void awaitAgreement(Duration patience, int... indexes) {
        Await.until("agreement", patience, () -> standings(indexes).size() == 1);
    }

    /** The states of the links that validator {@code i} reports. */
    public List<String> links(int i) {
        return get(i, "/v1/mesh").list("links").stream()
                .map(link -> link.shown("peer") + " " + link.shown("state"))
                .toList();
    }

    public int size() {
        return size;
    }

    @Override
    public void close() throws IOException {
        try {
            if (Files.exists(genesis())) {
                devnet("down");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
