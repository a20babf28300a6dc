package org.witan.chain.state.govern;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.witan.chain.block.GovernanceOperation.Permit;
import org.witan.chain.block.GovernanceOperation.Report;
import org.witan.chain.block.Receipt.Outcome;
import org.witan.chain.change.Attestation;
import org.witan.chain.change.Change.PlanUpgrade;
import org.witan.chain.change.UpgradePlan;
import org.witan.chain.change.UpgradePlan.End;
import org.witan.chain.change.UpgradePlan.Result;
import org.witan.chain.change.UpgradePlan.Word;
import org.witan.chain.state.StatePath;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.genesis.membership.Validator;

/**
 * Plans that bring another release, and with it a protocol level, to all members. Source:
 * docs/protocol/governance.md, GV13 to GV16.
 */
final class Upgrades {
    private final Stage stage;
    private final long height;

    Upgrades(Stage stage, long height) {
        this.stage = stage;
        this.height = height;
    }

    /** A plan is approved; the one before it has ended and moves to its number. */
    Outcome plan(PlanUpgrade release, long number) {
        Optional<UpgradePlan> before = stage.upgrade();
        if (before.filter(plan -> plan.isOpen(height)).isPresent()) {
            return Outcome.PLAN_IN_FLIGHT;
        }
        int level = stage.configuration().protocolLevel();
        if (release.level() < level || release.level() > level + 1 || release.deadline() < height) {
            return Outcome.OUT_OF_RANGE;
        }
        before.ifPresent(
                plan -> stage.put(StatePath.upgrade(plan.number()), UpgradePlan.CODEC, plan));
        stage.put(UpgradePlan.approved(number, height, release));
        return Outcome.DONE;
    }

    /** A change that finalises the open plan has begun to wait for approvals. */
    void finalising(long change) {
        stage.upgrade().ifPresent(plan -> stage.put(plan.finalisedBy(change)));
    }

    /** The plan's level is in force from the next height on. */
    Outcome finish(long number) {
        return open(number, this::finish);
    }

    private Outcome finish(UpgradePlan plan) {
        if (plan.isSuspended()) {
            return Outcome.PLAN_SUSPENDED;
        }
        if (plan.holder(height).isPresent()) {
            return Outcome.PERMIT_HELD;
        }
        if (!nodes().stream().allMatch(id -> attests(id, plan))) {
            return Outcome.NOT_ATTESTED;
        }
        Configuration present = stage.configuration();
        stage.put(new Configuration(plan.release().level(), present.rules(), present.validators()));
        stage.put(plan.ended(End.DONE, height));
        return Outcome.DONE;
    }

    Outcome abort(long number) {
        return open(
                number,
                plan -> {
                    stage.put(plan.ended(End.ABORTED, height));
                    return Outcome.DONE;
                });
    }

    /** One member at a time restarts its node, and only if the others are a quorum meanwhile. */
    Outcome permit(Member member, Permit asked) {
        return open(
                asked.plan(),
                plan -> asked.blocks() == 0 ? giveBack(member, plan) : take(member, asked, plan));
    }

    private Outcome giveBack(Member member, UpgradePlan plan) {
        if (!mayReport(member, plan)) {
            return Outcome.WRONG_STATE;
        }
        stage.put(plan.with(Optional.empty()));
        return Outcome.DONE;
    }

    private Outcome take(Member member, Permit asked, UpgradePlan plan) {
        if (member.role() == Role.CLIENT) {
            return Outcome.NOT_PERMITTED;
        }
        if (asked.blocks() > UpgradePlan.MAX_PERMIT_BLOCKS) {
            return Outcome.OUT_OF_RANGE;
        }
        if (plan.isSuspended()) {
            return Outcome.PLAN_SUSPENDED;
        }
        if (plan.isFinalising(stage.council(), height)) {
            return Outcome.CHANGE_IN_FLIGHT;
        }
        if (plan.holder(height).filter(holder -> !holder.equals(member.id())).isPresent()) {
            return Outcome.PERMIT_HELD;
        }
        Roster roster = new Roster(stage, height);
        if (member.votes() && !roster.canSpare(stage.configuration(), Optional.of(member.id()))) {
            return Outcome.NO_MARGIN;
        }
        var permit = new UpgradePlan.Permit(member.id(), height + asked.blocks());
        stage.put(plan.with(Optional.of(permit)));
        return Outcome.DONE;
    }

    /** The member that has the permit, or had it last, says how its own upgrade went. */
    Outcome report(Member member, Report said) {
        return open(said.plan(), plan -> report(member, said.result(), plan));
    }

    private Outcome report(Member member, Result result, UpgradePlan plan) {
        if (!mayReport(member, plan)) {
            return Outcome.WRONG_STATE;
        }
        if (result == Result.UPGRADED && !attests(member.id(), plan)) {
            return Outcome.NOT_ATTESTED;
        }
        stage.put(plan.with(new Word(member.id(), result, height)));
        return Outcome.DONE;
    }

    private static boolean mayReport(Member member, UpgradePlan plan) {
        return plan.permit().filter(permit -> permit.holder().equals(member.id())).isPresent();
    }

    /** An act on the plan of this number, if it is the present one and open. */
    private Outcome open(long number, Function<UpgradePlan, Outcome> act) {
        Optional<UpgradePlan> present = stage.upgrade().filter(plan -> plan.number() == number);
        if (present.isEmpty()) {
            return Outcome.NO_SUCH_PLAN;
        }
        return present.get().isOpen(height) ? act.apply(present.get()) : Outcome.PLAN_CLOSED;
    }

    /** All members that run a node. */
    private List<NodeId> nodes() {
        List<NodeId> nodes = new ArrayList<>(stage.followers().ids());
        stage.configuration().validators().stream().map(Validator::id).forEach(nodes::add);
        return nodes;
    }

    /** Whether a member has said, with its present key and since the plan, that it runs it. */
    private boolean attests(NodeId id, UpgradePlan plan) {
        Optional<Attestation> said = stage.read(StatePath.attestation(id), Attestation.CODEC);
        int keyNumber = stage.member(id).map(Member::keyNumber).orElse(-1);
        return said.filter(word -> plan.isAttestedBy(word, keyNumber)).isPresent();
    }
}
