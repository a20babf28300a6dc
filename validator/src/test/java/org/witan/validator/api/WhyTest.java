package org.witan.validator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.witan.validator.api.Snapshots.NOW;
import static org.witan.validator.api.Snapshots.v;
import static org.witan.validator.api.Snapshots.votes;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.VoteKind;
import org.witan.validator.api.NodeSnapshot.Catchup;
import org.witan.validator.api.NodeSnapshot.Health;
import org.witan.validator.api.json.StatusBodies;

/** Each test is a story that an operator meets, told to the end. */
final class WhyTest {
    private final TestLedger ledger = new TestLedger();
    private final NodeSnapshot healthy;

    WhyTest() {
        ledger.commit(ledger.put("a", "1"));
        ledger.commit(ledger.put("b", "2"));
        healthy = Snapshots.healthy(ledger.founding(), ledger.store());
    }

    @Test
    void an_idle_network_says_that_nothing_waits() {
        Why why = Why.of(healthy, NOW);

        assertThat(why.state()).isEqualTo(Why.State.IDLE);
        assertThat(why.lines())
                .containsExactly(
                        "Idle at height 2: nothing waits to be decided. The last block is 5 s old.",
                        "4 of 4 validators are in sync, 3 must agree: margin 1.");
    }

    @Test
    void a_node_that_the_network_does_not_know_says_so_first() {
        NodeSnapshot stranger = unlisted(healthy);

        Why why = Why.of(stranger, NOW);
        assertThat(why.sentence())
                .isEqualTo(
                        "This node takes no part: the configuration that it knows lists no member"
                                + " v9.");
        assertThat(why.lines()).hasSize(3);
        assertThat(StatusBodies.status(stranger).path("role").asText()).isEqualTo("none");
    }

    @Test
    void a_node_that_was_cut_off_is_not_told_to_bring_back_the_others() {
        Why why = Why.of(unlisted(Snapshots.unreachable(healthy, v(2), v(3), v(4))), NOW);

        assertThat(why.state()).isEqualTo(Why.State.BELOW_QUORUM);
        assertThat(why.lines()).hasSize(2);
        assertThat(why.lines().getLast())
                .startsWith("Members end their links with it, so it sees nobody.");
    }

    private static NodeSnapshot unlisted(NodeSnapshot node) {
        NodeSnapshot.Identity unknown =
                node.identity()
                        .known(
                                node.identity().role(),
                                Optional.of("the configuration that it knows lists no member v9"));
        return Snapshots.with(node, unknown);
    }

    @Test
    void a_new_network_has_no_block_to_speak_of() {
        TestLedger empty = new TestLedger();
        NodeSnapshot node = Snapshots.healthy(empty.founding(), empty.store());

        assertThat(Why.of(node, NOW).sentence())
                .isEqualTo("Idle at height 0: nothing waits to be decided. There is no block yet.");
    }

    @Test
    void an_idle_network_names_who_is_missing_while_it_still_could_decide() {
        Why why = Why.of(Snapshots.unreachable(healthy, v(4)), NOW);

        assertThat(why.state()).isEqualTo(Why.State.IDLE);
        assertThat(why.lines())
                .endsWith(
                        "3 of 4 validators are in sync, 3 must agree: margin 0.",
                        "v4 is unreachable since 10:41:07Z (connection refused).");
    }

    @Test
    void a_network_that_decides_says_so() {
        Why why = Why.of(Snapshots.standing(healthy, 400, votes(VoteKind.NOTARIZE, 2)), NOW);

        assertThat(why.state()).isEqualTo(Why.State.ADVANCING);
        assertThat(why.sentence())
                .isEqualTo("Advancing: height 2, view 3, leader v2. The last block is 0 s old.");
    }

    @Test
    void a_stand_names_the_votes_that_are_missing_and_why_each_is() {
        NodeSnapshot node = Snapshots.unreachable(healthy, v(4));
        node = Snapshots.behind(node, v(3), 1);
        Why why =
                Why.of(
                        Snapshots.standing(
                                node,
                                92_000,
                                votes(VoteKind.NOTARIZE, 1, 2),
                                votes(VoteKind.NULLIFY, 1)),
                        NOW);

        assertThat(why.state()).isEqualTo(Why.State.NOT_ADVANCING);
        assertThat(why.lines())
                .containsExactly(
                        "Not advancing for 92 s at height 2, view 3."
                                + " Need 3 notarize votes, have 2 (v1, v2).",
                        "v3 answers but is catching up (1/2).",
                        "v4 is unreachable since 10:41:07Z (connection refused).",
                        "try: witan peer ping v3");
    }

    @Test
    void a_young_stand_asks_for_patience_first() {
        Why why = Why.of(Snapshots.standing(healthy, 12_000, votes(VoteKind.FINALIZE, 1, 3)), NOW);

        assertThat(why.lines())
                .containsExactly(
                        "Not advancing for 12 s at height 2, view 3."
                                + " Need 3 finalize votes, have 2 (v1, v3).",
                        "v2 is linked and at the tip.",
                        "v4 is linked and at the tip.",
                        "Nothing to do for 18 s; then: witan peer ping v2");
    }

    @Test
    void of_equally_many_votes_those_come_first_that_move_on() {
        Why why =
                Why.of(
                        Snapshots.standing(
                                healthy,
                                60_000,
                                votes(VoteKind.NULLIFY, 1, 2),
                                votes(VoteKind.NOTARIZE, 3, 4)),
                        NOW);

        assertThat(why.sentence()).endsWith("Need 3 notarize votes, have 2 (v3, v4).");
    }

    @Test
    void a_stand_without_votes_names_the_leader() {
        NodeSnapshot node = Snapshots.unreachable(healthy, v(2));
        Why why = Why.of(Snapshots.standing(node, 40_000), NOW);

        assertThat(why.lines())
                .containsExactly(
                        "Not advancing for 40 s at height 2, view 3."
                                + " There are no votes yet; the leader v2 must propose.",
                        "v2 is unreachable since 10:41:07Z (connection refused).",
                        "try: witan peer ping v2");
    }

    @Test
    void below_quorum_names_all_who_are_missing_and_how_many_are_enough() {
        NodeSnapshot node = Snapshots.unreachable(healthy, v(3), v(4));
        Why why = Why.of(Snapshots.standing(node, 61_000), NOW);

        assertThat(why.state()).isEqualTo(Why.State.BELOW_QUORUM);
        assertThat(why.lines())
                .containsExactly(
                        "Below quorum at height 2: 2 of 4 validators are in sync, 3 must agree."
                                + " The last block is 61 s old.",
                        "v3 is unreachable since 10:41:07Z (connection refused).",
                        "v4 is unreachable since 10:41:07Z (connection refused).",
                        "Bring back any one of them; the network then goes on by itself.");
    }

    @Test
    void catching_up_shows_the_rest_the_rate_and_from_whom() {
        Catchup catchup =
                new Catchup(
                        "ranges", 2, 1502, 250, 90_000, List.of(v(2), v(4)), OptionalLong.of(6));
        Why why = Why.of(Snapshots.with(healthy, catchup), NOW);

        assertThat(why.state()).isEqualTo(Why.State.CATCHING_UP);
        assertThat(why.lines())
                .containsExactly(
                        "Catching up: 2 of 1502 blocks, 1500 missing, 250 blocks/s, ETA 6 s.",
                        "From v2, v4. Nothing to do.");
    }

    @Test
    void catching_up_without_a_source_says_whom_it_misses() {
        Catchup catchup = new Catchup("ranges", 2, 9, 0, 0, List.of(), OptionalLong.empty());
        Why why = Why.of(Snapshots.with(Snapshots.unreachable(healthy, v(3)), catchup), NOW);

        assertThat(why.lines())
                .contains(
                        "No linked member serves the missing blocks.",
                        "v3 is unreachable since 10:41:07Z (connection refused).");
    }

    @Test
    void a_halted_node_says_why_before_anything_else() {
        Health halted =
                new Health(
                        4,
                        3,
                        1,
                        false,
                        List.of(),
                        false,
                        "halted",
                        false,
                        Optional.of("the disk is full"));
        Why why = Why.of(Snapshots.with(healthy, halted), NOW);

        assertThat(why.state()).isEqualTo(Why.State.HALTED);
        assertThat(why.sentence()).isEqualTo("Halted at height 2: the disk is full");
    }

    @Test
    void a_node_that_must_not_vote_says_so() {
        Health silent =
                new Health(
                        4,
                        3,
                        4,
                        true,
                        List.of(),
                        false,
                        "its votes of before the crash are lost",
                        false,
                        Optional.empty());

        assertThat(Why.of(Snapshots.with(healthy, silent), NOW).lines())
                .contains("This node does not vote: its votes of before the crash are lost");
    }

    @Test
    void work_that_has_just_come_after_a_long_pause_is_no_stand() {
        NodeSnapshot node = Snapshots.standing(healthy, 1000);
        NodeSnapshot.Tip old =
                new NodeSnapshot.Tip(
                        2, node.tip().headHash(), node.tip().stateRoot(), 0, NOW - 3_000_000);
        NodeSnapshot paused =
                new NodeSnapshot(
                        node.identity(),
                        old,
                        node.round(),
                        node.health(),
                        node.members(),
                        node.links(),
                        node.reports(),
                        node.catchup(),
                        node.pool(),
                        node.counters());

        assertThat(Why.of(paused, NOW).state()).isEqualTo(Why.State.ADVANCING);
        assertThat(Why.of(paused, NOW + Why.PATIENCE_MILLIS).state())
                .isEqualTo(Why.State.NOT_ADVANCING);
    }
}
