/**
 * A versioned Merkle tree over the network state, and proofs against its root.
 *
 * <p>Start at {@link TreeUpdate#apply}: it takes one block's changes as a sorted batch and answers
 * the new root, the pages to add and the keys of the pages that they replace. {@link Proof} shows
 * that a path has a value, or none, to anybody who holds the root.
 *
 * <p>The tree is binary and its hashes know nothing of how it is stored. Four levels of it share
 * one {@link TreePage} of up to 16 slots, which never changes once written; a page names the
 * versions of its children, so that every kept version is a tree of its own.
 *
 * <p>Pure. Source: docs/protocol/ledger.md, T1 to T4.
 */
@NullMarked
package org.witan.chain.merkle;

import org.jspecify.annotations.NullMarked;
