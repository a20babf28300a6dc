package org.witan.chain.cli;

import java.util.Optional;
import java.util.function.LongConsumer;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.VoteKind;
import org.witan.chain.merkle.TreeCheck;
import org.witan.chain.rocks.RocksStore;
import org.witan.chain.state.GenesisState;
import org.witan.chain.state.StateReader;
import org.witan.chain.store.EpochLink;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.Founding;

/**
 * Follows the stored ledger from the genesis, or from its base, to its tip and trusts nothing on
 * the way.
 */
final class LedgerCheck {
    private final RocksStore store;
    private final Founding founding;
    private Epoch epoch;
    private Hash boundary;
    private Hash parent;
    private long finalizations;

    LedgerCheck(RocksStore store, Founding founding) {
        this.store = store;
        this.founding = founding;
        epoch = founding.firstEpoch();
        boundary = GenesisState.genesisBlock(founding).hash();
        parent = boundary;
    }

    /** Finalizations whose signatures were verified. */
    long finalizations() {
        return finalizations;
    }

    /**
     * Checks hashes, links, bodies, epochs and finalizations of all blocks.
     *
     * @param progress is told each height
     */
    void blocks(LongConsumer progress) {
        if (store.base() == 0) {
            boolean genesis = store.block(0).map(Block::hash).equals(Optional.of(parent));
            require(genesis, 0, "not the genesis");
        } else {
            base(store.base());
        }
        long top = store.tip().height();
        long unproven = 0;
        for (long height = store.base() + 1; height <= top; height++) {
            Block block = store.block(height).orElseThrow(() -> broken("a block is missing"));
            follow(block, height);
            unproven++;
            Optional<Certificate> finalization = store.finalization(height);
            if (finalization.isPresent()) {
                verify(finalization.get(), block.hash(), height);
                unproven = 0;
            }
            if (block.header().isBoundary()) {
                begin(block.header(), finalization);
            }
            progress.accept(height);
        }
        require(unproven == 0, top, "the last " + unproven + " blocks have no finalization");
    }

    /** Follows the validator sets to where the ledger begins, and what that height is. */
    private void base(long height) {
        Optional<EpochLink> link = store.epoch(2);
        while (link.isPresent() && link.get().boundary().height() < height) {
            BlockHeader header = link.get().boundary();
            belongs(header, header.height());
            require(link.get().finalization().isPresent(), header.height(), "no finalization");
            verify(link.get().finalization().get(), header.hash(), header.height());
            begin(header, link.get().finalization());
            link = store.epoch(epoch.number() + 1);
        }
        BlockHeader header =
                store.header(height).orElseThrow(() -> broken("the base's header is missing"));
        belongs(header, height);
        Certificate finalization =
                store.finalization(height)
                        .orElseThrow(() -> broken("the base has no finalization"));
        verify(finalization, header.hash(), height);
        parent = header.hash();
        if (header.isBoundary()) {
            begin(header, Optional.of(finalization));
        }
    }

    private void follow(Block block, long height) {
        BlockHeader header = block.header();
        require(header.parentHash().equals(parent), height, "does not follow its parent");
        require(block.bodyMatches(), height, "its body is not the one that its header names");
        belongs(header, height);
        parent = block.hash();
    }

    private void belongs(BlockHeader header, long height) {
        require(header.networkId().equals(founding.networkId()), height, "of another network");
        require(header.height() == height, height, "its header says " + header.height());
        require(
                header.epoch() == epoch.number()
                        && header.configHash().equals(epoch.configHash())
                        && header.previousBoundaryHash().equals(boundary),
                height,
                "does not belong to epoch " + epoch.number());
    }

    private void verify(Certificate certificate, Hash hash, long height) {
        Ballot ballot = certificate.ballot();
        require(
                ballot.kind() == VoteKind.FINALIZE && ballot.blockHash().equals(hash),
                height,
                "its finalization is for something else");
        Optional<String> problem =
                certificate.problem(epoch, founding.networkId(), Ed25519.VERIFIER);
        require(problem.isEmpty(), height, "its finalization: " + problem.orElse(""));
        finalizations++;
    }

    private void begin(BlockHeader header, Optional<Certificate> finalization) {
        long height = header.height();
        Hash hash = header.hash();
        require(finalization.isPresent(), height, "ends an epoch without a finalization");
        Optional<EpochLink> link = store.epoch(epoch.number() + 1);
        require(
                link.isPresent() && link.get().boundaryHash().equals(hash),
                height,
                "the link to epoch " + (epoch.number() + 1) + " is missing or another one");
        epoch = link.orElseThrow().epoch();
        require(
                epoch.configHash().equals(header.nextConfigHash()),
                height,
                "the link's configuration is not the one that the header names");
        boundary = hash;
    }

    /** Compares the newest values with the tree, and the tree with the tip's header. */
    long state() {
        StateReader state = store.state();
        long top = store.tip().height();
        require(state.root().equals(store.tip().header().stateRoot()), top, "another state root");
        TreeCheck.Report tree = TreeCheck.walk(state, state.treeRoot());
        require(tree.problem().isEmpty(), top, "state tree: " + tree.problem().orElse(""));
        Digest digest = Digest.plain();
        long[] values = {0};
        store.eachValue((path, value) -> {
            Optional<Hash> leaf = TreeCheck.valueHash(state, state.treeRoot(), path.hash());
            Hash hash = digest.add(value).done();
            require(
                    leaf.filter(hash::equals).isPresent(),
                    top,
                    "the value at " + path + " is not the one in the state tree");
            values[0]++;
            return true;
        });
        require(
                values[0] == tree.leaves(),
                top,
                "%d values, but %d leaves in the state tree".formatted(values[0], tree.leaves()));
        return values[0];
    }

    static void require(boolean holds, long height, String sentence) {
        if (!holds) {
            throw broken("height " + height + ": " + sentence);
        }
    }

    static OperatorError broken(String why) {
        return new OperatorError(
                ExitCode.VERIFICATION_FAILED,
                "LEDGER_DAMAGED",
                "the ledger in this store does not verify",
                why,
                "move the folder db aside and start the node: it fetches the ledger anew; keep"
                        + " high-water.mark in its place");
    }
}
