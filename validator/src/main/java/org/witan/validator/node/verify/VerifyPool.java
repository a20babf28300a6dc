package org.witan.validator.node.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.witan.chain.block.Transaction;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Verifier;
import org.witan.validator.core.execution.VerifiedSignature;

/**
 * Verifies transactions' signatures on its own threads, each once, bodies of blocks first.
 *
 * <p>What it says only saves the node loop time: a signature that it did not verify, or that does
 * not hold, is simply absent from the answer.
 *
 * <p>Threads: any thread hands in; answers come on the threads {@code verify-N}.
 */
public final class VerifyPool implements AutoCloseable {
    /** Signatures remembered, so that a proposal of gossiped transactions costs nothing. */
    private static final int REMEMBERED = 65_536;

    private final Verifier verifier;
    private volatile Keys keys;
    private final Lanes jobs = new Lanes();
    private final Consumer<Throwable> broken;
    private final Map<Hash, VerifiedSignature> known = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Hash> order = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();

    /**
     * Starts the threads.
     *
     * @param broken is told of what a verification or an answer threw; the thread goes on
     */
    public VerifyPool(int size, Verifier verifier, Keys keys, Consumer<Throwable> broken) {
        this.verifier = verifier;
        this.keys = keys;
        this.broken = broken;
        for (int i = 1; i <= size; i++) {
            threads.add(Thread.ofPlatform().daemon().name("verify-" + i).start(this::work));
        }
    }

    /** From now on these keys are the ones in force. */
    public void keys(Keys newer) {
        keys = newer;
    }

    /** The signatures of these transactions that are known to hold, at once. */
    public List<VerifiedSignature> recall(List<Transaction> transactions) {
        List<VerifiedSignature> recalled = new ArrayList<>(transactions.size());
        for (Transaction transaction : transactions) {
            VerifiedSignature entry = known.get(transaction.id());
            if (entry != null && entry.signature().equals(transaction.signature())) {
                recalled.add(entry);
            }
        }
        return recalled;
    }

    /**
     * Verifies a peer's transactions that are not known yet, then answers with those that hold;
     * waits while as much of this peer's is being verified as one may have.
     *
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public void verify(Job job) throws InterruptedException {
        jobs.put(job);
    }

    /** The same for this node's own clients, whose number the API bounds; never waits. */
    public void verifyOwn(Job job) {
        jobs.add(job);
    }

    /** Ends the threads; jobs that wait are forgotten. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }

    private void work() {
        try {
            while (true) {
                work(jobs.take());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(Job job) {
        try {
            job.answer().accept(job.transactions().stream().mapMulti(this::check).toList());
        } catch (RuntimeException | Error bug) {
            broken.accept(bug);
        } finally {
            jobs.done(job);
        }
    }

    private void check(Transaction transaction, Consumer<VerifiedSignature> holding) {
        VerifiedSignature entry = known.get(transaction.id());
        if (entry != null && entry.signature().equals(transaction.signature())) {
            holding.accept(entry);
            return;
        }
        keys.of(transaction.intent().sender())
                .filter(key -> transaction.isSignedBy(key, verifier))
                .ifPresent(key -> holding.accept(remember(transaction, key)));
    }

    private VerifiedSignature remember(Transaction transaction, PublicKey key) {
        var verified = new VerifiedSignature(transaction.id(), transaction.signature(), key);
        if (known.put(transaction.id(), verified) == null) {
            order.add(transaction.id());
            if (known.size() > REMEMBERED) {
                Hash oldest = order.poll();
                if (oldest != null) {
                    known.remove(oldest);
                }
            }
        }
        return verified;
    }
}
