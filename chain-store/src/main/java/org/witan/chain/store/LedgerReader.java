package org.witan.chain.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Evidence;
import org.witan.chain.block.Receipt;
import org.witan.chain.state.StatePath;
import org.witan.chain.state.StateReader;
import org.witan.genesis.crypto.Hash;

/**
 * Committed data only, for any thread.
 *
 * <p>Every method throws {@link StoreFailed} when the disk fails or what it gives back is not what
 * was written.
 */
public interface LedgerReader {
    /** The last committed block; height 0 in a new store. */
    Tip tip();

    /**
     * The height that this ledger begins with: 0 if that is the genesis. Above 0 the ledger began
     * with a snapshot: no block up to that height is here, and no header below it.
     */
    long base();

    /** The committed block of a height. */
    Optional<Block> block(long height);

    /** The encoding of that block, as it was stored and without a look at it; for serving. */
    Optional<byte[]> encodedBlock(long height);

    /** The header of a height. */
    Optional<BlockHeader> header(long height);

    /** The height of a committed block. */
    OptionalLong heightOf(Hash blockHash);

    /** The finalization of exactly the block of this height, if the store has one. */
    Optional<Certificate> finalization(long height);

    /** The least height, {@code height} or above, whose block has a finalization of its own. */
    OptionalLong nextFinalized(long height);

    /** The receipts of a block, in the order of its transactions. */
    List<Receipt> receipts(long height);

    /** The network state of the tip; the reader stays with that height when the tip moves on. */
    StateReader state();

    /**
     * The network state after a height: any of the last heights that the store keeps, empty for
     * others.
     */
    Optional<StateReader> stateAt(long height);

    /**
     * The path of a hash, for serving states in the order of their tree; empty if no value ever
     * stood there, or if it is not known any more.
     */
    Optional<StatePath> path(Hash pathHash);

    /**
     * Asks that states from this height on stay readable, however far the tip goes: whoever serves
     * one in chunks needs it for longer than others. One holder at a time; the last word counts.
     *
     * @param height {@link Long#MAX_VALUE} to hold nothing
     */
    void holdStates(long height);

    /** A committed transaction by its id. */
    Optional<TransactionPlace> transaction(Hash id);

    /** How an epoch began; empty if it has not begun. */
    Optional<EpochLink> epoch(long number);

    /**
     * Proofs of misbehaviour that this node came by, by epoch, view and signer.
     *
     * @param limit most of them to answer, from 1; the oldest first
     */
    List<Evidence> evidence(int limit);

    /**
     * The newest values whose paths begin with {@code prefix}, ascending.
     *
     * @param after begin behind this path
     * @param limit most values to answer, from 1
     */
    List<StateItem> list(StatePath prefix, Optional<StatePath> after, int limit);
}
