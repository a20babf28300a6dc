package org.witan.validator.fire;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.witan.genesis.membership.Endpoint;
import org.witan.validator.cli.http.NodeAddress;
import org.witan.validator.fire.machine.Shell;

/**
 * A network namespace for each validator, all on one bridge, with a filter in front of each.
 *
 * <p>The clients' way to the APIs goes over the same bridge from an address that no filter names.
 * Addresses are of 198.18.0.0/15, which is set aside for measurements.
 */
final class Namespaces implements AutoCloseable {
    private static final int LINK_PORT = 7400;
    private static final int API_PORT = 8400;

    /** As the filter and the queue tell it. */
    private static final Pattern FELT = Pattern.compile("(?:packets|overlimits) (\\d+)");

    private final String name = "wf" + ProcessHandle.current().pid() % 100_000;
    private final String net = "198.18." + ProcessHandle.current().pid() % 250 + ".";
    private final int size;

    Namespaces(int size) throws IOException, InterruptedException {
        this.size = size;
        try {
            make();
        } catch (IOException | RuntimeException | Error failed) {
            close();
            throw failed;
        }
    }

    private void make() throws IOException, InterruptedException {
        Shell.run("ip", "netns", "add", name + "s");
        Shell.run("ip", "-n", name + "s", "link", "add", "br0", "type", "bridge");
        Shell.run("ip", "-n", name + "s", "link", "set", "br0", "up");
        for (int i = 1; i <= size; i++) {
            Shell.run("ip", "netns", "add", space(i));
            Shell.run(words("ip link add e0 netns %s type veth peer name p%d netns %ss", i));
            Shell.run("ip", "-n", space(i), "addr", "add", address(i) + "/24", "dev", "e0");
            Shell.run("ip", "-n", space(i), "link", "set", "e0", "up");
            Shell.run("ip", "-n", space(i), "link", "set", "lo", "up");
            port("p" + i);
            nft(i, "add table inet witan");
            nft(i, "add chain inet witan in { type filter hook input priority 0 ; }");
        }
        Shell.run(
                "ip",
                "link",
                "add",
                name,
                "type",
                "veth",
                "peer",
                "name",
                "clients",
                "netns",
                name + "s");
        Shell.run("ip", "addr", "add", net + "254/24", "dev", name);
        Shell.run("ip", "link", "set", name, "up");
        port("clients");
    }

    /** Why this machine cannot do this; empty if it can. */
    static Optional<String> problem() throws IOException, InterruptedException {
        String probe = "wfprobe" + ProcessHandle.current().pid();
        for (List<String> command :
                List.of(
                        List.of("ip", "netns", "add", probe),
                        List.of("ip", "netns", "exec", probe, "nft", "list", "ruleset"),
                        List.of("ip", "-n", probe, "link", "add", "br0", "type", "bridge"))) {
            Shell.Result result = Shell.attempt(command);
            if (result.exitCode() != 0) {
                Shell.attempt(List.of("ip", "netns", "del", probe));
                return Optional.of(
                        "no network namespaces here: "
                                + String.join(" ", command)
                                + ": "
                                + result.output().strip());
            }
        }
        Shell.run("ip", "netns", "del", probe);
        return Optional.empty();
    }

    List<Fleet.Site> sites(Path folder) {
        List<Fleet.Site> sites = new ArrayList<>();
        for (int i = 1; i <= size; i++) {
            sites.add(
                    new Fleet.Site(
                            folder.resolve("v" + i),
                            address(i) + ":" + LINK_PORT,
                            new Endpoint(address(i), LINK_PORT),
                            new NodeAddress(address(i), API_PORT),
                            List.of("ip", "netns", "exec", space(i))));
        }
        return sites;
    }

    /** Drops what goes from one validator to another where {@code cut} says so; nothing else. */
    void cut(BiPredicate<Integer, Integer> cut) throws IOException, InterruptedException {
        for (int to = 1; to <= size; to++) {
            StringBuilder rules = new StringBuilder("flush chain inet witan in\n");
            for (int from = 1; from <= size; from++) {
                if (from != to && cut.test(from, to)) {
                    rules.append("add rule inet witan in ip saddr ")
                            .append(address(from))
                            .append(" counter drop\n");
                }
            }
            nft(to, rules.toString());
        }
    }

    /** Loses a share of all packets between validators. */
    void lose(int percent) throws IOException, InterruptedException {
        for (int to = 1; to <= size; to++) {
            nft(
                    to,
                    ("add rule inet witan in ip saddr != %s254 numgen random mod 100 < %d"
                                    + " counter drop")
                            .formatted(net, percent));
        }
    }

    /** Limits what each validator sends. */
    void slow(String rate) throws IOException, InterruptedException {
        for (int i = 1; i <= size; i++) {
            Shell.run(
                    ("ip netns exec %s tc qdisc add dev e0 root tbf rate %s burst 16kb latency"
                                    + " 400ms")
                            .formatted(space(i), rate)
                            .split(" "));
        }
    }

    /** How many packets the faults that there are now have dropped or held back. */
    long felt() throws IOException, InterruptedException {
        long felt = 0;
        for (int i = 1; i <= size; i++) {
            List<String> inside = List.of("ip", "netns", "exec", space(i));
            Matcher packets =
                    FELT.matcher(
                            Shell.run(with(inside, "nft list chain inet witan in"))
                                    + Shell.run(with(inside, "tc -s qdisc show dev e0")));
            while (packets.find()) {
                felt += Long.parseLong(packets.group(1));
            }
        }
        return felt;
    }

    private static List<String> with(List<String> words, String more) {
        return Stream.concat(words.stream(), Stream.of(more.split(" "))).toList();
    }

    /** Takes every fault away. */
    void heal() throws IOException, InterruptedException {
        for (int i = 1; i <= size; i++) {
            Shell.attempt(
                    List.of(
                            ("ip netns exec %s tc qdisc del dev e0 root")
                                    .formatted(space(i))
                                    .split(" ")));
        }
        cut((from, to) -> false);
    }

    @Override
    public void close() throws IOException {
        try {
            for (int i = 1; i <= size; i++) {
                Shell.attempt(List.of("ip", "netns", "del", space(i)));
            }
            Shell.attempt(List.of("ip", "link", "del", name));
            Shell.attempt(List.of("ip", "netns", "del", name + "s"));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private String space(int i) {
        return name + "n" + i;
    }

    private String address(int i) {
        return net + i;
    }

    private String[] words(String text, int i) {
        return text.formatted(space(i), i, name).split(" ");
    }

    private void port(String port) throws IOException, InterruptedException {
        Shell.run("ip", "-n", name + "s", "link", "set", port, "master", "br0", "up");
    }

    private void nft(int i, String rules) throws IOException, InterruptedException {
        Shell.run("ip", "netns", "exec", space(i), "nft", rules);
    }
}
