package org.witan.validator.cli.govern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.witan.chain.change.Change;
import org.witan.chain.change.KeyProofs;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.validator.cli.http.Fields;

/** What a change does to quorum and margin, and which changes are refused unless forced. */
class EffectTest {
    private static final NetworkId NETWORK = new NetworkId(Hash.NONE);
    private static final SigningKey KEY = SigningKey.ofSeed(new byte[SigningKey.SEED_BYTES]);

    /** Validators v1 to vN of which the last {@code down} do not run, and a gateway g that does. */
    private static Standing standing(int validators, int down) {
        List<Fields> rows = new ArrayList<>();
        for (int i = 1; i <= validators; i++) {
            rows.add(row("v" + i, "validator", "active", i <= validators - down));
        }
        rows.add(row("g", "gateway", "active", true));
        rows.add(row("s", "validator", "suspended", false));
        return Standing.of(rows);
    }

    private static Fields row(String id, String role, String status, boolean inSync) {
        return new Fields(Map.of("id", id, "role", role, "status", status, "inSync", inSync));
    }

    private static Change change(String words) {
        String[] word = words.split(" ", -1);
        NodeId id = new NodeId(word[word.length - 1]);
        return switch (word[0]) {
            case "learner" -> added(id, Role.VALIDATOR, true);
            case "add" -> added(id, Role.VALIDATOR, false);
            case "observe" -> added(id, Role.OBSERVER, false);
            case "remove" -> new Change.RemoveMember(id);
            case "suspend" -> new Change.Suspend(id);
            case "resume" -> new Change.Resume(id);
            case "promote" -> new Change.SetRole(id, Role.VALIDATOR);
            case "demote" -> new Change.SetRole(id, Role.OBSERVER);
            case "rekey" ->
                    new Change.ReplaceKey(
                            false, id, KEY.publicKey(), added(id, Role.CLIENT, false).proof());
            default -> new Change.SetRules(List.of(new Change.Rule("heartbeatSeconds", 9)));
        };
    }

    private static Change.AddMember added(NodeId id, Role role, boolean learner) {
        var joining = new KeyProofs.Joining(id, new NodeId("org1"), role);
        return Change.AddMember.proving(NETWORK, joining, learner, List.of(), KEY);
    }

    /** Validators minus those down; then validators/quorum/in sync/margin. */
    @ParameterizedTest
    @CsvSource({
        "4-0, learner v5, 4/3/4/1, 5/4/5/1, no",
        "4-0, add v5, 5/4/4/0, 5/4/5/1, yes",
        "4-0, observe v5, 4/3/4/1, 4/3/4/1, no",
        "4-0, remove v4, 3/2/3/1, 3/2/3/1, yes",
        "4-0, rekey v4, 4/3/3/0, 4/3/4/1, yes",
        "4-0, promote g, 5/4/5/1, 5/4/5/1, no",
        "4-0, resume s, 5/4/4/0, 5/4/5/1, yes",
        "4-0, resume g, 4/3/4/1, 4/3/4/1, no",
        "4-0, remove g, 4/3/4/1, 4/3/4/1, no",
        "4-0, rekey g, 4/3/4/1, 4/3/4/1, no",
        "4-0, rules x, 4/3/4/1, 4/3/4/1, no",
        "5-0, remove v1, 4/3/4/1, 4/3/4/1, no",
        "5-0, demote v1, 4/3/4/1, 4/3/4/1, no",
        // Mends: the one that is down is the one that goes.
        "5-1, suspend v5, 4/3/4/1, 4/3/4/1, no",
        "5-1, remove v1, 4/3/3/0, 4/3/3/0, no",
        "4-1, rekey v4, 4/3/3/0, 4/3/4/1, no",
        "4-1, add v5, 5/4/3/-1, 5/4/4/0, yes",
        "7-0, remove v1, 6/4/6/2, 6/4/6/2, no",
        "7-1, suspend v1, 6/4/5/1, 6/4/5/1, no",
        "1-0, learner v2, 1/1/1/0, 2/2/2/0, no",
        "1-0, add v2, 2/2/1/-1, 2/2/2/0, yes",
        "1-0, remove v1, 0/0/0/0, 0/0/0/0, yes",
    })
    void figures(String now, String words, String after, String later, String refused) {
        int down = now.charAt(2) - '0';
        Effect effect = Effect.of(change(words), standing(now.charAt(0) - '0', down));

        assertThat(figures(effect.after())).isEqualTo(after);
        assertThat(figures(effect.later())).isEqualTo(later);
        assertThat(effect.danger().isPresent()).isEqualTo(refused.equals("yes"));
        assertThat(effect.json().get("leavesMargin")).isEqualTo(refused.equals("no"));
    }

    private static String figures(Standing.Tally tally) {
        return tally.validators()
                + "/"
                + tally.quorum()
                + "/"
                + tally.inSync()
                + "/"
                + tally.margin();
    }

    @Test
    void theTableHasAThirdColumnOnlyWhereSomethingIsStillToCome() {
        assertThat(Effect.of(change("learner v5"), standing(4, 0)).lines())
                .containsExactly(
                        "            NOW  AFTER  ONCE IT RUNS",
                        "validators  4    4      5",
                        "quorum      3    3      4",
                        "may lie     1    1      1",
                        "in sync     4    4      5",
                        "margin      1    1      1");
        assertThat(Effect.of(change("remove v5"), standing(5, 0)).lines())
                .contains("            NOW  AFTER", "validators  5    4");
    }

    @Test
    void theRefusalSaysWhatWouldBe() {
        var stops = Effect.of(change("add v5"), standing(4, 1)).danger().orElseThrow();
        assertThat(stops.what()).isEqualTo("this change would stop the network");
        assertThat(stops.why()).startsWith("3 of 5 validators are in sync then, 4 must agree");
        var noLiar = Effect.of(change("remove v4"), standing(4, 0)).danger().orElseThrow();
        assertThat(noLiar.why()).endsWith("with 3 no one of them may lie");
        assertThat(noLiar.exitCode().number()).isEqualTo(7);
    }
}
