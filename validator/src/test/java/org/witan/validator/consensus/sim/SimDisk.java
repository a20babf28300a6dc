package org.witan.validator.consensus.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.witan.chain.block.Block;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Vote;
import org.witan.chain.store.Recovered;
import org.witan.chain.store.StoreWrite;
import org.witan.validator.consensus.Anchor;
import org.witan.validator.consensus.Effect;

/** A node's disk: a log of which a crash keeps all that was synced and any prefix of the rest. */
final class SimDisk {
    /** Commits beside the writes of the engine. */
    private record Committed(Effect.Commit commit) {}

    private final Anchor genesis;
    private final List<Object> log = new ArrayList<>();
    private int synced;

    SimDisk(Anchor genesis) {
        this.genesis = genesis;
    }

    void write(StoreWrite write) {
        log.add(write);
    }

    void commit(Effect.Commit commit) {
        log.add(new Committed(commit));
    }

    void sync() {
        synced = log.size();
    }

    int size() {
        return log.size();
    }

    boolean hasSynced(Vote vote) {
        for (int i = synced - 1; i >= 0; i--) {
            if (log.get(i) instanceof StoreWrite.OwnVote(var own) && own.equals(vote)) {
                return true;
            }
        }
        return false;
    }

    void crash(SplittableRandom random) {
        int kept = synced + random.nextInt(log.size() - synced + 1);
        log.subList(kept, log.size()).clear();
        synced = log.size();
    }

    Anchor tip() {
        for (int i = log.size() - 1; i >= 0; i--) {
            if (log.get(i) instanceof Committed(var commit)) {
                Block last = commit.blocks().getLast();
                return new Anchor(last.header(), last.hash(), Optional.of(commit.finalization()));
            }
        }
        return genesis;
    }

    List<Effect.Commit> commits() {
        List<Effect.Commit> commits = new ArrayList<>();
        for (Object entry : log) {
            if (entry instanceof Committed(var commit)) {
                commits.add(commit);
            }
        }
        return commits;
    }

    /** What a process that starts knows of the votes of its key. */
    Recovered.Past past() {
        return log.stream().anyMatch(StoreWrite.OwnVote.class::isInstance)
                ? Recovered.Past.KEPT
                : Recovered.Past.NONE;
    }

    /** What the store gives back: everything above the finalized view of this epoch. */
    Recovered recovered(long epoch, boolean ownVotes, Recovered.Past past) {
        Anchor tip = tip();
        long view = tip.viewIn(epoch);
        List<Vote> votes = new ArrayList<>();
        List<Certificate> certificates = new ArrayList<>();
        List<Block> bodies = new ArrayList<>();
        for (Object entry : log) {
            switch (entry) {
                case StoreWrite.OwnVote(var vote) -> {
                    if (vote.ballot().epoch() == epoch && vote.ballot().view() > view) {
                        votes.add(vote);
                    }
                }
                case StoreWrite.Certified(var certificate) -> {
                    var ballot = certificate.ballot();
                    if (ballot.epoch() == epoch && ballot.view() > view) {
                        certificates.add(certificate);
                    }
                }
                case StoreWrite.Body(var block) -> {
                    if (block.height() > tip.height()) {
                        bodies.add(block);
                    }
                }
                default -> {}
            }
        }
        return new Recovered(ownVotes ? votes : List.of(), certificates, bodies, true, "", past);
    }

    Optional<Block> block(org.witan.genesis.crypto.Hash hash) {
        for (int i = log.size() - 1; i >= 0; i--) {
            if (log.get(i) instanceof Committed(var commit)) {
                for (Block block : commit.blocks()) {
                    if (block.hash().equals(hash)) {
                        return Optional.of(block);
                    }
                }
            }
        }
        return Optional.empty();
    }
}
