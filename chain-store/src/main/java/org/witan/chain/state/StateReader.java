package org.witan.chain.state;

import java.util.Optional;
import org.witan.chain.merkle.PageSource;
import org.witan.chain.merkle.TreeRoot;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.Check;
import org.witan.genesis.membership.Configuration;

/**
 * The network state after the block of one height.
 *
 * <p>Readers that a {@code LedgerReader} answers are safe for any thread; the others belong to the
 * node loop.
 */
public interface StateReader extends PageSource {
    /** The value at a path, which the caller does not change; empty if there is none. */
    Optional<byte[]> value(StatePath path);

    /** The block after which this is the state; 0 is the state that the genesis founds. */
    long height();

    /** The top of the tree over all values. */
    TreeRoot treeRoot();

    /** The state root that the block's header commits to. */
    default Hash root() {
        return treeRoot().hash();
    }

    /** What consensus reads; decoded on each call. */
    default Configuration configuration() {
        Optional<byte[]> bytes = value(StatePath.CONFIGURATION);
        Check.invariant(bytes.isPresent(), "the state has no configuration");
        return Configuration.CODEC.decode(bytes.orElseThrow()).orThrow();
    }
}
