package org.witan.validator.history;

import java.util.List;
import java.util.OptionalLong;

/**
 * The committed blocks of one node, as far as the checks look at them.
 *
 * @param node whose
 * @param blocks from height 1 on, or from the first that is looked at, without a gap
 */
public record Ledger(String node, List<LoggedBlock> blocks) {
    /**
     * A block.
     *
     * @param height from 1
     * @param hash of its header
     * @param stateRoot after it
     * @param transactions in their order
     */
    public record LoggedBlock(
            long height, String hash, String stateRoot, List<Logged> transactions) {}

    /**
     * A transaction in a block.
     *
     * @param id in hex
     * @param sender who signed it
     * @param nonce its number among the sender's
     * @param key what it writes, with its owner
     * @param value the number that it writes; empty for other content
     * @param done whether it took effect
     * @param version the entry's version after it, or the one that it found
     */
    public record Logged(
            String id,
            String sender,
            long nonce,
            String key,
            OptionalLong value,
            boolean done,
            long version) {}
}
