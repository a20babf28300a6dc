package org.witan.validator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.chain.change.Change;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.genesis.membership.Rules;
import org.witan.validator.cli.http.Fields;

/**
 * A validator contradicts itself in all three ways: it stands on the ledger and with the member,
 * the organisations suspend it and take it back while all members flood the network, make it an
 * observer and a validator again.
 */
@Tag("fire")
@Tag("alone")
class MisbehaviourE2eTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    /**
     * How long a decision may take under a flood. Full blocks come as fast as they can, eight a
     * second, so most of these pass while the client asks for a nonce and signs; from the pool on
     * it is the next block ({@code TurnsTest}).
     */
    private static final long FEW_BLOCKS = 20;

    private static final NodeId LIAR = new NodeId("v5");

    @TempDir private Path folder;

    @Test
    void aContradictionIsRecordedAndItsSignerSuspendedAndTakenBack() throws Exception {
        try (Network network = Network.up(folder.resolve("d"), 5)) {
            Governors governors = new Governors(network);
            assertThat(shown(network)).containsPattern("contradictions +0");
            governors.accuse(5, 1);
            Await.until("v2 has all", SOON, () -> recorded(network, 2).equals("3"));
            assertThat(shown(network)).containsPattern("contradictions +3");

            aFloodOfAllKeepsNoDecisionOut(network, governors);

            governors.decide(new Change.SetRole(LIAR, Role.OBSERVER), 1, 2, 3, 4);
            awaitVotes(network, "active", "false");
            assertThat(shown(network)).containsPattern("role +observer");
            governors.decide(new Change.SetRole(LIAR, Role.VALIDATOR), 1, 2, 3, 4);
            awaitVotes(network, "active", "true");

            assertThat(shown(network)).containsPattern("contradictions +3");
            network.awaitAgreement(SOON, 1, 2, 3, 4, 5);
        }
    }

    /**
     * Blocks hold one transaction, and five members hand in more than that: each decision to
     * suspend one of them and to take it back has a place before theirs.
     */
    private static void aFloodOfAllKeepsNoDecisionOut(Network network, Governors governors) {
        governors.decide(rules(1), 1, 2, 3, 4);
        List<Long> blocks = new ArrayList<>();
        try (Spenders _ = new Spenders(network, governors.network())) {
            Await.until("the flood is on", SOON, () -> waiting(network) > 10 * FEW_BLOCKS);
            blocks.addAll(governors.decide(new Change.Suspend(LIAR), 1, 2, 3, 4));
            awaitVotes(network, "suspended", "false");
            Await.until(
                    "v1 is in an epoch of four",
                    SOON,
                    () -> network.get(1, "/v1/status").shown("validators").equals("4"));
            blocks.addAll(governors.decide(new Change.Resume(LIAR), 1, 2, 3, 4));
            awaitVotes(network, "active", "true");
            assertThat(waiting(network)).as("of the flood").isGreaterThan(10 * FEW_BLOCKS);
        }
        System.out.printf("misbehaviour: decisions under a flood took %s blocks%n", blocks);
        assertThat(blocks).hasSize(8).allMatch(count -> count <= FEW_BLOCKS);
        governors.decide(rules(Rules.DEFAULT.blockMaxTransactions()), 1, 2, 3, 4);
    }

    private static Change rules(int transactions) {
        return new Change.SetRules(List.of(new Change.Rule("blockMaxTransactions", transactions)));
    }

    private static long waiting(Network network) {
        Fields pool = network.get(1, "/v1/status").inner("pool");
        return pool.number("transactions").orElseThrow();
    }

    private static String recorded(Network network, int at) {
        return network.get(at, "/v1/members/v5").shown("accusations");
    }

    private static String shown(Network network) throws Exception {
        return Witan.run("member", "show", "v5", "--node", network.address(2)).ok().out();
    }

    private static void awaitVotes(Network network, String status, String votes) {
        Await.until(
                "v5 is " + status,
                SOON,
                () -> {
                    var member = network.get(1, "/v1/members/v5");
                    return member.shown("status").equals(status)
                            && member.shown("votes").equals(votes);
                });
    }
}
