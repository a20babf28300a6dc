package org.witan.validator.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.validator.e2e.Await;
import org.witan.validator.e2e.Network;
import org.witan.validator.e2e.Witan;

/**
 * Two of four validators run on a host of one organisation, as {@code deploy/install.sh} set it up
 * and as the unit says, and get another release by {@code deploy/rolling-upgrade.sh --hosts}.
 */
@Tag("fire")
class HostsUpgradeTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String OLD = "0.8.0";
    private static final String NEW = "0.9.0";
    private static final String BROKEN = "0.9.1";
    private static final Path DEPLOY = Path.of("..", "deploy").toAbsolutePath().normalize();

    @TempDir private Path scratch;

    @Test
    void twoNodesOfAHostGetAReleaseOneByOneAndGoBack() throws Exception {
        assumeTrue(PrivateHost.isPossible(), "needs root and mount namespaces");
        try (Network network = Network.up(scratch.resolve("d"), 4);
                PrivateHost host = PrivateHost.in(scratch)) {
            install(host);
            moveIn(network, host, 3);
            moveIn(network, host, 4);
            Path nodes = scratch.resolve("nodes.txt");
            Files.writeString(nodes, "# ID URL HOME\n" + line(network, 3) + line(network, 4));
            Roll roll =
                    new Roll(host.command(DEPLOY.resolve("rolling-upgrade.sh"), "--hosts", nodes));

            aReleaseThatCannotStartIsTakenBack(host, roll);
            plan(network);
            anotherArchiveThanThePlansIsRefused(roll);
            int done = theFirstOneIsDone(roll);
            int other = 7 - done;
            requireThatACrashChangesNothing(network, host, done, other);
            theOtherFollowsInTwoRuns(host, roll, other);
            requireReleases(host, NEW, NEW);

            Roll.Said back = roll.run("--to", NEW, "--back");
            assertThat(back.exitCode()).as(back.text()).isZero();
            requireReleases(host, OLD, OLD);
            network.awaitAgreement(SOON, 1, 2, 3, 4);
            aRebootStartsWhatWasChosen(network, host);
            whoWouldOnlyEndAgainStaysStopped(network, host);
            if (host.hasSystemd()) {
                new UnderSystemd(network, host, 4).requireWhatTheUnitSays();
            }
            network.awaitAgreement(SOON, 1, 2, 3, 4);
            assertThat(host.shell("find /var/lib/witan ! -user witan ! -path /var/lib/witan"))
                    .as("files in homes that are not the node's")
                    .isEmpty();
        }
    }

    private void install(PrivateHost host) throws Exception {
        Path script = DEPLOY.resolve("install.sh");
        host.run(script, "host").ok();
        host.run(script, "stage", Release.archiveOfLevelOne(scratch, OLD)).ok();
        host.run(script, "stage", Release.archive(scratch, NEW)).ok();
        activate(host, OLD, 3);
        activate(host, OLD, 4);
        assertThat(host.shell("readlink /opt/witan/current")).isEqualTo("releases/" + OLD + "\n");
    }

    /** A validator of the devnet moves into the host, as the page of a host lays it out. */
    private static void moveIn(Network network, PrivateHost host, int i) throws Exception {
        Witan.run("stop", "--home", network.home(i)).ok();
        String lines =
                """
                id=v%d from=%s home=/var/lib/witan/v%1$d
                cp -aL "$from" $home
                install -d -m 0700 /etc/witan/$id
                mv $home/passphrase /etc/witan/$id/passphrase
                echo 'JAVA_HOME=%s' >/etc/witan/$id/environment
                sed -i /passphrase/d $home/witan.yaml
                rm -f $home/witan.pid $home/admin/*
                chown -R witan:witan $home /etc/witan/$id
                chmod 0700 $home
                """;
        host.shell(lines.formatted(i, network.home(i), System.getProperty("java.home")));
        host.start("witan@v" + i);
        Await.until("v" + i + " is ready", SOON, () -> network.get(i, "/v1/status").flag("ready"));
    }

    private static String home(int i) {
        return "/var/lib/witan/v" + i;
    }

    private static String line(Network network, int i) {
        return "v%d http://127.0.0.1:%d /var/lib/witan/v%1$d%n".formatted(i, network.httpPort(i));
    }

    /** A run that ends between two nodes. */
    private static int theFirstOneIsDone(Roll roll) throws Exception {
        Roll.Said planned = roll.run("--to", NEW, "--plan-only");
        assertThat(planned.exitCode()).as(planned.text()).isZero();
        assertThat(planned.text()).contains("would: v3", "would: v4");
        Roll.Said cut = roll.until(line -> line.matches(".* v[34]: done"), "--to", NEW);
        assertThat(cut.text()).containsPattern("v[34]: done\n");
        return cut.text().contains("v3: done\n") ? 3 : 4;
    }

    /** Who was not reached yet is started again by systemd, with the release that it ran. */
    private static void requireThatACrashChangesNothing(
            Network network, PrivateHost host, int done, int other) throws Exception {
        assertThat(release(host, done)).isEqualTo(NEW);
        assertThat(release(host, other)).isEqualTo(OLD);
        assertThat(host.shell("readlink /opt/witan/current")).isEqualTo("releases/" + OLD + "\n");
        long before = pid(host, other);
        host.shell("kill -9 " + before);
        Await.until(
                "v" + other + " is back",
                SOON,
                () -> pid(host, other) != before && network.get(other, "/v1/status").flag("ready"));
        assertThat(release(host, other)).isEqualTo(OLD);
        requireProperty(host, other, "NRestarts", "1");
        requireProperty(host, other, "MainPID", "" + pid(host, other));
    }

    /**
     * One run ends with the node drained, a person stops it, and the next run goes on from there.
     */
    private static void theOtherFollowsInTwoRuns(PrivateHost host, Roll roll, int other)
            throws Exception {
        Roll.Said cut = roll.until(line -> line.endsWith("v" + other + ": stop"), "--to", NEW);
        assertThat(cut.exitCode()).as(cut.text()).isEqualTo(143);
        // By the run, if that came so far. Either way systemd takes its exit code for the end.
        host.run("runuser", "-u", "witan", "--", "witan", "stop", "--home", home(other));
        assertThat(host.run("systemctl", "is-active", "witan@v" + other).text())
                .isEqualTo("inactive\n");
        Roll.Said rolled = roll.run("--to", NEW);
        assertThat(rolled.exitCode()).as(rolled.text()).isZero();
        assertThat(rolled.text()).contains("where the last run ended", ": done before");
    }

    private void aReleaseThatCannotStartIsTakenBack(PrivateHost host, Roll roll) throws Exception {
        Path archive = Release.thatDoesNotStart(scratch, BROKEN, "/opt/witan/releases/" + NEW);
        host.run(DEPLOY.resolve("install.sh"), "stage", archive).ok();
        Roll.Said failed = roll.run("--to", BROKEN);
        assertThat(failed.exitCode()).as(failed.text()).isEqualTo(9);
        assertThat(failed.text()).contains("does not accept its home", "back to " + OLD);
        requireReleases(host, OLD, OLD);
    }

    private void plan(Network network) throws Exception {
        Path archive = scratch.resolve("witan-" + NEW + ".tar.gz");
        Object[] propose = {
            "upgrade",
            "propose",
            "--level",
            2,
            "--artifact",
            archive,
            "--deadline",
            "+100000",
            "--home",
            network.home(1),
            "-y"
        };
        Witan.run(propose).ok();
        approve(network, 1);
    }

    private static void approve(Network network, long proposal) throws Exception {
        for (int i = 2; i <= 3; i++) {
            Witan.run("member", "approve", proposal, "--home", network.home(i), "-y").ok();
        }
    }

    private static void anotherArchiveThanThePlansIsRefused(Roll roll) throws Exception {
        Roll.Said refused = roll.run("--to", BROKEN, "--wait", "0", "--state", "/etc/another");
        assertThat(refused.exitCode()).as(refused.text()).isEqualTo(7);
        assertThat(refused.text())
                .contains("error[PREFLIGHT]")
                .containsPattern("artifact +NO +witan-" + BROKEN + ".tar.gz is not ")
                .containsPattern("home +NO +error");
    }

    /** And what was enabled. */
    private static void aRebootStartsWhatWasChosen(Network network, PrivateHost host)
            throws Exception {
        activate(host, NEW, 3);
        activate(host, NEW, 4);
        host.reboot();
        network.awaitAgreement(SOON, 1, 2, 3, 4);
        assertThat(release(host, 3)).isEqualTo(NEW);
        assertThat(release(host, 4)).isEqualTo(NEW);
    }

    /** A node whose release does not speak the level in force ends by its own decision. */
    private static void whoWouldOnlyEndAgainStaysStopped(Network network, PrivateHost host)
            throws Exception {
        Object[] finalize = {"upgrade", "finalize", "--home", network.home(1), "-y"};
        Await.until(
                "all attest the plan",
                SOON,
                () ->
                        network.get(1, "/v1/upgrade").inner("plan").list("members").stream()
                                .allMatch(member -> member.flag("attests")));
        host.run("systemctl", "stop", "witan@v4").ok();
        activate(host, OLD, 4);
        Witan.run(finalize).ok();
        approve(network, 2);
        host.run("systemctl", "start", "witan@v4").ok();
        Await.until(
                "v4 ends",
                SOON,
                () -> host.run("systemctl", "is-active", "witan@v4").exitCode() != 0);
        requireProperty(host, 4, "ActiveState", "failed");
        requireProperty(host, 4, "ExecMainStatus", "7");
        requireProperty(host, 4, "NRestarts", "0");
        activate(host, NEW, 4);
        host.run("systemctl", "start", "witan@v4").ok();
        network.awaitAgreement(SOON, 1, 2, 3, 4);
    }

    private static void activate(PrivateHost host, String version, int i) throws Exception {
        host.run(DEPLOY.resolve("install.sh"), "activate", version, "--node", "v" + i).ok();
    }

    private static void requireReleases(PrivateHost host, String third, String fourth)
            throws Exception {
        assertThat(release(host, 3)).isEqualTo(third);
        assertThat(release(host, 4)).isEqualTo(fourth);
        assertThat(host.shell("readlink /opt/witan/current")).isEqualTo("releases/" + third + "\n");
    }

    /** The release whose files a node's process uses. */
    private static String release(PrivateHost host, int i) throws Exception {
        String words = host.shell("tr '\\0' ' ' </proc/" + pid(host, i) + "/cmdline");
        return words.replaceAll(".* -cp /opt/witan/releases/([^/]+)/.*", "$1");
    }

    private static long pid(PrivateHost host, int i) throws Exception {
        return Long.parseLong(host.shell("cut -d' ' -f1 " + home(i) + "/witan.pid").strip());
    }

    private static void requireProperty(PrivateHost host, int i, String name, String value)
            throws Exception {
        Optional<String> said = host.property("witan@v" + i, name);
        assertThat(said.orElse(value)).as("%s of v%d", name, i).isEqualTo(value);
    }
}
