package org.witan.validator.api.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalLong;
import org.witan.chain.change.Attestation;
import org.witan.chain.change.UpgradePlan;
import org.witan.chain.shown.Shown;
import org.witan.genesis.membership.NodeId;

/** What the ledger records of an upgrade. */
public final class UpgradeBodies {
    private UpgradeBodies() {}

    /** Adds a plan and how far it has come. */
    public static void plan(ObjectNode row, UpgradePlan plan, UpgradePlan.Stage stage) {
        row.put("number", plan.number());
        row.put("stage", Shown.word(stage));
        row.put("suspended", plan.isSuspended());
        row.put("level", plan.release().level());
        row.put("artifact", plan.release().artifact());
        row.put("sha256", plan.release().sha256().hex());
        row.put("deadline", plan.release().deadline());
        row.put("approvedHeight", plan.height());
        row.put("closedHeight", plan.closed());
        row.put("failures", plan.failures());
    }

    /** Adds who has the permit to restart, or had it last and did not give it back. */
    public static void permit(ObjectNode row, UpgradePlan plan, long nextHeight) {
        if (plan.permit().isEmpty()) {
            row.putNull("permit");
            return;
        }
        row.putObject("permit")
                .put("member", plan.permit().get().holder().value())
                .put("until", plan.permit().get().until())
                .put("inForce", plan.holder(nextHeight).isPresent());
    }

    /**
     * Adds a member that runs a node.
     *
     * @param said its last attestation
     * @param attests whether that covers the plan
     * @param word what it reported of its own upgrade
     */
    public static void member(
            ObjectNode row,
            NodeId id,
            Optional<Attestation> said,
            boolean attests,
            Optional<UpgradePlan.Word> word) {
        row.put("id", id.value());
        row.put("attests", attests);
        Json.number(row, "greatestLevel", number(said.map(last -> (long) last.greatestLevel())));
        row.put("build", said.map(Attestation::build).orElse(null));
        row.put("report", word.map(w -> Shown.word(w.result())).orElse(null));
        Json.number(row, "reportedHeight", number(word.map(UpgradePlan.Word::height)));
    }

    private static OptionalLong number(Optional<Long> number) {
        return number.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }
}
