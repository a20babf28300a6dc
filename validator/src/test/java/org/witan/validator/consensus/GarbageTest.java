package org.witan.validator.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Block;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.chain.store.Recovered;
import org.witan.chain.store.Recovered.Past;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.membership.Rules;
import org.witan.validator.consensus.message.Blocks;
import org.witan.validator.consensus.message.Certificates;
import org.witan.validator.consensus.message.ConsensusMessage;
import org.witan.validator.consensus.message.GetBlocks;
import org.witan.validator.consensus.message.GetCertificates;
import org.witan.validator.consensus.message.LinkRow;
import org.witan.validator.consensus.message.Proposal;
import org.witan.validator.consensus.message.Status;
import org.witan.validator.consensus.message.Votes;

/**
 * Whatever one liar says, nothing is thrown, no view is entered, nothing becomes final, and what
 * this node says and verifies stays in proportion (C13; D1 59 to 65).
 */
class GarbageTest {
    private static final int MESSAGES = 3_000;
    private static final long[] ODD = {
        0, 1, 2, 3, 8, 9, 10, 300, Long.MAX_VALUE - 1, Long.MAX_VALUE
    };

    private final TestEpochs epochs = new TestEpochs(4, Rules.DEFAULT);
    private final List<Block> blocks = new ArrayList<>();
    private long verified;

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void oneLiarMovesNothing(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Engine engine = engine(TestEpochs.FRESH);
        long now = TestEpochs.FOUNDED_MILLIS;
        long said = engine.step(now, now, new Input.Tick()).size();
        for (int i = 0; i < MESSAGES; i++) {
            Input input = new Input.Received(TestEpochs.id(1), message(random));
            said += engine.step(now + i, now + i, input).size();
        }
        assertThat(engine.standing().view()).isEqualTo(1);
        assertThat(engine.standing().finalizedHeight()).isZero();
        assertThat(engine.standing().mayVote()).isTrue();
        assertThat(said).isLessThan(8L * MESSAGES);
        assertThat(verified).isLessThan(40L * MESSAGES);
    }

    /** An honest member has answered as well, so that the liar's word is all that is missing. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void oneLiarLetsNobodyVoteWhoseVotesAreLost(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Recovered lost = new Recovered(List.of(), List.of(), List.of(), true, "", Past.LOST);
        Engine engine = engine(lost);
        long now = TestEpochs.FOUNDED_MILLIS;
        for (int member : new int[] {0, 1}) {
            assertThat(engine.step(now, now, new Input.Link(TestEpochs.id(member), true)))
                    .isNotEmpty();
        }
        for (int i = 0; i < MESSAGES; i++) {
            ConsensusMessage message = i < 2 ? status(1, 1, 0, 0, random) : message(random);
            Input input = new Input.Received(TestEpochs.id(i < 2 ? 0 : 1), message);
            assertThat(engine.step(now + i, now + i, input))
                    .noneMatch(Effect.Persist.class::isInstance);
            assertThat(engine.standing().mayVote()).isFalse();
        }
    }

    private Engine engine(Recovered recovered) {
        for (int view = 1; view < 12; view++) {
            blocks.add(epochs.block(epochs.genesis(), epochs.epoch(1), view, view % 5 == 0, view));
        }
        Self self =
                new Self(
                        TestEpochs.id(3),
                        CheapKeys.signer("d"),
                        TestEpochs.NETWORK,
                        (key, purpose, content, signature) -> {
                            verified++;
                            return CheapKeys.VERIFIER.verify(key, purpose, content, signature);
                        });
        return new Engine(self, epochs.epoch(1), epochs.genesis(), recovered);
    }

    private static Status status(
            long epoch, long view, long finalView, long height, SplittableRandom random) {
        return new Status(
                epoch,
                view,
                finalView,
                height,
                Hash.NONE,
                new Status.Held(bits(random), bits(random)),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean(),
                AntiEntropy.PROTOCOL,
                LinkRow.NONE);
    }

    private ConsensusMessage message(SplittableRandom random) {
        return switch (random.nextInt(7)) {
            case 0 -> new Votes(List.of(vote(random), vote(random), vote(random)));
            case 1 -> new Certificates(List.of(certificate(random), certificate(random)));
            case 2 -> {
                Block block = blocks.get(random.nextInt(blocks.size()));
                Ballot ballot = ballot(VoteKind.NOTARIZE, random);
                Ballot own =
                        new Ballot(
                                VoteKind.NOTARIZE,
                                ballot.epoch(),
                                ballot.configHash(),
                                ballot.view(),
                                block.hash());
                yield new Proposal(sign(own, random), List.of(certificate(random)), block);
            }
            case 3 -> status(odd(random), odd(random), odd(random), odd(random), random);
            case 4 -> new GetCertificates(odd(random), List.of(odd(random), odd(random)));
            case 5 -> new GetBlocks(List.of(hash(random), hash(random)));
            default -> new Blocks(List.of(blocks.get(random.nextInt(blocks.size()))));
        };
    }

    private static long odd(SplittableRandom random) {
        return ODD[random.nextInt(ODD.length)];
    }

    private static BitSet bits(SplittableRandom random) {
        return BitSet.valueOf(new long[] {random.nextLong()});
    }

    private Hash hash(SplittableRandom random) {
        return blocks.get(random.nextInt(blocks.size())).hash();
    }

    private Vote vote(SplittableRandom random) {
        return sign(ballot(VoteKind.values()[random.nextInt(3)], random), random);
    }

    private Ballot ballot(VoteKind kind, SplittableRandom random) {
        Hash hash = kind == VoteKind.NULLIFY ? Hash.NONE : hash(random);
        boolean ours = random.nextInt(8) > 0;
        long epoch = ours ? 1 : odd(random);
        Hash config = ours ? epochs.epoch(1).configHash() : Hash.NONE;
        return new Ballot(kind, epoch, config, odd(random), hash);
    }

    /** Mostly as itself, sometimes in the name of another or of nobody. */
    private static Vote sign(Ballot ballot, SplittableRandom random) {
        int signer = random.nextInt(4) > 0 ? 1 : random.nextInt(200);
        return random.nextInt(8) > 0
                ? Vote.cast(ballot, signer, TestEpochs.NETWORK, CheapKeys.signer("b"))
                : new Vote(ballot, signer, Signature.of(new byte[64]));
    }

    private Certificate certificate(SplittableRandom random) {
        Ballot ballot = ballot(VoteKind.values()[random.nextInt(3)], random);
        List<Integer> signers =
                random.nextBoolean() ? List.of(0, 1, 2) : List.of(1, 2 + random.nextInt(90));
        Signature own = Vote.cast(ballot, 1, TestEpochs.NETWORK, CheapKeys.signer("b")).signature();
        return new Certificate(ballot, signers, signers.stream().map(s -> own).toList());
    }
}
