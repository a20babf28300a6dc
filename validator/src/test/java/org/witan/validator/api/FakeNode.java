package org.witan.validator.api;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.witan.chain.block.Transaction;
import org.witan.chain.store.LedgerReader;
import org.witan.chain.store.StoreFailed;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.NodeId;

/** A node that shows what the test says, and keeps what was handed in until the test decides. */
public final class FakeNode implements NodeAccess {
    private final TestLedger ledger;
    private final List<Handed> handed = new ArrayList<>();
    private final List<StoreFailed> breakdowns = new ArrayList<>();
    private volatile Optional<StoreFailed> failing = Optional.empty();
    private volatile NodeSnapshot snapshot;
    private volatile boolean accepting = true;
    private volatile Optional<Function<Transaction, Submission>> decision = Optional.empty();

    /**
     * A transaction that was handed in.
     *
     * @param transaction what it is
     * @param waiting whether the caller waits for its commit
     * @param stage ends when the test completes it
     */
    public record Handed(
            Transaction transaction, boolean waiting, CompletableFuture<Submission> stage) {}

    /** Shows this ledger, healthy, and accepts everything that nobody waits for. */
    public FakeNode(TestLedger ledger) {
        this.ledger = ledger;
        snapshot = Snapshots.healthy(ledger.founding(), ledger.store());
    }

    /** From now on shows another snapshot. */
    public void show(NodeSnapshot other) {
        snapshot = other;
    }

    /** From now on the disk fails whoever reads. */
    public void breakDisk(StoreFailed with) {
        failing = Optional.of(with);
    }

    /** From now on leaves every stage open. */
    public void hold() {
        accepting = false;
    }

    /** From now on ends every stage at once, as this says. */
    public void decide(Function<Transaction, Submission> with) {
        decision = Optional.of(with);
    }

    /** What was handed in so far. */
    public synchronized List<Handed> handed() {
        return List.copyOf(handed);
    }

    @Override
    public NodeSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public LedgerReader ledger() {
        if (failing.isPresent()) {
            throw failing.get();
        }
        return ledger.store();
    }

    @Override
    public Founding founding() {
        return ledger.founding();
    }

    @Override
    public byte[] genesisDocument() {
        return "{\"body\":{\"name\":\"acme-trade\"},\"endorsements\":[]}\n"
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public synchronized CompletionStage<Submission> submit(
            Transaction transaction, boolean waitForCommit) {
        CompletableFuture<Submission> stage = new CompletableFuture<>();
        handed.add(new Handed(transaction, waitForCommit, stage));
        decision.ifPresent(with -> stage.complete(with.apply(transaction)));
        if (accepting && !waitForCommit) {
            stage.complete(new Submission.Accepted(transaction.id()));
        }
        return stage;
    }

    /** v2 answers after a quarter of a millisecond, nobody else does. */
    @Override
    public OptionalDouble roundTrip(NodeId peer, Duration patience) {
        return peer.value().equals("v2") ? OptionalDouble.of(0.25) : OptionalDouble.empty();
    }

    @Override
    public synchronized void broken(StoreFailed failed) {
        breakdowns.add(failed);
    }

    /** What the API said of failed reads. */
    public synchronized List<StoreFailed> breakdowns() {
        return List.copyOf(breakdowns);
    }
}
