package org.witan.validator.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.witan.chain.block.Block;
import org.witan.genesis.crypto.Hash;
import org.witan.validator.core.execution.Chain;

/** Blocks from proposers whose clocks are ahead, until their time has come (rule V6). */
final class EarlyBlocks {
    private final Map<Hash, Block> waiting = new TreeMap<>();

    void add(Block block) {
        waiting.put(block.hash(), block);
    }

    /** Those whose time has come; they wait no more. */
    List<Block> due(Now at) {
        List<Block> due = new ArrayList<>();
        for (Block block : waiting.values()) {
            if (waitMillis(block, at) <= 0) {
                due.add(block);
            }
        }
        waiting.values().removeAll(due);
        return due;
    }

    /** Forgets those of decided heights. */
    void decided(long height) {
        waiting.values().removeIf(block -> block.height() <= height);
    }

    /** When the next one's time comes, on the clock of {@link Now#millis}. */
    long wakeAt(Now now) {
        return waiting.values().stream()
                .mapToLong(block -> now.millis() + Math.max(1, waitMillis(block, now)))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private static long waitMillis(Block block, Now at) {
        return block.header().timestampMillis() - Chain.SKEW_MILLIS - at.wallMillis();
    }
}
