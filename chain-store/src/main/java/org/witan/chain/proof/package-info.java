/**
 * Proofs that need nothing but the genesis file or a checkpoint.
 *
 * <p>Start at {@link ProofBundle}: a value of the network state, the header that commits to it, the
 * finalization of that header, and the chain of validator sets since the genesis. {@link
 * ProofBundles} makes one from a ledger, {@link ProofFile} reads and writes its two forms. A {@link
 * Checkpoint} is the same chain up to a block, to be trusted instead of the genesis.
 *
 * <p>Pure. Source: docs/protocol/ledger.md, P1 to P8.
 */
@NullMarked
package org.witan.chain.proof;

import org.jspecify.annotations.NullMarked;
