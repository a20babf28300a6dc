package org.witan.validator.consensus.round;

import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.witan.chain.block.Block;
import org.witan.genesis.crypto.Hash;

/** The blocks above the tip that this node holds, by hash. */
public final class Candidates {
    private final TreeMap<Hash, Candidate> byHash = new TreeMap<>();

    /** The block of this hash. */
    public Optional<Candidate> get(Hash hash) {
        return Optional.ofNullable(byHash.get(hash));
    }

    /** Keeps a block whose body matches, unless it is held; answers the one that is held then. */
    public Candidate add(Block block, long nowMillis) {
        return byHash.computeIfAbsent(block.hash(), hash -> new Candidate(block, nowMillis));
    }

    /** Drops all blocks up to this height: they are committed, or lost against one that is. */
    public void dropUpTo(long height) {
        byHash.values().removeIf(candidate -> candidate.block().height() <= height);
    }

    /** Drops all blocks but these and their ancestors, and all that are not above a view. */
    public void keepOnly(Predicate<Candidate> wanted, long above) {
        TreeSet<Hash> kept = new TreeSet<>();
        for (Candidate candidate : byHash.values()) {
            if (wanted.test(candidate)) {
                Candidate at = candidate;
                while (at != null
                        && at.block().header().view() > above
                        && kept.add(at.block().hash())) {
                    at = byHash.get(at.block().header().parentHash());
                }
            }
        }
        byHash.keySet().retainAll(kept);
    }

    /** The states of all blocks are gone: those that are needed must be executed again. */
    public void forgetExecutions() {
        byHash.values().forEach(Candidate::forgetExecution);
    }

    /** Number of blocks held. */
    public int size() {
        return byHash.size();
    }
}
