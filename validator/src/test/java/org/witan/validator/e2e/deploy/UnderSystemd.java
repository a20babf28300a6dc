package org.witan.validator.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.witan.validator.e2e.Await;
import org.witan.validator.e2e.Network;

/** What a real systemd makes of the unit of one node. */
final class UnderSystemd {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Network network;
    private final PrivateHost host;
    private final int node;
    private final String unit;

    /** Of a validator that runs on this host and can be spared. */
    UnderSystemd(Network network, PrivateHost host, int node) {
        this.network = network;
        this.host = host;
        this.node = node;
        this.unit = "witan@v" + node;
    }

    /** Its confinement, how often it is started again, and how long its end is waited for. */
    void requireWhatTheUnitSays() throws Exception {
        requireConfined();
        requireThatItsReasonsAreInTheJournal();
        String dropIn = "/etc/systemd/system/" + unit + ".service.d";
        String lines =
                """
                mkdir %1$s
                cat >%1$s/hasty.conf <<END
                [Service]
                RestartSec=100ms
                TimeoutStopSec=2s
                KillSignal=SIGQUIT
                END
                systemctl daemon-reload
                """;
        host.shell(lines.formatted(dropIn));
        requireFiveAttempts();
        requireThatOneWhichDoesNotEndIsKilled();
        host.shell("rm -r " + dropIn + "\nsystemctl daemon-reload");
        startAgain();
    }

    /** It may write its home and nothing else, and has no rights that others have not. */
    private void requireConfined() throws Exception {
        assertThat(property("TimeoutStopUSec")).isEqualTo("25s");
        String process = "/proc/" + property("MainPID");
        assertThat(host.shell("cat " + process + "/status"))
                .containsPattern("NoNewPrivs:\\s+1\n")
                .containsPattern("Seccomp:\\s+2\n")
                .containsPattern("CapBnd:\\s+0000000000000000\n")
                .containsPattern("CapEff:\\s+0000000000000000\n")
                .containsPattern("Umask:\\s+0077\n")
                .doesNotContainPattern("Uid:\\s+0\\b");
        assertThat(host.shell("cat " + process + "/limits"))
                .containsPattern("Max open files +16384 +16384");
        requireBounds();
        String written =
                """
                nsenter --mount -t %s sh -c '
                    for folder in / /etc /etc/witan /usr /opt/witan /var/log /var/lib/witan \\
                        /var/lib/witan/*; do
                        touch $folder/x 2>/dev/null && rm $folder/x && echo $folder
                    done
                    ls -A /root /home
                    ls /dev/mem /dev/kmsg 2>/dev/null'
                """;
        String home = "/var/lib/witan/v" + node;
        assertThat(host.run("bash", "-c", written.formatted(property("MainPID"))).text())
                .isEqualTo(home + "\n/home:\n\n/root:\n");
    }

    /** In its control groups, as far as this machine lets systemd have their controllers. */
    private void requireBounds() throws Exception {
        String group = property("ControlGroup");
        String v1 = "/sys/fs/cgroup/%s%s/%s";
        String v2 = "/sys/fs/cgroup" + group;
        String memory = v1.formatted("memory", group, "memory.limit_in_bytes");
        String tasks = v1.formatted("pids", group, "pids.max");
        String files = memory + " " + v2 + "/memory.max " + tasks + " " + v2 + "/pids.max";
        assertThat(host.run("bash", "-c", "cat " + files + " 2>/dev/null").text().lines())
                .isSubsetOf("" + (2L << 30), "1024");
    }

    private void requireThatItsReasonsAreInTheJournal() throws Exception {
        assertThat(host.run("journalctl", "--no-pager", "--output=cat", "-u", unit).ok())
                .contains("halted exit=7", "error[LEVEL_TOO_LOW]", "  try: install the release");
    }

    /** Five within ten minutes; then it stays down until a person has looked. */
    private void requireFiveAttempts() throws Exception {
        host.run("systemctl", "reset-failed", unit).ok();
        Set<String> processes = new TreeSet<>();
        Await.until(
                unit + " is given up",
                SOON,
                () -> {
                    if (property("SubState").equals("running")) {
                        processes.add(property("MainPID"));
                        host.run("kill", "-9", property("MainPID"));
                    }
                    return property("SubState").equals("failed");
                });
        assertThat(processes).as("the first one and five more").hasSize(6);
        assertThat(property("Result")).isEqualTo("signal");
        startAgain();
    }

    /** To SIGQUIT it says what its threads do, and goes on. */
    private void requireThatOneWhichDoesNotEndIsKilled() throws Exception {
        host.run("systemctl", "stop", unit).ok();
        assertThat(property("Result")).isEqualTo("timeout");
        assertThat(property("MainPID")).isEqualTo("0");
    }

    /** As somebody does who has looked. */
    private void startAgain() throws Exception {
        host.run("systemctl", "reset-failed", unit).ok();
        host.run("systemctl", "start", unit).ok();
        Await.until(unit + " is ready", SOON, () -> network.get(node, "/v1/status").flag("ready"));
    }

    private String property(String name) throws Exception {
        return host.property(unit, name).orElseThrow();
    }
}
