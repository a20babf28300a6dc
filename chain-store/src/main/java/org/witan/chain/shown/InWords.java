package org.witan.chain.shown;

import java.util.List;
import java.util.stream.Collectors;
import org.witan.chain.change.Change;
import org.witan.genesis.membership.Endpoint;

/** Changes in half a sentence each, for people; free text of others is left out. */
public final class InWords {
    private InWords() {}

    /** What a change does. */
    public static String of(Change change) {
        return switch (change) {
            case Change.AddMember add -> of(add);
            case Change.RemoveMember(var id) -> "remove " + id;
            case Change.Suspend(var id) -> "suspend " + id;
            case Change.Resume(var id) -> "resume " + id;
            case Change.SetRole(var id, var role) -> "make " + id + " a " + Shown.word(role);
            case Change.ReplaceKey(var organisation, var id, var key, _) ->
                    "replace the key of "
                            + (organisation ? "organisation " : "")
                            + id
                            + " by "
                            + key;
            case Change.AddOrganisation add ->
                    "add organisation %s, named '%s', governance key %s"
                            .formatted(add.id(), add.name(), add.governanceKey());
            case Change.RemoveOrganisation(var id) -> "remove organisation " + id;
            case Change.SetRules(var rules) ->
                    "set "
                            + rules.stream()
                                    .map(rule -> plain(rule.name()) + "=" + rule.value())
                                    .collect(Collectors.joining(" "));
            case Change.Cancel(var number) -> "cancel change " + number;
            case Change.PlanUpgrade plan ->
                    "upgrade to protocol level %d with the release of SHA-256 %s, up to height %d"
                            .formatted(plan.level(), plan.sha256().hex(), plan.deadline());
            case Change.FinaliseUpgrade(var plan) -> "finalise upgrade " + plan;
            case Change.AbortUpgrade(var plan) -> "abort upgrade " + plan;
        };
    }

    /** The name of a rule has letters and digits; what else somebody wrote is not shown. */
    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "?");
    }

    private static String of(Change.AddMember add) {
        return "add %s of %s as %s%s, key %s%s"
                .formatted(
                        add.id(),
                        add.organisation(),
                        Shown.word(add.role()),
                        add.learner() ? " (learner until it attests)" : "",
                        add.key(),
                        at(add.endpoints()));
    }

    private static String at(List<Endpoint> endpoints) {
        return endpoints.isEmpty() ? "" : ", at " + String.join(" ", Shown.endpoints(endpoints));
    }
}
