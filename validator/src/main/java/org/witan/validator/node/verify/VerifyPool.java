package org.witan.validator.node.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.witan.chain.block.Transaction;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Verifier;
import org.witan.validator.core.execution.VerifiedSignature;

/**
 * Verifies transactions' signatures on its own threads, each once, proposals first.
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
    private final BlockingQueue<Job> jobs = new PriorityBlockingQueue<>();
    private final AtomicLong arrivals = new AtomicLong();
    private final Map<Hash, VerifiedSignature> known = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Hash> order = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();

    /** Starts the threads. */
    public VerifyPool(int size, Verifier verifier, Keys keys) {
        this.verifier = verifier;
        this.keys = keys;
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
     * Verifies what is not known yet, then answers with those that hold.
     *
     * @param urgent whether this goes before what is not
     */
    public void verify(
            List<Transaction> transactions,
            boolean urgent,
            Consumer<List<VerifiedSignature>> answer) {
        jobs.add(new Job(urgent, arrivals.getAndIncrement(), transactions, answer));
    }

    /** Ends the threads; jobs that wait are forgotten. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }

    private void work() {
        try {
            while (true) {
                Job job = jobs.take();
                job.answer.accept(job.transactions.stream().mapMulti(this::check).toList());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
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

    private record Job(
            boolean urgent,
            long arrival,
            List<Transaction> transactions,
            Consumer<List<VerifiedSignature>> answer)
            implements Comparable<Job> {
        @Override
        public int compareTo(Job other) {
            int urgency = Boolean.compare(other.urgent, urgent);
            return urgency != 0 ? urgency : Long.compare(arrival, other.arrival);
        }
    }
}
