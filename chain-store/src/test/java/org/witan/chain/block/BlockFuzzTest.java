package org.witan.chain.block;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.witan.chain.block.Operation.Batch;
import org.witan.chain.block.Operation.Delete;
import org.witan.chain.block.Operation.Put;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.fuzz.FormatsTarget;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NodeId;

/** Blocks and transactions, votes and certificates. */
final class BlockFuzzTest extends FormatsTarget {
    private static final OptionalLong ANY = OptionalLong.empty();

    private final TestNetwork network = TestNetwork.of(4);
    private final Epoch epoch = network.founding().firstEpoch();

    BlockFuzzTest() {
        TestChain chain = new TestChain(network);
        Put put = new Put("colour", "red".getBytes(StandardCharsets.UTF_8), ANY);
        Delete delete = new Delete("größe", OptionalLong.of(8));
        Transaction one = network.sign(1, 1, 100, put);
        Transaction two = network.sign(2, 2, 100, new Batch(List.of(put, delete)));
        Block block = chain.next(one, two).block();
        format("transaction", Transaction.CODEC, one, two);
        format("block", Block.CODEC, block);
        format("body", BlockBody.CODEC, block.body(), BlockBody.EMPTY);
        format("header", BlockHeader.CODEC, block.header());
        Vote skip = chain.vote(VoteKind.NULLIFY, 6, Hash.NONE);
        format("vote", Vote.CODEC, chain.vote(VoteKind.NOTARIZE, 5, block.hash()), skip);
        Certificate certificate = chain.certificate(VoteKind.FINALIZE, 5, block.hash());
        format("certificate", Certificate.CODEC, certificate);
        format("ballot", Ballot.CODEC, skip.ballot(), certificate.ballot());
        format("operation", Operation.CODEC, put, delete, new Batch(List.of(delete)));
        format("intent", Intent.CODEC, one.intent());
        format("sender", Sender.CODEC, new Sender(true, new NodeId("acme")));
        format("receipt", Receipt.CODEC, new Receipt(Receipt.Outcome.values()[0], 9));
        format("vote-kind", VoteKind.CODEC, VoteKind.NULLIFY);
    }

    @Override
    protected void accepted(Object value) {
        switch (value) {
            case Block block -> {
                block.hash();
                block.bodyMatches();
            }
            case BlockBody body -> {
                if (body.sizeBytes() != BlockBody.CODEC.encode(body).length) {
                    throw new AssertionError("a body that does not know its size");
                }
            }
            case Transaction transaction -> {
                if (transaction.sizeBytes() != Transaction.CODEC.encode(transaction).length) {
                    throw new AssertionError("a transaction that does not know its size");
                }
                transaction.id();
            }
            case Certificate certificate ->
                    certificate.problem(epoch, network.id(), (_, _, _, _) -> true);
            default -> {}
        }
    }
}
