package org.witan.validator.consensus.round;

import org.witan.chain.block.Block;

/** A block above the tip with what this node found out about it. */
public final class Candidate {
    /** What execution said. */
    public enum Verdict {
        /** Not executed yet. */
        UNKNOWN,
        /** Asked for. */
        EXECUTING,
        /** Holds; for good. */
        VALID,
        /** Does not hold; for good. */
        INVALID
    }

    private final Block block;
    private final long seenMillis;
    private Verdict verdict = Verdict.UNKNOWN;
    private boolean stored;

    Candidate(Block block, long seenMillis) {
        this.block = block;
        this.seenMillis = seenMillis;
    }

    /** The block, whose body matches its header. */
    public Block block() {
        return block;
    }

    /** When this node first held it. */
    public long seenMillis() {
        return seenMillis;
    }

    /** What execution said. */
    public Verdict verdict() {
        return verdict;
    }

    /** Whether execution said that it holds. */
    public boolean isValid() {
        return verdict == Verdict.VALID;
    }

    /** Sets the verdict; a final one stays. */
    public void verdict(Verdict next) {
        if (verdict == Verdict.UNKNOWN || verdict == Verdict.EXECUTING) {
            verdict = next;
        }
    }

    /** Whether the body was given to the disk. */
    public boolean isStored() {
        return stored;
    }

    /** The body was given to the disk. */
    public void markStored() {
        stored = true;
    }

    void forgetExecution() {
        if (verdict != Verdict.INVALID) {
            verdict = Verdict.UNKNOWN;
        }
    }
}
