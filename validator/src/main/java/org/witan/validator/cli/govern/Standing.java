package org.witan.validator.cli.govern;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.witan.chain.change.Change;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Quorum;
import org.witan.genesis.membership.Role;
import org.witan.validator.cli.http.Fields;

/**
 * The validators that a node knows, and which of them it finds at the tip.
 *
 * @param validators whether each that votes is in sync, by id
 * @param idle whether each other member is in sync, by id
 * @param roles the idle members' roles in small letters, by id
 */
record Standing(
        Map<NodeId, Boolean> validators, Map<NodeId, Boolean> idle, Map<NodeId, String> roles) {
    private static final String VALIDATOR = "validator";

    /** Copies the maps. */
    Standing {
        validators = Map.copyOf(validators);
        idle = Map.copyOf(idle);
        roles = Map.copyOf(roles);
    }

    /** What the rows of {@code /v1/members} say. */
    static Standing of(List<Fields> rows) {
        Map<NodeId, Boolean> validators = new TreeMap<>();
        Map<NodeId, Boolean> idle = new TreeMap<>();
        Map<NodeId, String> roles = new TreeMap<>();
        for (Fields row : rows) {
            Optional<String> id = row.text("id").filter(NodeId::isValid);
            boolean votes =
                    row.shown("role").equals(VALIDATOR) && row.shown("status").equals("active");
            id.ifPresent(text -> {
                (votes ? validators : idle).put(new NodeId(text), row.flag("inSync"));
                roles.put(new NodeId(text), row.shown("role"));
            });
        }
        return new Standing(validators, idle, roles);
    }

    /** How many decide, and how many can. */
    Tally tally() {
        return new Tally(
                validators.size(), (int) validators.values().stream().filter(live -> live).count());
    }

    /**
     * The same behind a change, at once: who is new or has a new key does not take part yet.
     *
     * @param ready whether it is not at once, but once those do
     */
    Standing after(Change change, boolean ready) {
        return switch (change) {
            case Change.AddMember add ->
                    add.role() == Role.VALIDATOR && (ready || !add.learner())
                            ? with(add.id(), ready)
                            : this;
            case Change.RemoveMember(var id) -> without(id);
            case Change.Suspend(var id) -> without(id);
            case Change.Resume(var id) ->
                    VALIDATOR.equals(roles.get(id)) && idle.containsKey(id)
                            ? back(id, ready)
                            : this;
            case Change.SetRole(var id, var role) ->
                    role == Role.VALIDATOR ? back(id, ready) : without(id);
            case Change.ReplaceKey(var organisation, var id, _, _) ->
                    !organisation && validators.containsKey(id) ? with(id, ready) : this;
            case Change.AddOrganisation _,
                    Change.RemoveOrganisation _,
                    Change.SetRules _,
                    Change.PlanUpgrade _,
                    Change.FinaliseUpgrade _,
                    Change.AbortUpgrade _,
                    Change.Cancel _ ->
                    this;
        };
    }

    private Standing back(NodeId id, boolean ready) {
        return validators.containsKey(id) ? this : with(id, ready || idle.getOrDefault(id, false));
    }

    private Standing with(NodeId id, boolean live) {
        Map<NodeId, Boolean> more = new LinkedHashMap<>(validators);
        more.put(id, live);
        return new Standing(more, idle, roles);
    }

    private Standing without(NodeId id) {
        Map<NodeId, Boolean> fewer = new LinkedHashMap<>(validators);
        fewer.remove(id);
        return new Standing(fewer, idle, roles);
    }

    /**
     * A number of validators.
     *
     * @param validators how many there are
     * @param inSync how many of them are at the tip
     */
    record Tally(int validators, int inSync) {
        int quorum() {
            return validators == 0 ? 0 : new Quorum(validators).size();
        }

        int faults() {
            return validators == 0 ? 0 : new Quorum(validators).faults();
        }

        /** How many more may fail before nothing can be decided. */
        int margin() {
            return inSync - quorum();
        }

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("validators", validators);
            json.put("quorum", quorum());
            json.put("faults", faults());
            json.put("inSync", inSync);
            json.put("margin", margin());
            return json;
        }
    }
}
