package org.witan.validator.consensus.liars;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.Block;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.Rules;
import org.witan.validator.consensus.Engine;
import org.witan.validator.consensus.Input;
import org.witan.validator.consensus.TestEpochs;
import org.witan.validator.consensus.message.Blocks;
import org.witan.validator.consensus.message.Certificates;
import org.witan.validator.consensus.message.ConsensusMessage;
import org.witan.validator.consensus.message.GetBlocks;
import org.witan.validator.consensus.message.LinkRow;
import org.witan.validator.consensus.message.Proposal;
import org.witan.validator.consensus.message.Status;
import org.witan.validator.consensus.message.Votes;

/** What f members say, however much, an engine keeps only a bounded part of. */
class MemoryTest {
    private static final int LIARS = 2;
    private static final int MESSAGES = 46_000;

    /** Of which 16 000 are the 4096 signatures that are remembered (C14). */
    private static final int MAX_OBJECTS = 18_000;

    private static final int BODY_BYTES = 60_000;

    /** Signatures and keys, and a few of the bodies that liars sent. */
    private static final long MAX_BYTES = 1_000_000;

    private final TestEpochs epochs = new TestEpochs(7, Rules.DEFAULT);
    private final Epoch epoch = epochs.epoch(1);
    private final SplittableRandom random = new SplittableRandom(65);

    @Test
    @DisplayName("D1 65: garbage of f members at full rate does not grow what an engine holds")
    void garbageDoesNotGrow() {
        Engine engine = new Engine(TestEpochs.self(6), epoch, epochs.genesis(), TestEpochs.FRESH);
        long now = TestEpochs.FOUNDED_MILLIS + 1_000;
        engine.step(now, now, new Input.Tick());
        int most = 0;
        long mostBytes = 0;
        for (int i = 0; i < MESSAGES; i++) {
            int liar = random.nextInt(LIARS);
            Input received = new Input.Received(TestEpochs.id(liar), message(liar));
            engine.step(now + i / 10, now + i / 10, received);
            if (i % 5_000 == 0) {
                most = Math.max(most, Weight.of(engine));
                mostBytes = Math.max(mostBytes, Weight.ofBytes(engine));
            }
        }
        assertThat(engine.standing().view()).isEqualTo(1);
        assertThat(most).isBetween(300, MAX_OBJECTS);
        assertThat(mostBytes).isBetween((long) BODY_BYTES, MAX_BYTES);
    }

    private ConsensusMessage message(int liar) {
        long view = random.nextLong(1, 20);
        return switch (random.nextInt(6)) {
            case 0 -> new Votes(Stream.generate(() -> vote(liar)).limit(20).toList());
            case 1 -> {
                Block block = someBlock(view);
                Vote vote = Ink.vote(epoch, liar, VoteKind.NOTARIZE, view, block.hash());
                yield new Proposal(vote, List.of(), block);
            }
            case 2 -> {
                Vote own = vote(liar);
                List<Integer> signers = List.of(0, 1, 2, 3, 4);
                yield new Certificates(
                        List.of(
                                new Certificate(
                                        own.ballot(),
                                        signers,
                                        signers.stream().map(s -> own.signature()).toList())));
            }
            case 3 -> new Blocks(List.of(someBlock(view)));
            case 4 -> new GetBlocks(List.of(hash()));
            default ->
                    new Status(
                            1,
                            view,
                            random.nextLong(1_000_000),
                            random.nextLong(1_000_000),
                            hash(),
                            new Status.Held(bits(), bits()),
                            random.nextBoolean(),
                            random.nextBoolean(),
                            true,
                            new Status.ProtocolRange(1, 1),
                            LinkRow.NONE);
        };
    }

    /** Another one each time; now and then a large one. */
    private Block someBlock(long view) {
        Block block = Ink.later(block(view), random.nextInt(1_000_000));
        return random.nextInt(20) == 0 ? Ink.filled(block, BODY_BYTES) : block;
    }

    private Block block(long view) {
        return epochs.block(epochs.genesis(), epoch, view, false, TestEpochs.FOUNDED_MILLIS);
    }

    private Vote vote(int liar) {
        VoteKind kind = VoteKind.values()[random.nextInt(3)];
        return Ink.vote(epoch, liar, kind, random.nextLong(1, 1_000), hash());
    }

    private Hash hash() {
        return Hash.ofHex("%016x".formatted(random.nextLong()).repeat(4));
    }

    private BitSet bits() {
        return BitSet.valueOf(new long[] {random.nextLong(), random.nextLong()});
    }
}
