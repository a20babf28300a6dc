package org.witan.chain.store;

import org.witan.chain.block.Receipt;

/**
 * Where a committed transaction stands, and what became of it.
 *
 * @param height of its block
 * @param index in the block, from 0
 * @param receipt what became of it
 */
public record TransactionPlace(long height, int index, Receipt receipt) {}
