package org.witan.validator.core;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.witan.catchup.sync.SyncInput;
import org.witan.catchup.sync.Synchroniser;
import org.witan.catchup.wire.Reply;
import org.witan.chain.block.Transaction;
import org.witan.chain.state.Execution;
import org.witan.chain.state.SignatureCheck;
import org.witan.chain.store.EpochLink;
import org.witan.chain.store.LedgerReader;
import org.witan.chain.store.Recovered;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.consensus.Input;
import org.witan.validator.consensus.Self;
import org.witan.validator.consensus.message.LinkRow;
import org.witan.validator.consensus.message.Status;
import org.witan.validator.core.execution.Chain;
import org.witan.validator.core.execution.SignatureCache;
import org.witan.validator.core.execution.Workload;
import org.witan.validator.pool.Pool;

/**
 * A whole validator as one deterministic machine.
 *
 * <p>It owns agreement, the pool, the chain of executed blocks and catch-up, and carries what one
 * of them wants to the other. Same inputs, same effects.
 */
public final class Node {
    private final Pool pool;
    private final SignatureCache signatures;
    private final Chain chain;
    private final Peers peers;
    private final Workload workload;
    private final Intake intake;
    private final Agreement agreement;
    private final Follower follower;
    private String lowSpace = "";
    private boolean draining;
    private boolean started;
    private boolean workExpected;
    private long savedHeight;
    private Now now = new Now(0, 0);
    private List<NodeEffect> effects = new ArrayList<>();

    /** A node that goes on from where its ledger and its own votes stand. */
    public Node(NodeSetup setup, LedgerReader ledger, Recovered recovered) {
        Self self = setup.self();
        pool = new Pool(setup.pool());
        signatures = new SignatureCache(self.verifier());
        EpochLink link = currentEpoch(ledger);
        chain = new Chain(ledger, link.epoch(), link.boundaryHash());
        peers = new Peers(self.id());
        workload = new Workload(pool, chain);
        Execution execution = new Execution(self.networkId(), signatures);
        intake = new Intake(pool, chain, execution, workload);
        agreement =
                new Agreement(
                        self,
                        chain,
                        pool,
                        execution,
                        new Agreement.AgreementStart(
                                workload,
                                ledger.tip().finalization(),
                                recovered,
                                setup.greatestLevel()));
        follower =
                new Follower(
                        new Synchroniser(
                                self.id(), self.networkId(), self.verifier(), setup.catchup()),
                        chain,
                        pool,
                        new Execution(self.networkId(), SignatureCheck.FINALIZED));
        savedHeight = chain.tip().height();
    }

    /** Applies one input and says what to do about it, in order. */
    public List<NodeEffect> step(Now at, NodeInput input) {
        if (agreement.isOutgrown()) {
            return List.of();
        }
        now = at;
        effects = new ArrayList<>();
        if (!started) {
            started = true;
            effects.addAll(follower.start(now.millis()));
            drive(new Input.Tick());
        }
        take(input);
        if (agreement.takeBehind() > chain.tip().height()) {
            follow(follower.start(now.millis()));
        }
        effects.addAll(intake.due(now.millis()));
        updateWork();
        return effects;
    }

    /** Size of the bodies that steps executed for votes since the last call. */
    public int takeExecutedBytes() {
        return chain.takeExecutedBytes();
    }

    /** When this node wants a {@link NodeInput.Tick}, on the clock of {@link Now#millis}. */
    public long wakeAt() {
        return Math.min(
                agreement.wakeAt(), Math.min(intake.wakeAtMillis(), follower.wakeAtMillis()));
    }

    /** What this node can say of itself now. */
    public NodeView view() {
        return new NodeView(
                chain.tip(),
                chain.tipHash(),
                chain.epoch(),
                agreement.standing(),
                peers.rows(chain.epoch(), now.millis()),
                follower.progress(now.millis()),
                follower.isBehind(now.millis()),
                agreement.votingStopped(),
                lowSpace,
                draining,
                pool.size(),
                pool.sizeBytes());
    }

    private void take(NodeInput input) {
        switch (input) {
            case NodeInput.Received(var from, var message, var verified) -> {
                verified.forEach(signatures::add);
                received(from, message);
            }
            case NodeInput.Garbled(var from, var why) ->
                    follow(follower.step(now.millis(), new SyncInput.Garbled(from, why)));
            case NodeInput.Linked(var peer, var up) -> linked(peer, up);
            case NodeInput.Submitted(var ticket, var transaction, var verified) -> {
                verified.forEach(signatures::add);
                effects.add(new NodeEffect.Answer(ticket, submit(transaction)));
            }
            case NodeInput.StopVoting(var reason) -> drive(new Input.StopVoting(reason));
            case NodeInput.ResumeVoting() -> agreement.resumeVoting(now, effects);
            case NodeInput.LowSpace(var reason) -> lowSpace = reason;
            case NodeInput.Saved() -> saved();
            case NodeInput.Tick() -> {
                drive(new Input.Tick());
                follow(follower.step(now.millis(), new SyncInput.Tick()));
            }
            case NodeInput.Mesh(var links) -> drive(new Input.Links(row(links)));
            case NodeInput.Executed(var bytes, var micros) -> agreement.executed(bytes, micros);
            case NodeInput.Drain(var on) -> {
                draining = on;
                drive(new Input.Drain(on));
            }
        }
    }

    private void received(NodeId from, Message message) {
        switch (message) {
            case Message.Consensus(var content) -> {
                if (content instanceof Status status) {
                    peers.heard(from, status, chain.tip().height(), now.millis());
                }
                drive(new Input.Received(from, content));
            }
            case Message.Transactions(var batch) ->
                    intake.receive(batch.transactions(), now.millis());
            case Message.Catchup(var content) -> {
                if (content instanceof Reply reply) {
                    follow(follower.step(now.millis(), new SyncInput.Answered(from, reply)));
                }
            }
        }
    }

    private void linked(NodeId peer, boolean up) {
        peers.linked(peer, up);
        drive(new Input.Link(peer, up));
        follow(
                follower.step(
                        now.millis(),
                        up ? new SyncInput.Linked(peer) : new SyncInput.Unlinked(peer)));
        if (up) {
            effects.addAll(intake.welcome(peer));
        }
    }

    /** A write that cannot be promised an end is refused at once, with the reason. */
    private IntakeReply submit(Transaction transaction) {
        Epoch epoch = chain.epoch();
        List<NodeId> reachable = peers.reachable(epoch);
        int quorum = epoch.quorum().size();
        if (reachable.size() < quorum) {
            return new IntakeReply.Refused(
                    "NO_QUORUM",
                    "%d of %d validators are reachable (%s), %d must agree"
                            .formatted(
                                    reachable.size(),
                                    epoch.configuration().validators().size(),
                                    reachable.stream()
                                            .map(NodeId::value)
                                            .collect(Collectors.joining(", ")),
                                    quorum),
                    "wait until more validators are back: witan why");
        }
        if (follower.isBehind(now.millis())) {
            var progress = follower.progress(now.millis());
            return new IntakeReply.Refused(
                    "CATCHING_UP",
                    "this node is at height %d of %d"
                            .formatted(progress.height(), progress.target()),
                    "hand it in at another node, or again when this one has caught up");
        }
        if (!lowSpace.isEmpty()) {
            return new IntakeReply.Refused(
                    "STORAGE_LOW", lowSpace, "free space where the store lies");
        }
        return intake.submit(transaction, now.millis());
    }

    private void saved() {
        chain.saved();
        workload.recount();
        if (chain.tip().height() > savedHeight) {
            savedHeight = chain.tip().height();
            drive(new Input.Committed(savedHeight));
            follow(follower.moved(now.millis()));
        }
        follow(follower.saved(now.millis()));
    }

    private void follow(List<NodeEffect> followed) {
        effects.addAll(followed);
        follower.takeProof().ifPresent(proof -> agreement.advanced(now, proof, effects));
    }

    private void drive(Input input) {
        agreement.drive(now, input, effects);
    }

    /** Tells consensus when transactions begin or cease to wait; that may change it again. */
    private void updateWork() {
        for (int i = 0; i < 3 && workload.expected() != workExpected; i++) {
            workExpected = workload.expected();
            drive(new Input.Work(workExpected));
        }
    }

    private LinkRow row(List<PeerLink> links) {
        List<Integer> roundTrips = new ArrayList<>();
        chain.epoch()
                .configuration()
                .validators()
                .forEach(validator -> roundTrips.add(roundTrip(validator.id(), links)));
        return new LinkRow(roundTrips);
    }

    private static int roundTrip(NodeId id, List<PeerLink> links) {
        for (var link : links) {
            if (link.peer().equals(id)) {
                return !link.up()
                        ? LinkRow.DOWN
                        : link.rttMillis() == 0
                                ? LinkRow.UNKNOWN
                                : Math.min(link.rttMillis(), LinkRow.UNKNOWN - 1);
            }
        }
        return LinkRow.UNKNOWN;
    }

    private static EpochLink currentEpoch(LedgerReader ledger) {
        var tip = ledger.tip().header();
        long number = tip.isBoundary() ? tip.epoch() + 1 : tip.epoch();
        return ledger.epoch(number).orElseThrow();
    }
}
