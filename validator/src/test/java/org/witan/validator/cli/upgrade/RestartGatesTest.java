package org.witan.validator.cli.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.witan.validator.api.FakeNode;
import org.witan.validator.api.Snapshots;
import org.witan.validator.api.TestLedger;
import org.witan.validator.api.http.ApiServer;
import org.witan.validator.api.http.ApiSettings;
import org.witan.validator.cli.ShowingNode;

/** Each gate of a node that was started again is shut by what it is there for. */
class RestartGatesTest extends ShowingNode {
    private static final long SECOND = 1_000_000_000L;

    /** The node in hand, v1, among others who are asked as well. */
    private RestartGates gates(String... others) {
        return new RestartGates(
                NodeWords.at(url()), List.of(others).stream().map(NodeWords::at).toList(), 1);
    }

    private void commit(int blocks) {
        for (int i = 0; i < blocks; i++) {
            ledger.commit();
        }
        node.show(Snapshots.healthy(ledger.founding(), ledger.store()));
    }

    private String found(RestartGates gates, long nowSeconds) {
        return String.join("\n", gates.restarted(nowSeconds * SECOND).lines());
    }

    @Test
    void aNodeThatDrainsIsNotReady() {
        node.show(Snapshots.draining(node.snapshot()));
        assertThat(found(gates(), 0)).containsPattern("ready +NO +v1 is not ready");
        assertThat(gates().spare().holds()).isFalse();
    }

    @Test
    void withoutOneValidatorNoneCanBeSpared() {
        node.show(Snapshots.unreachable(node.snapshot(), Snapshots.v(4)));
        assertThat(found(gates(), 0))
                .containsPattern("ready +ok")
                .containsPattern("margin +NO +0 can be spared by the word of each, 1 wanted");
        assertThat(gates().spare().holds()).isFalse();
    }

    @Test
    void aPeerThatOthersReachIsMissed() {
        node.show(Snapshots.unreachable(node.snapshot(), Snapshots.v(3)));
        assertThat(found(gates(), 0))
                .containsPattern("links +NO +others reach \\[v3\\], it does not");
    }

    @Test
    void itHasToCountForTheOthers() {
        FakeNode other = new FakeNode(ledger);
        other.show(Snapshots.behind(other.snapshot(), Snapshots.v(1), 0));
        try (ApiServer server = serve(other)) {
            assertThat(found(gates(at(server)), 0)).containsPattern("counted +NO +not by");
            other.show(Snapshots.healthy(ledger.founding(), ledger.store()));
            assertThat(found(gates(at(server)), 0)).containsPattern("counted +ok +by 1 others");
        }
    }

    @Test
    void whoHasAnotherStateIsNamed() {
        TestLedger elsewhere = new TestLedger();
        elsewhere.commit(elsewhere.put("a", "b"));
        commit(1);
        try (ApiServer server = serve(new FakeNode(elsewhere))) {
            assertThat(found(gates(at(server)), 0))
                    .containsPattern("root +NO +\\[v1\\] have another one at height 1");
        }
        assertThat(found(gates(), 0)).containsPattern("root +ok");
    }

    @Test
    void itSignsAllTheTime() {
        RestartGates gates = gates();
        assertThat(found(gates, 0)).containsPattern("signed +ok +0 blocks since its start");
        commit(19);
        assertThat(found(gates, 1)).containsPattern("signed +NO +so far 19 of 20 blocks");
        commit(1);
        assertThat(found(gates, 2))
                .containsPattern("signed +ok +in both halves of the last 20 blocks");
        ledger.silence(1);
        commit(9);
        assertThat(found(gates, 3)).containsPattern("signed +ok");
        commit(1);
        assertThat(found(gates, 4))
                .containsPattern("signed +NO +none of the newer half of the last 20 blocks");
        commit(10);
        assertThat(found(gates, 5)).containsPattern("signed +NO +none of the last 20 blocks");
        ledger.silence(0);
        commit(10);
        assertThat(found(gates, 6))
                .containsPattern("signed +NO +none of the older half of the last 20 blocks");
        commit(1);
        assertThat(found(gates, 7)).containsPattern("signed +ok");
    }

    @Test
    void ofFewBlocksOneIsEnough() {
        RestartGates gates = gates();
        found(gates, 0);
        ledger.silence(1);
        commit(3);
        assertThat(found(gates, 1)).containsPattern("signed +NO +so far 3 of 20");
        assertThat(found(gates, 7))
                .containsPattern("signed +ok +none of the 3 blocks since its start, too few");
        commit(1);
        assertThat(found(gates, 8)).containsPattern("signed +NO +so far 4 of 20");
        assertThat(found(gates, 14))
                .containsPattern("signed +NO +none of the 4 blocks since its start");
        ledger.silence(0);
        commit(1);
        assertThat(found(gates, 31))
                .containsPattern("signed +ok +one of the 5 blocks since its start");
    }

    private static ApiServer serve(FakeNode node) {
        return ApiServer.start(
                ApiSettings.on("127.0.0.1", 0, List.of()),
                node,
                InstantSource.fixed(Instant.ofEpochMilli(Snapshots.NOW)));
    }

    private static String at(ApiServer server) {
        return "http://127.0.0.1:" + server.port();
    }
}
