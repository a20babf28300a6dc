package org.witan.validator.node.duty;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.witan.chain.block.Intent;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.chain.shown.Shown;
import org.witan.chain.state.NonceWindow;
import org.witan.chain.state.StatePath;
import org.witan.chain.state.StateReader;
import org.witan.chain.store.LedgerReader;
import org.witan.chain.store.StoreFailed;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.api.NodeAccess;
import org.witan.validator.api.NodeSnapshot;
import org.witan.validator.api.Submission;

/**
 * Does what is {@link Due}: looks once in a second, and hands transactions in as a client would,
 * signed with the node's key. The ledger says whether it worked; until then it tries again, less
 * and less often.
 *
 * <p>Threads: its own, from {@link #start} to {@link #close}.
 */
public final class Duties implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("EVENT");
    private static final long PAUSE_NANOS = 1_000_000_000L;

    /** So that the one before has been heard of when the next validator would report the same. */
    private static final long STAGGER_MILLIS = 3_000;

    private static final int MOST_REPORTS = 8;
    private static final int NONCE_SPREAD = 256;
    private static final int LIFETIME_BLOCKS = 500;

    private final NodeAccess node;
    private final NodeId self;
    private final Signer key;
    private final Attempts attempts = new Attempts();
    private final Thread thread;
    private volatile boolean closed;

    /** The duties of the node of this id and key; does nothing yet. */
    public Duties(NodeAccess node, NodeId self, Signer key) {
        this.node = node;
        this.self = self;
        this.key = key;
        thread = Thread.ofVirtual().name("duties").unstarted(this::run);
    }

    /** Begins to look. */
    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(5_000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed) {
                look(System.nanoTime() / 1_000_000);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (StoreFailed failed) {
            node.broken(failed);
        }
    }

    /** Looks once; the time is of any clock that does not go back. */
    void look(long nowMillis) {
        NodeSnapshot snapshot = node.snapshot();
        if (!snapshot.health().ready() || snapshot.identity().stranger().isPresent()) {
            return;
        }
        LedgerReader ledger = node.ledger();
        List<Due> owed = owed(snapshot, ledger);
        attempts.keep(owed.stream().map(Due::name).collect(Collectors.toSet()));
        for (Due due : owed) {
            long delay = due.evidence() ? place(snapshot) * STAGGER_MILLIS : 0;
            int most = due.evidence() ? MOST_REPORTS : Integer.MAX_VALUE;
            if (attempts.take(due.name(), nowMillis, delay, most)) {
                handIn(due, ledger.state());
            }
        }
    }

    private List<Due> owed(NodeSnapshot snapshot, LedgerReader ledger) {
        List<Due> owed = new ArrayList<>();
        Due.attestation(ledger, self, snapshot).ifPresent(owed::add);
        owed.addAll(Due.reports(ledger, self, snapshot.round().epoch()));
        return owed;
    }

    /** How many members come before this one by id. */
    private long place(NodeSnapshot snapshot) {
        return snapshot.members().stream().filter(row -> row.id().compareTo(self) < 0).count();
    }

    private void handIn(Due due, StateReader state) {
        Sender sender = Sender.member(self);
        long highest =
                state.value(StatePath.window(sender))
                        .map(bytes -> NonceWindow.CODEC.decode(bytes).orThrow())
                        .orElse(NonceWindow.UNUSED)
                        .highest();
        int keyNumber =
                state.value(StatePath.member(self))
                        .map(bytes -> Member.CODEC.decode(bytes).orThrow().keyNumber())
                        .orElse(0);
        Intent intent =
                new Intent(
                        node.founding().networkId(),
                        sender,
                        keyNumber,
                        highest + ThreadLocalRandom.current().nextInt(1, NONCE_SPREAD + 1),
                        state.height() + LIFETIME_BLOCKS,
                        due.operation());
        Object type = Shown.operation(due.operation()).get("type");
        LOG.info("handing-in operation={} owed={}", type, due.name());
        var unused =
                node.submit(Transaction.sign(intent, key), false)
                        .thenAccept(answer -> {
                            if (answer instanceof Submission.Refused refused) {
                                LOG.info(
                                        "not-taken operation={} code={} reason=\"{}\"",
                                        type,
                                        refused.code(),
                                        refused.why());
                            }
                        });
    }
}
