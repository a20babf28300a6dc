package org.witan.validator.cli.govern;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.witan.validator.cli.ShowingNode;
import org.witan.validator.cli.http.Fields;

/** The verbs against a node that only shows: what is printed, refused, and never handed in. */
class MemberVerbsTest extends ShowingNode {
    private int run(String... words) {
        return witan(List.of(words));
    }

    @Test
    void membersAreListedAndShown() throws IOException {
        assertThat(run("member", "list")).isZero();
        assertThat(out.toString())
                .startsWith("ID  ORGANISATION  ROLE")
                .containsPattern("v4 +org4 +validator +active +yes +0 +ws://127.0.0.1:7404");
        assertThat(run("member", "show", "v2")).isZero();
        assertThat(out.toString())
                .containsPattern("organisation +org2")
                .containsPattern("attested +yes\n")
                .containsPattern("contradictions +0");
        assertThat(run("member", "show", "v2", "-o", "json")).isZero();
        assertThat(json().shown("keyNumber")).isEqualTo("0");
        assertThat(run("member", "show", "nobody")).isEqualTo(4);
        assertThat(err.toString()).contains("error[MEMBER_NOT_FOUND]");
    }

    @Test
    void rulesAreShownWithUnitRangeAndDefault() throws IOException {
        assertThat(run("config", "params")).isZero();
        assertThat(out.toString().lines())
                .contains("heartbeatSeconds        60       s             1      86400     60")
                .hasSize(9);
        assertThat(run("config", "params", "-o", "json")).isZero();
        assertThat(json().list("rules").getFirst().shown("unit")).isEqualTo("ms");
    }

    @Test
    void openChangesAreListedInWords() {
        assertThat(run("member", "proposals")).isZero();
        assertThat(out.toString().lines()).hasSize(1);
        ledger.propose("slower \"please\"");
        assertThat(run("member", "proposals")).isZero();
        assertThat(out.toString())
                .containsPattern("1 +open +1 +1/3 +org1 +set heartbeatSeconds=90")
                .contains("\"slower \\\"please\\\"\"");
        assertThat(run("member", "history")).isZero();
        assertThat(out.toString()).doesNotContain("heartbeatSeconds");
        assertThat(run("member", "proposals", "-o", "json")).isZero();
        assertThat(out.toString()).startsWith("[{\"number\":1,").contains("\"set-rules\"");
    }

    @Test
    void whatLeavesNoMarginIsRefusedBeforeAnythingIsSigned() throws IOException {
        assertThat(run("member", "propose", "remove", "v4")).isEqualTo(7);
        assertThat(err.toString())
                .startsWith("remove v4\n")
                .contains("  validators  4    3", "  may lie     1    0", "error[NO_MARGIN]");
        assertThat(run("member", "propose", "remove", "v4", "-o", "json")).isEqualTo(7);
        assertThat(err.toString()).contains("{\"error\":{\"code\":\"NO_MARGIN\"");
        assertThat(run("member", "propose", "remove", "v4", "--force", "--dry-run")).isZero();
        assertThat(err.toString()).contains("dry run");
        assertThat(run("member", "propose", "remove", "v4", "--force", "--dry-run", "-o", "json"))
                .isZero();
        Fields effect = json().inner("effect");
        assertThat(effect.inner("before").shown("quorum")).isEqualTo("3");
        assertThat(effect.inner("after").shown("validators")).isEqualTo("3");
        assertThat(effect.flag("leavesMargin")).isFalse();
        assertThat(json().shown("operation")).isEqualTo("propose");
        assertThat(node.handed()).isEmpty();
    }

    @Test
    void onlyAGovernanceKeySigns() {
        assertThat(run("member", "propose", "remove", "v4", "--force")).isEqualTo(4);
        assertThat(err.toString()).contains("error[NO_GOVERNANCE_KEY]", "governance.key");
        ledger.propose("why not");
        assertThat(run("member", "approve", "1")).isEqualTo(4);
        assertThat(err.toString())
                .contains("change 1, proposed by org1 because \"why not\"")
                .contains("set heartbeatSeconds=90\n  the validators stay as they are")
                .contains("error[NO_GOVERNANCE_KEY]");
        assertThat(run("member", "approve", "1", "--dry-run")).isZero();
        assertThat(run("member", "withdraw", "2")).isEqualTo(4);
        assertThat(err.toString()).contains("error[CHANGE_NOT_FOUND]");
        assertThat(node.handed()).isEmpty();
    }

    @Test
    void aWrongCallIsUsage() {
        assertThat(run("config", "propose", "heartbeatSecond=5")).isEqualTo(2);
        assertThat(err.toString()).contains("did you mean heartbeatSeconds?");
        assertThat(run("config", "propose", "heartbeatSeconds=0")).isEqualTo(2);
        assertThat(err.toString()).contains("allowed are 1 to 86400");
        assertThat(run("config", "propose", "heartbeatSeconds")).isEqualTo(2);
        assertThat(run("config", "propose", "heartbeatSeconds=x")).isEqualTo(2);
        assertThat(run("member", "propose", "role", "v1", "boss")).isEqualTo(2);
        assertThat(run("member", "propose", "remove", "V_1")).isEqualTo(2);
        assertThat(run("member", "propose", "remove", "v4", "--reason", "x".repeat(600), "--force"))
                .isEqualTo(2);
        assertThat(run("member", "endpoints", "host")).isEqualTo(2);
        assertThat(run("member", "approve", "one")).isEqualTo(2);
        assertThat(run("member")).isEqualTo(2);
    }
}
