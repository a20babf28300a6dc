package org.witan.validator.cli.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.witan.validator.api.Snapshots;
import org.witan.validator.cli.ShowingNode;

/** What the rolling upgrade asks before and after it restarts a node. */
class RestartVerbsTest extends ShowingNode {
    private static final String NOBODY = "http://127.0.0.1:1";

    private int run(String... words) {
        List<String> all = new ArrayList<>(List.of("upgrade"));
        all.addAll(List.of(words));
        return witan(all);
    }

    @Test
    void gatesAreOpenForANodeThatStandsWell() throws IOException {
        ledger.commit();
        node.show(Snapshots.healthy(ledger.founding(), ledger.store()));
        int code = run("gates", "--others", url(), "--margin", "1", "--timeout", "0s");
        assertThat(code).as("%s", out).isZero();
        assertThat(out.toString())
                .containsPattern("ready +ok +all are")
                .containsPattern("margin +ok +1 can be spared")
                .containsPattern("counted +ok +by 1 others")
                .containsPattern("links +ok")
                .containsPattern("root +ok +\\[v2, v3\\] vouch for it at height 1, 2 needed")
                .containsPattern("signed +ok +0 blocks since its start, too few");
        assertThat(run("gates", "--soak", "1ms", "-o", "json")).isZero();
        assertThat(json().flag("go")).isTrue();
        assertThat(json().list("gates")).hasSize(6);
    }

    @Test
    void aGateThatStaysShutIsNamed() {
        assertThat(run("gates", "--margin", "2", "--timeout", "0s")).isEqualTo(10);
        assertThat(out.toString())
                .containsPattern("margin +NO +1 can be spared by the word of each, 2 wanted");
        assertThat(run("gates", "--others", NOBODY, "--timeout", "0s")).isEqualTo(10);
        assertThat(out.toString())
                .containsPattern("ready +NO +" + NOBODY + " does not answer")
                .containsPattern("counted +NO +not by \\[" + NOBODY + "\\]");
        assertThat(out.toString()).containsPattern("root +ok +it is that of the genesis");
        assertThat(run("gates", "--spare", "--others", NOBODY, "--timeout", "0s")).isEqualTo(10);
        assertThat(out.toString()).doesNotContain("counted");
        assertThat(run("gates", "--soak", "long")).isEqualTo(2);
    }

    @Test
    void whoLeadsComesLastAndWhoIsSilentIsSaidToBe() throws IOException {
        assertThat(run("order", "--nodes", NOBODY + "," + url())).isZero();
        assertThat(out.toString().lines().toList())
                .hasSize(2)
                .last()
                .isEqualTo(NOBODY + " - it does not answer");
        assertThat(out.toString())
                .containsPattern(url() + " v1 it (leads|leads next|does not lead)\n");
        assertThat(run("order", "--nodes", "nonsense")).isEqualTo(2);
    }
}
