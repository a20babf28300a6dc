package org.witan.chain.shown;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.witan.chain.block.Evidence;
import org.witan.chain.block.GovernanceOperation;
import org.witan.chain.block.GovernanceOperation.Approve;
import org.witan.chain.block.GovernanceOperation.Attest;
import org.witan.chain.block.GovernanceOperation.Invite;
import org.witan.chain.block.GovernanceOperation.Permit;
import org.witan.chain.block.GovernanceOperation.Propose;
import org.witan.chain.block.GovernanceOperation.Redeem;
import org.witan.chain.block.GovernanceOperation.Report;
import org.witan.chain.block.GovernanceOperation.ReportEvidence;
import org.witan.chain.block.GovernanceOperation.Revoke;
import org.witan.chain.block.GovernanceOperation.RotateKey;
import org.witan.chain.block.GovernanceOperation.SetEndpoints;
import org.witan.chain.block.GovernanceOperation.Withdraw;
import org.witan.chain.change.Change;
import org.witan.chain.change.Change.AbortUpgrade;
import org.witan.chain.change.Change.AddMember;
import org.witan.chain.change.Change.AddOrganisation;
import org.witan.chain.change.Change.Cancel;
import org.witan.chain.change.Change.FinaliseUpgrade;
import org.witan.chain.change.Change.PlanUpgrade;
import org.witan.chain.change.Change.RemoveMember;
import org.witan.chain.change.Change.RemoveOrganisation;
import org.witan.chain.change.Change.ReplaceKey;
import org.witan.chain.change.Change.Resume;
import org.witan.chain.change.Change.SetRole;
import org.witan.chain.change.Change.SetRules;
import org.witan.chain.change.Change.Suspend;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NodeId;

/**
 * What values of governance say, by name. The values of a map are texts, truth values, {@code
 * Integer} and {@code Long} numbers, lists and maps of these.
 */
public final class Shown {
    private Shown() {}

    /** What an operation does; the first field is {@code type}. */
    public static SequencedMap<String, Object> operation(GovernanceOperation operation) {
        SequencedMap<String, Object> shown = new LinkedHashMap<>();
        switch (operation) {
            case Propose proposed -> proposal(shown, proposed);
            case Approve(var number, var change, var forced) -> {
                numbered(shown, "approve", "number", number);
                shown.put("changeHash", change.hex());
                shown.put("forced", forced);
            }
            case Withdraw(var number) -> numbered(shown, "withdraw", "number", number);
            case RotateKey(var key, _) -> {
                shown.put("type", "rotate-key");
                shown.put("key", key.toString());
            }
            case SetEndpoints(var endpoints) -> {
                shown.put("type", "set-endpoints");
                shown.put("endpoints", endpoints(endpoints));
            }
            case Attest said -> attestation(shown, said);
            case Invite _, Redeem _, Revoke _ -> invitation(shown, operation);
            case ReportEvidence(var evidence) -> {
                shown.put("type", "report-evidence");
                shown.put("evidence", HexFormat.of().formatHex(Evidence.CODEC.encode(evidence)));
            }
            case Permit(var plan, var blocks) -> {
                numbered(shown, "permit", "plan", plan);
                shown.put("blocks", blocks);
            }
            case Report(var plan, var result) -> {
                numbered(shown, "report", "plan", plan);
                shown.put("result", word(result));
            }
        }
        return shown;
    }

    /** What a change is about; the first field is {@code type}. */
    public static SequencedMap<String, Object> change(Change change) {
        SequencedMap<String, Object> shown = new LinkedHashMap<>();
        switch (change) {
            case AddMember add -> member(shown, add);
            case RemoveMember(var id) -> about(shown, "remove-member", "member", id);
            case Suspend(var id) -> about(shown, "suspend", "member", id);
            case Resume(var id) -> about(shown, "resume", "member", id);
            case SetRole(var id, var role) -> {
                about(shown, "set-role", "member", id);
                shown.put("role", word(role));
            }
            case ReplaceKey(var organisation, var id, var key, _) -> {
                about(shown, "replace-key", organisation ? "organisation" : "member", id);
                shown.put("key", key.toString());
            }
            case AddOrganisation add -> organisation(shown, add);
            case RemoveOrganisation(var id) ->
                    about(shown, "remove-organisation", "organisation", id);
            case SetRules(var rules) -> {
                shown.put("type", "set-rules");
                SequencedMap<String, Object> values = new LinkedHashMap<>();
                rules.forEach(rule -> values.put(rule.name(), rule.value()));
                shown.put("rules", values);
            }
            case Cancel(var number) -> numbered(shown, "cancel", "number", number);
            case PlanUpgrade plan -> release(shown, plan);
            case FinaliseUpgrade(var plan) -> numbered(shown, "finalise-upgrade", "plan", plan);
            case AbortUpgrade(var plan) -> numbered(shown, "abort-upgrade", "plan", plan);
        }
        return shown;
    }

    private static void release(SequencedMap<String, Object> shown, PlanUpgrade plan) {
        shown.put("type", "plan-upgrade");
        shown.put("level", plan.level());
        shown.put("artifact", plan.artifact());
        shown.put("sha256", plan.sha256().hex());
        shown.put("deadline", plan.deadline());
    }

    private static void numbered(
            SequencedMap<String, Object> shown, String type, String of, long number) {
        shown.put("type", type);
        shown.put(of, number);
    }

    private static void invitation(
            SequencedMap<String, Object> shown, GovernanceOperation operation) {
        switch (operation) {
            case Invite(var invitation, var role, var expires) -> {
                about(shown, "invite", invitation);
                shown.put("role", word(role));
                shown.put("expiresMillis", expires);
            }
            case Redeem(var invitation, var key, _) -> {
                about(shown, "redeem", invitation);
                shown.put("key", key.toString());
            }
            case Revoke(var invitation) -> about(shown, "revoke", invitation);
            default -> throw new IllegalArgumentException("no operation on an invitation");
        }
    }

    private static void about(
            SequencedMap<String, Object> shown, String type, PublicKey invitation) {
        shown.put("type", type);
        shown.put("invitation", HexFormat.of().formatHex(invitation.toBytes()));
    }

    private static void proposal(SequencedMap<String, Object> shown, Propose proposed) {
        shown.put("type", "propose");
        shown.put("change", change(proposed.change()));
        shown.put("changeHash", proposed.change().hash().hex());
        shown.put("reason", proposed.reason());
        shown.put("forced", proposed.forced());
    }

    private static void attestation(SequencedMap<String, Object> shown, Attest said) {
        shown.put("type", "attest");
        shown.put("height", said.height());
        shown.put("block", said.block().hex());
        shown.put("leastLevel", said.leastLevel());
        shown.put("greatestLevel", said.greatestLevel());
        shown.put("build", said.build());
    }

    private static void member(SequencedMap<String, Object> shown, AddMember add) {
        about(shown, "add-member", "member", add.id());
        shown.put("organisation", add.organisation().value());
        shown.put("role", word(add.role()));
        shown.put("learner", add.learner());
        shown.put("key", add.key().toString());
        shown.put("endpoints", endpoints(add.endpoints()));
    }

    private static void organisation(SequencedMap<String, Object> shown, AddOrganisation add) {
        about(shown, "add-organisation", "organisation", add.id());
        shown.put("name", add.name());
        shown.put("governanceKey", add.governanceKey().toString());
        shown.put("recoveryKey", add.recoveryKey().toString());
    }

    private static void about(
            SequencedMap<String, Object> shown, String type, String kind, NodeId id) {
        shown.put("type", type);
        shown.put(kind, id.value());
    }

    /** A constant as it is written in bodies: small letters and dashes. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Endpoints as they are written. */
    public static List<String> endpoints(List<Endpoint> endpoints) {
        return endpoints.stream().map(Endpoint::toString).toList();
    }
}
