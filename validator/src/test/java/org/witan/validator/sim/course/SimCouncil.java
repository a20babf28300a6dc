package org.witan.validator.sim.course;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.witan.chain.block.GovernanceOperation.Approve;
import org.witan.chain.block.GovernanceOperation.Attest;
import org.witan.chain.block.GovernanceOperation.Propose;
import org.witan.chain.block.GovernanceOperation.RotateKey;
import org.witan.chain.block.GovernanceOperation.Withdraw;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Sender;
import org.witan.chain.change.Change;
import org.witan.chain.change.Council;
import org.witan.chain.change.KeyProofs;
import org.witan.chain.change.Proposal;
import org.witan.chain.state.StatePath;
import org.witan.chain.store.Tip;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Organisation;
import org.witan.genesis.membership.Parameter;
import org.witan.genesis.membership.Role;
import org.witan.genesis.membership.Validator;
import org.witan.validator.sim.world.Cluster;
import org.witan.validator.sim.world.SimNode;

/**
 * Organisations that change the network, one step after the other, by transactions at any node; and
 * operators that start a member when it was added and give it its next key when that is in force.
 */
public final class SimCouncil {
    private static final int BEAT_MILLIS = 150;

    /** How long a step is tried: execution refuses some for the sake of the quorum. */
    private static final long PATIENCE_MILLIS = 8_000;

    private final Cluster cluster;
    private final SplittableRandom random;
    private final Deque<Step> plan = new ArrayDeque<>();
    private long patienceMillis = PATIENCE_MILLIS;
    private boolean attesting;
    private long triedSince;
    private int done;
    private int rekeyed;

    /** What is to change: something about a node, or a rule. */
    public sealed interface Step {
        /** A member comes, goes or changes its key. */
        record OfMember(Kind kind, SimNode node) implements Step {}

        /** A rule gets another value. */
        record OfRule(Parameter parameter, int value) implements Step {}

        /** What becomes of a member. */
        enum Kind {
            ADD,
            REMOVE,
            /** Its first key is replaced; once for each node. */
            ROTATE
        }
    }

    public SimCouncil(Cluster cluster, SplittableRandom random) {
        this.cluster = cluster;
        this.random = random;
    }

    public void plan(Step.Kind kind, SimNode node) {
        plan.add(new Step.OfMember(kind, node));
    }

    /** A rule is to get this value. */
    public void plan(Parameter parameter, int value) {
        plan.add(new Step.OfRule(parameter, value));
    }

    /** Tries each step until it is in force, and lets new members say that they run. */
    public void insist() {
        attesting = true;
        patienceMillis = Long.MAX_VALUE / 2;
    }

    /** Whether nothing is left to do. */
    public boolean isIdle() {
        return plan.isEmpty();
    }

    /** How many steps came into force. */
    public int done() {
        return done;
    }

    /** How often a node was started with another key. */
    public int rekeyed() {
        return rekeyed;
    }

    /** Works until {@code untilMillis}. */
    public void work(long untilMillis) {
        cluster.at(
                BEAT_MILLIS,
                () -> {
                    operate();
                    List<SimNode> usable = cluster.nodes.stream().filter(this::isMember).toList();
                    if (!usable.isEmpty() && !plan.isEmpty()) {
                        advance(usable.get(random.nextInt(usable.size())));
                    }
                    if (cluster.nowMillis() < untilMillis) {
                        work(untilMillis);
                    }
                });
    }

    private boolean isMember(SimNode node) {
        return node.isUp() && voter(node).isPresent();
    }

    private Optional<Validator> voter(SimNode node) {
        return cluster.oracle.epochs().last().configuration().validators().stream()
                .filter(validator -> validator.id().equals(node.id))
                .findFirst();
    }

    private void operate() {
        for (SimNode node : cluster.nodes) {
            Optional<PublicKey> key = voter(node).map(Validator::key);
            if (key.isPresent() && !key.get().equals(node.signer().publicKey())) {
                rekeyed++;
                if (node.isUp()) {
                    cluster.kill(node);
                }
                node.rekey(cluster.keys().of(key.get()));
                startLater(node);
            } else if (attesting && node.isUp() && key.isPresent()) {
                attest(node);
            } else if (key.isPresent() && node.life == 0) {
                node.life++;
                startLater(node);
            }
        }
    }

    /** A new validator says that it runs; before that it counts as one that may be missing. */
    private void attest(SimNode node) {
        if (node.store.state().value(StatePath.unattested(node.id)).isPresent()
                && random.nextInt(3) == 0) {
            Tip tip = node.store.tip();
            Attest said = new Attest(tip.height(), tip.hash(), 1, 1, "simulated");
            Member member = node.members().find(node.id).orElseThrow();
            cluster.submit(node, cluster.clients().sign(node, member, said));
        }
    }

    private void startLater(SimNode node) {
        cluster.at(
                random.nextInt(2_500),
                () -> {
                    if (!node.isUp()) {
                        cluster.start(node);
                    }
                });
    }

    private void advance(SimNode at) {
        Step step = plan.getFirst();
        if (triedSince == 0) {
            triedSince = cluster.nowMillis();
        }
        boolean inForce = isInForce(step);
        if (inForce || cluster.nowMillis() > triedSince + patienceMillis) {
            plan.removeFirst();
            triedSince = 0;
            done += inForce ? 1 : 0;
        } else if (step instanceof Step.OfMember(var kind, var node) && kind == Step.Kind.ROTATE) {
            at.members().find(node.id).ifPresent(member -> rotate(at, member));
        } else {
            decide(at, step);
        }
    }

    private boolean isInForce(Step step) {
        return switch (step) {
            case Step.OfRule(var parameter, var value) ->
                    parameter.of(cluster.oracle.epochs().last().configuration().rules()) == value;
            case Step.OfMember(var kind, var node) -> {
                Optional<Validator> voter = voter(node);
                yield switch (kind) {
                    case ADD -> voter.isPresent();
                    case REMOVE -> voter.isEmpty();
                    case ROTATE -> voter.isEmpty() || voter.get().keyNumber() > 0;
                };
            }
        };
    }

    private void rotate(SimNode at, Member member) {
        int number = member.keyNumber() + 1;
        Signer next = cluster.keys().later(member.id() + " key " + number);
        Operation operation =
                RotateKey.proving(
                        cluster.founding().networkId(), Sender.member(member.id()), number, next);
        cluster.submit(at, cluster.clients().sign(at, member, operation));
    }

    private void decide(SimNode at, Step step) {
        Council council =
                Council.CODEC
                        .decode(at.store.state().value(StatePath.COUNCIL).orElseThrow())
                        .orThrow();
        List<Organisation> seats = at.members().organisations();
        Organisation seat = seats.get(random.nextInt(seats.size()));
        if (council.open().isEmpty()) {
            submit(at, seat, new Propose(change(at, step), "because", false));
            return;
        }
        StatePath path = StatePath.change(council.open().getFirst().number());
        Proposal open = Proposal.CODEC.decode(at.store.state().value(path).orElseThrow()).orThrow();
        if (!open.change().equals(change(at, step))) {
            withdraw(at, open);
            return;
        }
        seats.stream()
                .filter(other -> !open.approvals().contains(other.id()))
                .skip(random.nextInt(seats.size()))
                .findFirst()
                .ifPresent(other ->
                        submit(at, other, new Approve(open.number(), open.change().hash())));
    }

    /** Proposed twice, so that it is still open when it has come into force. */
    private void withdraw(SimNode at, Proposal stale) {
        at.members().organisations().stream()
                .filter(seat -> seat.id().equals(stale.proposer()))
                .findFirst()
                .ifPresent(proposer -> submit(at, proposer, new Withdraw(stale.number())));
    }

    private Change change(SimNode at, Step step) {
        return switch (step) {
            case Step.OfRule(var parameter, var value) ->
                    new Change.SetRules(List.of(new Change.Rule(parameter.title(), value)));
            case Step.OfMember(var kind, var node) when kind == Step.Kind.REMOVE ->
                    new Change.RemoveMember(node.id);
            case Step.OfMember(var kind, var node) -> addition(at, node);
        };
    }

    private Change addition(SimNode at, SimNode node) {
        NodeId organisation = at.members().organisations().getFirst().id();
        return Change.AddMember.proving(
                cluster.founding().networkId(),
                new KeyProofs.Joining(node.id, organisation, Role.VALIDATOR),
                false,
                List.of(new Endpoint("127.0.0.1", 7999)),
                node.signer());
    }

    private void submit(SimNode at, Organisation by, Operation operation) {
        cluster.submit(at, cluster.clients().sign(at, by, operation));
    }
}
