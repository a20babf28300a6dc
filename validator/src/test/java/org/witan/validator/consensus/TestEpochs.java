package org.witan.validator.consensus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockBody;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Vote;
import org.witan.chain.store.Recovered;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Rules;
import org.witan.genesis.membership.Validator;
import org.witan.validator.consensus.round.Leaders;
import org.witan.validator.consensus.round.SafetyRules;

/**
 * A network of a, b, c, … with cheap keys, in which a leads view 1 of epoch 1; and blocks whose
 * execution is a hash of the parent's state.
 */
public final class TestEpochs {
    /** The network of all tests. */
    public static final NetworkId NETWORK = new NetworkId(Digest.tagged("test/network").done());

    /** When the network was founded, milliseconds since 1970. */
    public static final long FOUNDED_MILLIS = 1_000_000;

    /** Nothing to remember, and nothing to ask the others for. */
    public static final Recovered FRESH = new Recovered(List.of(), List.of(), List.of(), true, "");

    /** Rules without a heartbeat for an hour: what is proposed is proposed for work. */
    public static final Rules QUIET = quiet(Rules.DEFAULT);

    private final int members;
    private final Rules rules;
    private final Anchor genesis;

    /** A network of so many members. */
    public TestEpochs(int members, Rules rules) {
        this.members = members;
        this.rules = rules;
        genesis = found();
    }

    private static Rules quiet(Rules base) {
        return new Rules(
                base.networkDelayMillis(),
                base.blockMaxBytes(),
                base.blockMaxTransactions(),
                base.blockMinIntervalMillis(),
                3_600,
                base.entryMaxBytes(),
                base.changeLifetimeBlocks(),
                1);
    }

    /** The id of a member by its index. */
    public static NodeId id(int index) {
        return new NodeId(String.valueOf((char) ('a' + index)));
    }

    /** Number of members. */
    public int members() {
        return members;
    }

    /** The epoch of this number: epochs differ in their protocol level only. */
    public Epoch epoch(long number) {
        List<Validator> validators = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            validators.add(new Validator(id(i), 0, CheapKeys.signer(id(i).value()).publicKey()));
        }
        return Epoch.of(number, new Configuration((int) number, rules, validators));
    }

    /** The genesis block's place in the chain. */
    public Anchor genesis() {
        return genesis;
    }

    /** Who a member is. */
    public static Self self(int index) {
        NodeId id = id(index);
        return new Self(id, CheapKeys.signer(id.value()), NETWORK, CheapKeys.VERIFIER);
    }

    /** An engine with rules of the test's choice. */
    public static Engine engine(
            Self self, Epoch epoch, Anchor anchor, Recovered memory, SafetyRules rules) {
        return new Engine(new EpochState(self, epoch, anchor, rules), memory);
    }

    /** What an engine holds to. */
    public record Beliefs(SafetyRules rules, Leaders leaders) {}

    /** An engine with rules, and leaders, of the test's choice. */
    public static Engine engine(
            Self self, Epoch epoch, Anchor anchor, Recovered memory, Beliefs in) {
        return new Engine(new EpochState(self, epoch, anchor, in.rules, in.leaders), memory);
    }

    /** A valid block; one that ends the epoch if {@code boundary}. */
    public Block block(Anchor parent, Epoch epoch, long view, boolean boundary, long nowMillis) {
        NodeId proposer = id(Math.floorMod(view - 1 + offset(parent, epoch), members));
        Hash next = boundary ? epoch(epoch.number() + 1).configHash() : epoch.configHash();
        return new Block(
                new BlockHeader(
                        NETWORK,
                        epoch.number(),
                        view,
                        parent.height() + 1,
                        proposer,
                        parent.hash(),
                        Math.max(nowMillis, parent.header().timestampMillis()),
                        BlockBody.EMPTY.root(),
                        stateAfter(parent.header()),
                        epoch.configHash(),
                        next,
                        boundaryOf(parent, epoch),
                        BlockBody.EMPTY.sizeBytes(),
                        0),
                BlockBody.EMPTY);
    }

    /** What members sign together. */
    public static Certificate certificate(Ballot ballot, List<Integer> signers) {
        return new Certificate(
                ballot,
                signers,
                signers.stream()
                        .map(i -> Vote.cast(ballot, i, NETWORK, self(i).signer()).signature())
                        .toList());
    }

    /** The block as a parent. */
    public static Anchor anchor(Block block) {
        return new Anchor(block.header(), block.hash(), Optional.empty());
    }

    /** What every member's execution finds: the state after a child of this block. */
    public static Hash stateAfter(BlockHeader parent) {
        return Digest.tagged("test/state").add(parent.stateRoot()).done();
    }

    /** Hash of the block that began the epoch of a child of {@code parent}. */
    private static Hash boundaryOf(Anchor parent, Epoch epoch) {
        return parent.header().epoch() == epoch.number()
                ? parent.header().previousBoundaryHash()
                : parent.hash();
    }

    private int offset(Anchor parent, Epoch epoch) {
        Hash boundary = boundaryOf(parent, epoch);
        long start = 0;
        for (int i = 0; i < 4; i++) {
            start = start << 8 | boundary.byteAt(i);
        }
        return (int) (start % members);
    }

    /** Tries timestamps until the rotation starts with a. */
    private Anchor found() {
        for (long millis = FOUNDED_MILLIS; ; millis--) {
            BlockHeader header =
                    new BlockHeader(
                            NETWORK,
                            0,
                            0,
                            0,
                            new NodeId("genesis"),
                            Hash.NONE,
                            millis,
                            Hash.NONE,
                            Hash.NONE,
                            Hash.NONE,
                            epoch(1).configHash(),
                            Hash.NONE,
                            0,
                            0);
            Anchor anchor = new Anchor(header, header.hash(), Optional.empty());
            if (offset(anchor, epoch(1)) == 0) {
                return anchor;
            }
        }
    }
}
