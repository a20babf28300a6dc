package org.witan.validator.consensus.liars;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockBody;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Intent;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.consensus.CheapKeys;
import org.witan.validator.consensus.TestEpochs;

/** Signs anything for anybody, and changes blocks. */
final class Ink {
    private Ink() {}

    static Vote vote(Epoch epoch, int member, VoteKind kind, long view, Hash block) {
        return sign(ballot(epoch, kind, view, block), member);
    }

    private static Ballot ballot(Epoch epoch, VoteKind kind, long view, Hash block) {
        Hash hash = kind == VoteKind.NULLIFY ? Hash.NONE : block;
        return new Ballot(kind, epoch.number(), epoch.configHash(), view, hash);
    }

    static Vote sign(Ballot ballot, int member) {
        String name = TestEpochs.id(member).value();
        return Vote.cast(ballot, member, TestEpochs.NETWORK, CheapKeys.signer(name));
    }

    /** Of the signatures of these members, ascending. */
    static Certificate certificate(
            Epoch epoch, VoteKind kind, long view, Hash block, int... signers) {
        return TestEpochs.certificate(
                ballot(epoch, kind, view, block), IntStream.of(signers).boxed().toList());
    }

    static Block proposedBy(Block block, NodeId proposer) {
        Shape shape = Shape.of(block.header());
        return shape(
                block, new Shape(shape.view, shape.height, proposer, shape.millis, shape.state));
    }

    /** The same block at another time, so with another hash. */
    static Block later(Block block, long millis) {
        Shape s = Shape.of(block.header());
        return shape(block, new Shape(s.view, s.height, s.proposer, s.millis + millis, s.state));
    }

    /** The same block with a state that nobody's execution finds. */
    static Block invalid(Block block) {
        Shape s = Shape.of(block.header());
        return shape(block, new Shape(s.view, s.height, s.proposer, s.millis, Hash.NONE));
    }

    static Block at(Block block, long view, long height) {
        Shape s = Shape.of(block.header());
        return shape(block, new Shape(view, height, s.proposer, s.millis, s.state));
    }

    /** The same block, whose header claims a body of so many bytes. */
    static Block claiming(Block block, int bytes) {
        BlockHeader h = block.header();
        Filling claimed = new Filling(h.transactionRoot(), bytes, h.transactionCount());
        return new Block(header(h, Shape.of(h), claimed), block.body());
    }

    /** The same block with a body of its own that holds so many bytes. */
    static Block filled(Block block, int bytes) {
        BlockBody body = body(block, bytes);
        Filling filling = new Filling(body.root(), body.sizeBytes(), body.transactions().size());
        return new Block(header(block.header(), Shape.of(block.header()), filling), body);
    }

    /** The header, with a body that is not its own. */
    static Block withAnotherBody(Block block) {
        return new Block(block.header(), body(block, 1));
    }

    private static BlockBody body(Block block, int bytes) {
        Sender sender = Sender.member(block.header().proposer());
        Operation put = new Operation.Put("key", new byte[bytes], OptionalLong.empty());
        Intent intent = new Intent(TestEpochs.NETWORK, sender, 0, 1, 1, put);
        return new BlockBody(List.of(Transaction.sign(intent, CheapKeys.signer("a"))));
    }

    private record Shape(long view, long height, NodeId proposer, long millis, Hash state) {
        static Shape of(BlockHeader h) {
            return new Shape(
                    h.view(), h.height(), h.proposer(), h.timestampMillis(), h.stateRoot());
        }
    }

    private static Block shape(Block block, Shape shape) {
        BlockHeader h = block.header();
        Filling same = new Filling(h.transactionRoot(), h.bodyBytes(), h.transactionCount());
        return new Block(header(h, shape, same), BlockBody.EMPTY);
    }

    /** What a header says of its body. */
    private record Filling(Hash root, int bytes, int transactions) {}

    private static BlockHeader header(BlockHeader h, Shape shape, Filling filling) {
        return new BlockHeader(
                h.networkId(),
                h.epoch(),
                shape.view,
                shape.height,
                shape.proposer,
                h.parentHash(),
                shape.millis,
                filling.root,
                shape.state,
                h.configHash(),
                h.nextConfigHash(),
                h.previousBoundaryHash(),
                filling.bytes,
                filling.transactions);
    }
}
