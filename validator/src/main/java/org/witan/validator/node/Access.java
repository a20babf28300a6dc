package org.witan.validator.node;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.chain.state.Refusal;
import org.witan.chain.store.LedgerReader;
import org.witan.chain.store.StoreFailed;
import org.witan.chain.store.TransactionPlace;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.validator.api.AdminAccess;
import org.witan.validator.api.NodeAccess;
import org.witan.validator.api.NodeSnapshot;
import org.witan.validator.api.Submission;
import org.witan.validator.core.IntakeReply;
import org.witan.validator.core.NodeEffect;
import org.witan.validator.core.NodeInput;
import org.witan.validator.core.execution.VerifiedSignature;
import org.witan.validator.link.Links;
import org.witan.validator.node.verify.Job;
import org.witan.validator.node.verify.Precheck;

/** The node as its API sees it. Any thread. */
final class Access implements NodeAccess, AdminAccess {
    private final NodeParts parts;
    private final Links links;
    private final Publisher publisher;
    private final Inbox inbox;
    private final CompletableFuture<ValidatorNode.Ended> ended;
    private final Runnable stop;
    private final Snapshots snapshots;
    private final Precheck precheck;

    /**
     * How the node ends.
     *
     * @param ended completed when it did
     * @param stop makes it end; returns at once
     */
    record Ending(CompletableFuture<ValidatorNode.Ended> ended, Runnable stop) {}

    Access(NodeParts parts, Links links, Publisher publisher, Inbox inbox, Ending ending) {
        this.parts = parts;
        this.links = links;
        this.publisher = publisher;
        this.inbox = inbox;
        ended = ending.ended();
        stop = ending.stop();
        precheck = new Precheck(parts.store(), parts.founding().networkId(), Ed25519.VERIFIER);
        snapshots = new Snapshots(parts);
    }

    @Override
    public NodeSnapshot snapshot() {
        ValidatorNode.Ended end = ended.getNow(null);
        return snapshots.of(
                publisher.last(),
                new Snapshots.Surroundings(
                        links.states(),
                        inbox.builds(),
                        parts.store().recovered().reason(),
                        end == null ? "" : end.sentence()));
    }

    @Override
    public LedgerReader ledger() {
        return parts.store();
    }

    @Override
    public Founding founding() {
        return parts.founding();
    }

    @Override
    public byte[] genesisDocument() {
        return parts.genesis().toBytes();
    }

    @Override
    public CompletionStage<Submission> submit(Transaction transaction, boolean waitForCommit) {
        if (isForOthersHere(transaction)) {
            return CompletableFuture.completedFuture(
                    new Submission.Refused(
                            "READ_ONLY",
                            "%s is an observer, which serves reads and takes no writes"
                                    .formatted(parts.self().id()),
                            "hand it in at a gateway or a validator"));
        }
        Optional<Submission> known = committed(transaction);
        if (known.isPresent()) {
            return CompletableFuture.completedFuture(known.get());
        }
        CompletableFuture<Submission> future = new CompletableFuture<>();
        long ticket = parts.waiters().register(transaction, waitForCommit, future);
        parts.verify()
                .verifyOwn(
                        new Job(
                                parts.self().id(),
                                false,
                                List.of(transaction),
                                transaction.sizeBytes(),
                                verified -> submitted(ticket, transaction, verified)));
        return future;
    }

    /** An observer writes nothing but what it owes itself. */
    private boolean isForOthersHere(Transaction transaction) {
        NodeId self = parts.self().id();
        Role role =
                parts.members()
                        .members()
                        .find(self)
                        .map(Member::role)
                        .orElse(parts.settings().role());
        return role == Role.OBSERVER && !transaction.intent().sender().equals(Sender.member(self));
    }

    /**
     * What does not hold ends here: whoever can reach the API cannot load the node loop with it.
     */
    private void submitted(long ticket, Transaction transaction, List<VerifiedSignature> verified) {
        Optional<Refusal> refusal =
                verified.isEmpty() ? precheck.refusal(transaction) : Optional.empty();
        if (refusal.isPresent()) {
            Refusal.Code code = refusal.get().code();
            var reply = new IntakeReply.Refused(code.name(), refusal.get().why(), code.fix());
            parts.counting().answered(reply);
            parts.waiters().answer(new NodeEffect.Answer(ticket, reply));
        } else {
            parts.mailbox().putClients(new NodeInput.Submitted(ticket, transaction, verified));
        }
    }

    @Override
    public OptionalDouble roundTrip(NodeId peer, Duration patience) throws InterruptedException {
        return links.measure(peer, patience.toMillis());
    }

    @Override
    public void broken(StoreFailed failed) {
        parts.breakdown().accept(failed);
    }

    @Override
    public void drain(boolean on) {
        parts.mailbox().put(new NodeInput.Drain(on));
    }

    @Override
    public int waiting() {
        return parts.waiters().count();
    }

    @Override
    public void stop() {
        stop.run();
    }

    /** The same transaction handed in again gets the same answer. */
    private Optional<Submission> committed(Transaction transaction) {
        Optional<TransactionPlace> place = parts.store().transaction(transaction.id());
        return place.map(p ->
                new Submission.Committed(transaction.id(), p.height(), p.index(), p.receipt()));
    }
}
