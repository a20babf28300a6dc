package org.witan.validator.node.verify;

import java.util.List;
import java.util.function.Consumer;
import org.witan.chain.block.Transaction;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.core.execution.VerifiedSignature;

/**
 * Transactions to verify, and who is told which of them hold.
 *
 * @param from who sent them; this node itself for its clients'
 * @param urgent whether agreement waits for it: bodies of blocks
 * @param transactions what to verify
 * @param bytes size of what they came in
 * @param answer is told, on a thread of the pool
 */
public record Job(
        NodeId from,
        boolean urgent,
        List<Transaction> transactions,
        int bytes,
        Consumer<List<VerifiedSignature>> answer) {}
