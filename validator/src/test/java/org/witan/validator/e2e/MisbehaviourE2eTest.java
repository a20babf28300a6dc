package org.witan.validator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.chain.change.Change;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;

/**
 * A validator contradicts itself in all three ways: it stands on the ledger and with the member,
 * the organisations suspend it, make it an observer, a validator again, and take it back.
 */
@Tag("fire")
class MisbehaviourE2eTest {
    private static final Duration SOON = Duration.ofSeconds(30);
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

            governors.decide(new Change.Suspend(LIAR), 1, 2, 3, 4);
            awaitVotes(network, "suspended", "false");
            assertThat(network.get(1, "/v1/status").shown("validators")).isEqualTo("4");
            governors.decide(new Change.Resume(LIAR), 1, 2, 3, 4);
            awaitVotes(network, "active", "true");

            governors.decide(new Change.SetRole(LIAR, Role.OBSERVER), 1, 2, 3, 4);
            awaitVotes(network, "active", "false");
            assertThat(shown(network)).containsPattern("role +observer");
            governors.decide(new Change.SetRole(LIAR, Role.VALIDATOR), 1, 2, 3, 4);
            awaitVotes(network, "active", "true");

            assertThat(shown(network)).containsPattern("contradictions +3");
            network.awaitAgreement(SOON, 1, 2, 3, 4, 5);
        }
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
