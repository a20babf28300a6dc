package org.witan.chain.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Block;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Evidence;
import org.witan.chain.block.Receipt;
import org.witan.chain.block.Transaction;
import org.witan.chain.block.Vote;
import org.witan.chain.state.GenesisState;
import org.witan.chain.state.PostState;
import org.witan.chain.state.StatePath;
import org.witan.chain.state.StateReader;
import org.witan.chain.store.StoreWrite.Commit;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.Check;
import org.witan.genesis.membership.Founding;

/** What a store holds, in plain maps: the obvious form of the contract. */
final class MemoryLedger {
    private final List<Block> chain = new ArrayList<>();
    private final List<List<Receipt>> receipts = new ArrayList<>();
    private final Map<Hash, Long> heights = new HashMap<>();
    private final Map<Hash, TransactionPlace> places = new HashMap<>();
    private final TreeMap<Long, Certificate> finalizations = new TreeMap<>();
    private final TreeMap<Long, EpochLink> epochs = new TreeMap<>();
    private final TreeMap<Slot, Vote> votes = new TreeMap<>();
    private final TreeMap<Slot, Certificate> certificates = new TreeMap<>();
    private final TreeMap<Slot, Evidence> evidence = new TreeMap<>();
    private final Map<Hash, Block> bodies = new HashMap<>();
    private final MemoryState state = new MemoryState();
    private long finalizedEpoch;
    private long finalizedView;
    private long votesCast;

    /** Where a vote or a certificate stands. */
    private record Slot(long epoch, long view, int kind) implements Comparable<Slot> {
        private static final Comparator<Slot> ORDER =
                Comparator.comparingLong(Slot::epoch)
                        .thenComparingLong(Slot::view)
                        .thenComparingInt(Slot::kind);

        static Slot of(Ballot ballot) {
            return new Slot(ballot.epoch(), ballot.view(), ballot.kind().ordinal());
        }

        @Override
        public int compareTo(Slot other) {
            return ORDER.compare(this, other);
        }
    }

    MemoryLedger(Founding founding) {
        Block genesis = GenesisState.genesisBlock(founding);
        PostState first = GenesisState.of(founding);
        append(genesis, first, List.of());
        epochs.put(1L, new EpochLink(1, genesis.header(), Optional.empty(), first.configuration()));
    }

    void apply(List<StoreWrite> writes) {
        for (StoreWrite write : writes) {
            switch (write) {
                case StoreWrite.OwnVote(var vote) -> {
                    votes.put(Slot.of(vote.ballot()), vote);
                    votesCast++;
                }
                case StoreWrite.Certified(var certificate) ->
                        certificates.putIfAbsent(Slot.of(certificate.ballot()), certificate);
                case StoreWrite.Body(var block) -> bodies.put(block.hash(), block);
                case Commit commit -> commit(commit);
                case StoreWrite.EpochStarted(var link) -> epochs.put(link.number(), link);
                case StoreWrite.Accused(var proof) -> accused(proof);
            }
        }
    }

    private void accused(Evidence proof) {
        Ballot ballot = proof.first().ballot();
        // In place of the kind stands the signer: the same three numbers give the order.
        Slot suspect = new Slot(ballot.epoch(), ballot.view(), proof.first().signer());
        evidence.putIfAbsent(suspect, proof);
    }

    List<Evidence> evidence() {
        return List.copyOf(evidence.values());
    }

    private void commit(Commit commit) {
        append(commit.block(), commit.after(), commit.receipts());
        commit.finalization().ifPresent(f -> finalized(commit.block().height(), f));
        bodies.values().removeIf(block -> block.height() <= commit.block().height());
    }

    private void append(Block block, PostState after, List<Receipt> given) {
        Check.invariant(block.height() == chain.size(), "block %d is not next", block.height());
        Check.invariant(
                chain.isEmpty() || chain.getLast().hash().equals(block.header().parentHash()),
                "block %d is no child of the tip",
                block.height());
        chain.add(block);
        receipts.add(List.copyOf(given));
        heights.put(block.hash(), block.height());
        int index = 0;
        for (Transaction transaction : block.body().transactions()) {
            Receipt receipt = given.get(index);
            places.put(transaction.id(), new TransactionPlace(block.height(), index++, receipt));
        }
        state.add(after);
    }

    private void finalized(long height, Certificate certificate) {
        finalizations.put(height, certificate);
        finalizedEpoch = certificate.ballot().epoch();
        finalizedView = certificate.ballot().view();
        votes.keySet().removeIf(this::isFinalized);
        certificates.keySet().removeIf(this::isFinalized);
    }

    /** How many votes were ever written. */
    long votesCast() {
        return votesCast;
    }

    /** Whether this very vote is there. */
    boolean hasVoted(Ballot ballot) {
        Vote vote = votes.get(Slot.of(ballot));
        return vote != null && vote.ballot().equals(ballot);
    }

    /** Whether votes of that place mean nothing any more. */
    boolean isFinalized(Ballot ballot) {
        return isFinalized(Slot.of(ballot));
    }

    /** Votes, certificates and bodies that are kept until something is final. */
    int unfinal() {
        return votes.size() + certificates.size() + bodies.size();
    }

    private boolean isFinalized(Slot slot) {
        return slot.epoch < finalizedEpoch
                || slot.epoch == finalizedEpoch && slot.view <= finalizedView;
    }

    Recovered recovered(Optional<String> hindrance, Recovered.Past past) {
        List<Block> above =
                bodies.values().stream()
                        .sorted(Comparator.comparingLong(Block::height).thenComparing(Block::hash))
                        .toList();
        return new Recovered(
                List.copyOf(votes.values()),
                List.copyOf(certificates.values()),
                above,
                hindrance.isEmpty(),
                hindrance.orElse(""),
                past);
    }

    Tip tip() {
        Block last = chain.getLast();
        return new Tip(last.header(), last.hash(), finalization(last.height()));
    }

    Optional<Block> block(long height) {
        return height >= 0 && height < chain.size()
                ? Optional.of(chain.get((int) height))
                : Optional.empty();
    }

    OptionalLong heightOf(Hash hash) {
        Long height = heights.get(hash);
        return height == null ? OptionalLong.empty() : OptionalLong.of(height);
    }

    Optional<Certificate> finalization(long height) {
        return Optional.ofNullable(finalizations.get(height));
    }

    OptionalLong nextFinalized(long height) {
        Long next = finalizations.ceilingKey(height);
        return next == null ? OptionalLong.empty() : OptionalLong.of(next);
    }

    List<Receipt> receipts(long height) {
        return height >= 0 && height < receipts.size() ? receipts.get((int) height) : List.of();
    }

    Optional<StatePath> path(Hash pathHash) {
        return state.path(pathHash);
    }

    Optional<StateReader> stateAt(long height) {
        return state.at(height);
    }

    Optional<TransactionPlace> transaction(Hash id) {
        return Optional.ofNullable(places.get(id));
    }

    Optional<EpochLink> epoch(long number) {
        return Optional.ofNullable(epochs.get(number));
    }

    List<StateItem> list(StatePath prefix, Optional<StatePath> after, int limit) {
        return state.list(prefix, after, limit);
    }
}
