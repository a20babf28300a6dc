package org.witan.chain.state.govern;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.witan.chain.block.Receipt.Outcome;
import org.witan.chain.block.Sender;
import org.witan.chain.change.Change;
import org.witan.chain.change.Change.AbortUpgrade;
import org.witan.chain.change.Change.AddMember;
import org.witan.chain.change.Change.Cancel;
import org.witan.chain.change.Change.FinaliseUpgrade;
import org.witan.chain.change.Change.PlanUpgrade;
import org.witan.chain.change.Change.RemoveMember;
import org.witan.chain.change.Change.ReplaceKey;
import org.witan.chain.change.Change.Resume;
import org.witan.chain.change.Change.Rule;
import org.witan.chain.change.Change.SetRole;
import org.witan.chain.change.Change.SetRules;
import org.witan.chain.change.Change.Suspend;
import org.witan.chain.change.KeyProofs;
import org.witan.chain.change.Proposal;
import org.witan.chain.state.StatePath;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.crypto.Purpose;
import org.witan.genesis.document.RulesForm;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.Member.Status;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.Role;
import org.witan.genesis.membership.Rules;

/**
 * What each change does. Source: docs/protocol/governance.md, the table of changes.
 *
 * <p>The same code checks a change when it is proposed, on a stage that is thrown away, and when it
 * is applied.
 */
final class Changes {
    private final Stage stage;
    private final NetworkId networkId;
    private final long height;
    private final Roster roster;
    private final Upgrades upgrades;

    Changes(Stage stage, NetworkId networkId, long height) {
        this.stage = stage;
        this.networkId = networkId;
        this.height = height;
        roster = new Roster(stage, height);
        upgrades = new Upgrades(stage, height);
    }

    /**
     * Does it on the stage; if it is not done, the stage is to be thrown away.
     *
     * @param number of the change
     */
    Outcome apply(Change change, long number) {
        return switch (change) {
            case AddMember add -> add(add);
            case RemoveMember(var id) ->
                    stage.member(id).map(roster::leave).orElse(Outcome.NO_SUCH_MEMBER);
            case Suspend(var id) ->
                    stage.member(id).map(this::suspend).orElse(Outcome.NO_SUCH_MEMBER);
            case Resume(var id) ->
                    stage.member(id).map(this::resume).orElse(Outcome.NO_SUCH_MEMBER);
            case SetRole(var id, var role) ->
                    stage.member(id).map(m -> setRole(m, role)).orElse(Outcome.NO_SUCH_MEMBER);
            case ReplaceKey(var organisation, var id, var key, var proof) ->
                    new Keys(stage, networkId, height)
                            .replace(new Sender(organisation, id), key, proof);
            case Change.AddOrganisation add -> new Seats(stage, networkId).add(add);
            case Change.RemoveOrganisation(var id) -> new Seats(stage, networkId).remove(id);
            case SetRules set -> setRules(set);
            case Cancel(var other) ->
                    stage.proposal(other).map(this::cancel).orElse(Outcome.NO_SUCH_CHANGE);
            case PlanUpgrade plan -> upgrades.plan(plan, number);
            case FinaliseUpgrade(var plan) -> upgrades.finish(plan);
            case AbortUpgrade(var plan) -> upgrades.abort(plan);
        };
    }

    private Outcome add(AddMember add) {
        Optional<Member> former = stage.former(add.id());
        if (stage.isTaken(add.id())
                || former.filter(m -> !m.organisation().equals(add.organisation())).isPresent()) {
            return Outcome.ID_IN_USE;
        }
        if (add.learner() && add.role() != Role.VALIDATOR) {
            return Outcome.WRONG_STATE;
        }
        var joining = new KeyProofs.Joining(add.id(), add.organisation(), add.role());
        byte[] proven = KeyProofs.member(networkId, joining, add.key(), add.endpoints());
        if (!Ed25519.VERIFIER.verify(add.key(), Purpose.MEMBER_PROOF, proven, add.proof())) {
            return Outcome.BAD_PROOF;
        }
        return roster.join(
                new Member(
                        add.id(),
                        add.organisation(),
                        add.role(),
                        add.learner() ? Status.LEARNER : Status.ACTIVE,
                        former.map(m -> m.keyNumber() + 1).orElse(0),
                        add.key(),
                        add.endpoints()));
    }

    private Outcome suspend(Member member) {
        return member.status() == Status.SUSPENDED
                ? Outcome.WRONG_STATE
                : roster.keep(member.as(member.role(), Status.SUSPENDED));
    }

    private Outcome resume(Member member) {
        return member.status() == Status.SUSPENDED
                ? roster.unproven(member.as(member.role(), Status.ACTIVE))
                : Outcome.WRONG_STATE;
    }

    private Outcome setRole(Member member, Role role) {
        boolean learner = member.status() == Status.LEARNER;
        if (member.role() == role && !learner) {
            return Outcome.WRONG_STATE;
        }
        Member changed = member.as(role, learner ? Status.ACTIVE : member.status());
        stage.unbind(member.id());
        if (role == Role.VALIDATOR) {
            return roster.unproven(changed);
        }
        stage.set(StatePath.unattested(member.id()), Optional.empty());
        return roster.keep(changed);
    }

    private Outcome setRules(SetRules set) {
        Configuration present = stage.configuration();
        Rules rules = present.rules();
        for (Rule rule : set.rules()) {
            try {
                rules = RulesForm.with(rules, rule.name(), rule.value());
            } catch (IllegalArgumentException unknownOrOutOfRange) {
                return Outcome.OUT_OF_RANGE;
            }
        }
        // A network that was founded with four or more validators never gets a smaller set.
        if (rules.minimumValidators() < Math.min(4, present.rules().minimumValidators())) {
            return Outcome.OUT_OF_RANGE;
        }
        if (rules.minimumValidators() > present.validators().size()) {
            return Outcome.TOO_FEW_VALIDATORS;
        }
        if (rules.equals(present.rules())) {
            return Outcome.WRONG_STATE;
        }
        stage.put(new Configuration(present.protocolLevel(), rules, present.validators()));
        RulesForm.values(rules)
                .forEach((name, value) ->
                        stage.set(
                                StatePath.rule(name),
                                Optional.of(
                                        Integer.toString(value)
                                                .getBytes(StandardCharsets.US_ASCII))));
        return Outcome.DONE;
    }

    private Outcome cancel(Proposal proposal) {
        if (!proposal.isOpen(height)) {
            return Outcome.CHANGE_CLOSED;
        }
        stage.put(proposal.closed(Proposal.Status.CANCELLED, height));
        stage.put(stage.council().closed(proposal.number()));
        return Outcome.DONE;
    }
}
