package org.witan.validator.node;

import java.util.Iterator;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.witan.chain.block.Block;
import org.witan.chain.block.Transaction;
import org.witan.genesis.crypto.Hash;
import org.witan.validator.api.Submission;
import org.witan.validator.core.IntakeReply;
import org.witan.validator.core.NodeEffect;

/**
 * Those who wait for what becomes of a transaction: first whether it is taken, then for its block.
 *
 * <p>Threads: requests of the API register, the node loop completes.
 */
final class Waiters {
    private record Ticket(
            Transaction transaction, boolean forCommit, CompletableFuture<Submission> future) {}

    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, Ticket> tickets = new ConcurrentHashMap<>();
    private final Map<Hash, Queue<CompletableFuture<Submission>>> commits =
            new ConcurrentHashMap<>();

    /** A number for a submission whose fate completes {@code future}. */
    long register(
            Transaction transaction, boolean forCommit, CompletableFuture<Submission> future) {
        long number = numbers.incrementAndGet();
        tickets.put(number, new Ticket(transaction, forCommit, future));
        if (forCommit) {
            // Before the node loop sees the transaction, so that no commit can slip through.
            commits.computeIfAbsent(transaction.id(), id -> new ConcurrentLinkedQueue<>())
                    .add(future);
            var unused = future.whenComplete((done, failed) -> forget(transaction.id(), future));
        }
        return number;
    }

    /** How many transactions have callers that wait for their commit. */
    int count() {
        return commits.size();
    }

    /** Whether anybody waits for a block with one of these transactions. */
    boolean anyoneWaitsFor(Block block) {
        return !commits.isEmpty()
                && block.body().transactions().stream()
                        .anyMatch(transaction -> commits.containsKey(transaction.id()));
    }

    /** The pool's answer. */
    void answer(NodeEffect.Answer answer) {
        Ticket ticket = tickets.remove(answer.ticket());
        if (ticket == null) {
            return;
        }
        switch (answer.reply()) {
            case IntakeReply.Accepted(var id) -> {
                if (!ticket.forCommit) {
                    ticket.future.complete(new Submission.Accepted(id));
                }
            }
            case IntakeReply.Refused(var code, var why, var fix) ->
                    ticket.future.complete(new Submission.Refused(code, why, fix));
        }
    }

    /** A block is final and saved. */
    void committed(NodeEffect.Committed committed) {
        if (commits.isEmpty()) {
            return;
        }
        Block block = committed.block();
        int index = 0;
        for (Transaction transaction : block.body().transactions()) {
            var receipt = committed.receipts().get(index);
            complete(
                    transaction.id(),
                    new Submission.Committed(transaction.id(), block.height(), index, receipt));
            index++;
        }
    }

    /** A transaction left the pool without a block. */
    void expired(Hash id) {
        complete(
                id,
                new Submission.Refused(
                        "EXPIRED",
                        "no block took it up to its validUntil height",
                        "sign it again with a later validUntil"));
    }

    private void complete(Hash id, Submission submission) {
        Queue<CompletableFuture<Submission>> waiting = commits.remove(id);
        if (waiting != null) {
            waiting.forEach(future -> future.complete(submission));
        }
    }

    private void forget(Hash id, CompletableFuture<Submission> future) {
        commits.computeIfPresent(
                id,
                (same, waiting) -> {
                    for (Iterator<CompletableFuture<Submission>> each = waiting.iterator();
                            each.hasNext(); ) {
                        if (each.next().equals(future)) {
                            each.remove();
                        }
                    }
                    return waiting.isEmpty() ? null : waiting;
                });
    }
}
