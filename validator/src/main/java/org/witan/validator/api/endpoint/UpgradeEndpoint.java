package org.witan.validator.api.endpoint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.witan.chain.change.Attestation;
import org.witan.chain.change.Change;
import org.witan.chain.change.Council;
import org.witan.chain.change.Followers;
import org.witan.chain.change.Proposal;
import org.witan.chain.change.UpgradePlan;
import org.witan.chain.state.StatePath;
import org.witan.chain.state.StateReader;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Validator;
import org.witan.validator.api.NodeAccess;
import org.witan.validator.api.json.GovernanceBodies;
import org.witan.validator.api.json.Json;
import org.witan.validator.api.json.UpgradeBodies;

/** {@code /v1/upgrade}: the level in force, the plan that was approved last, and who is ready. */
final class UpgradeEndpoint {
    private final NodeAccess node;
    private final Reads reads;

    UpgradeEndpoint(NodeAccess node, Reads reads) {
        this.node = node;
        this.reads = reads;
    }

    Route route() {
        return Route.get("/v1/upgrade", Set.of(), call -> reads.read(this::upgrade));
    }

    private Answer upgrade() {
        StateReader state = node.ledger().state();
        ObjectNode body = Json.body(node.founding().networkId().toString(), state.height());
        body.put("protocolLevel", state.configuration().protocolLevel());
        body.put("greatestLevel", node.snapshot().identity().greatestLevel());
        Council council = read(state, StatePath.COUNCIL, Council.CODEC).orElseThrow();
        Optional<UpgradePlan> plan = read(state, StatePath.UPGRADE, UpgradePlan.CODEC);
        if (plan.isPresent()) {
            List<NodeId> nodes = nodes(state);
            ObjectNode row = body.putObject("plan");
            UpgradeBodies.plan(
                    row, plan.get(), plan.get().stage(council, nodes, state.height() + 1));
            UpgradeBodies.permit(row, plan.get(), state.height() + 1);
            ArrayNode rows = row.putArray("members");
            nodes.forEach(id -> member(rows.addObject(), state, plan.get(), id));
        } else {
            body.putNull("plan");
        }
        changes(body.putArray("changes"), state, council);
        return Answer.ok(body);
    }

    private static void member(ObjectNode row, StateReader state, UpgradePlan plan, NodeId id) {
        int keyNumber =
                read(state, StatePath.member(id), Member.CODEC).map(Member::keyNumber).orElse(-1);
        Optional<Attestation> said = read(state, StatePath.attestation(id), Attestation.CODEC);
        boolean attests = said.filter(word -> plan.isAttestedBy(word, keyNumber)).isPresent();
        UpgradeBodies.member(row, id, said, attests, plan.word(id));
    }

    /** What is proposed about upgrades and waits for approvals. */
    private static void changes(ArrayNode rows, StateReader state, Council council) {
        for (Council.Open open : council.open()) {
            read(state, StatePath.change(open.number()), Proposal.CODEC)
                    .filter(proposal -> proposal.isOpen(state.height() + 1))
                    .filter(proposal -> isAboutUpgrades(proposal.change()))
                    .ifPresent(proposal ->
                            GovernanceBodies.change(
                                    rows.addObject(), proposal, council, state.height()));
        }
    }

    private static boolean isAboutUpgrades(Change change) {
        return change instanceof Change.PlanUpgrade
                || change instanceof Change.FinaliseUpgrade
                || change instanceof Change.AbortUpgrade;
    }

    /** All members that run a node, ascending by id. */
    private static List<NodeId> nodes(StateReader state) {
        List<NodeId> nodes =
                new ArrayList<>(
                        read(state, StatePath.FOLLOWERS, Followers.CODEC)
                                .orElse(Followers.NONE)
                                .ids());
        state.configuration().validators().stream().map(Validator::id).forEach(nodes::add);
        nodes.sort(null);
        return nodes;
    }

    private static <T> Optional<T> read(StateReader state, StatePath path, Codec<T> codec) {
        return state.value(path).map(bytes -> codec.decode(bytes).orThrow());
    }
}
