package org.witan.validator.sim.course;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.witan.chain.block.GovernanceOperation.Approve;
import org.witan.chain.block.GovernanceOperation.Propose;
import org.witan.chain.block.GovernanceOperation.RotateKey;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Sender;
import org.witan.chain.change.Change;
import org.witan.chain.change.Council;
import org.witan.chain.change.KeyProofs;
import org.witan.chain.change.Proposal;
import org.witan.chain.state.StatePath;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Organisation;
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
    private static final int PATIENCE_MILLIS = 8_000;

    private final Cluster cluster;
    private final SplittableRandom random;
    private final Deque<Step> plan = new ArrayDeque<>();
    private long triedSince;
    private int done;
    private int rekeyed;

    /** What is to change about a node. */
    public record Step(Kind kind, SimNode node) {
        public enum Kind {
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
        plan.add(new Step(kind, node));
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
            } else if (key.isPresent() && node.life == 0) {
                node.life++;
                startLater(node);
            }
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
        if (inForce || cluster.nowMillis() > triedSince + PATIENCE_MILLIS) {
            plan.removeFirst();
            triedSince = 0;
            done += inForce ? 1 : 0;
        } else if (step.kind() == Step.Kind.ROTATE) {
            at.members().find(step.node.id).ifPresent(member -> rotate(at, member));
        } else {
            decide(at, step);
        }
    }

    private boolean isInForce(Step step) {
        Optional<Validator> voter = voter(step.node);
        return switch (step.kind()) {
            case ADD -> voter.isPresent();
            case REMOVE -> voter.isEmpty();
            case ROTATE -> voter.isEmpty() || voter.get().keyNumber() > 0;
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
        seats.stream()
                .filter(other -> !open.approvals().contains(other.id()))
                .skip(random.nextInt(seats.size()))
                .findFirst()
                .ifPresent(other ->
                        submit(at, other, new Approve(open.number(), open.change().hash())));
    }

    private Change change(SimNode at, Step step) {
        if (step.kind() == Step.Kind.REMOVE) {
            return new Change.RemoveMember(step.node.id);
        }
        NodeId organisation = at.members().organisations().getFirst().id();
        return Change.AddMember.proving(
                cluster.founding().networkId(),
                new KeyProofs.Joining(step.node.id, organisation, Role.VALIDATOR),
                false,
                List.of(new Endpoint("127.0.0.1", 7999)),
                step.node.signer());
    }

    private void submit(SimNode at, Organisation by, Operation operation) {
        cluster.submit(at, cluster.clients().sign(at, by, operation));
    }
}
