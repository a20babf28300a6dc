package org.witan.validator.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Block;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.Rules;
import org.witan.validator.consensus.message.ConsensusMessage;
import org.witan.validator.consensus.message.Proposal;
import org.witan.validator.consensus.message.Votes;

/** One view's messages reach a member in any order, and it always commits the view's block. */
class VotesInEveryOrderTest {
    private static final long NOW = TestEpochs.FOUNDED_MILLIS + 1_000;
    private static final int MEMBER = 3;

    private final TestEpochs epochs = new TestEpochs(4, Rules.DEFAULT);
    private final Epoch epoch = epochs.epoch(1);
    private final Block block = epochs.block(epochs.genesis(), epoch, 1, false, NOW);

    /** The proposal, and of each other member both votes: 5040 orders. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("51: the proposal and all votes of a view in every order commit its block once")
    void everyOrderCommits(boolean verdictAtOnce) {
        List<Input> all = new ArrayList<>();
        all.add(from(0, new Proposal(vote(VoteKind.NOTARIZE, 0), List.of(), block)));
        for (int other = 0; other < MEMBER; other++) {
            all.add(from(other, new Votes(List.of(vote(VoteKind.NOTARIZE, other)))));
            all.add(from(other, new Votes(List.of(vote(VoteKind.FINALIZE, other)))));
        }
        List<List<Effect.Commit>> ends = new ArrayList<>();
        inEveryOrder(all, all.size(), order -> ends.add(perform(order, verdictAtOnce)));
        assertThat(ends).hasSize(5_040).allSatisfy(this::commitsTheBlock);
    }

    private void commitsTheBlock(List<Effect.Commit> commits) {
        assertThat(commits).hasSize(1);
        assertThat(commits.getFirst().blocks()).containsExactly(block);
        assertThat(commits.getFirst().finalization().ballot()).isEqualTo(ballot(VoteKind.FINALIZE));
    }

    /** What is committed; the verdict comes as soon as it is asked for, or after all else. */
    private List<Effect.Commit> perform(List<Input> order, boolean verdictAtOnce) {
        Engine engine =
                new Engine(TestEpochs.self(MEMBER), epoch, epochs.genesis(), TestEpochs.FRESH);
        Deque<Input> inputs = new ArrayDeque<>(order);
        inputs.addFirst(new Input.Tick());
        List<Effect.Commit> commits = new ArrayList<>();
        while (!inputs.isEmpty()) {
            for (Effect effect : engine.step(NOW, NOW, inputs.removeFirst())) {
                switch (effect) {
                    case Effect.Execute(var executed) -> {
                        Input verdict = new Input.Verdict(executed.hash(), true);
                        if (verdictAtOnce) {
                            inputs.addFirst(verdict);
                        } else {
                            inputs.addLast(verdict);
                        }
                    }
                    case Effect.Commit commit -> commits.add(commit);
                    default -> assertThat(isOfGoodWill(effect)).as("%s", effect).isTrue();
                }
            }
        }
        return commits;
    }

    private static boolean isOfGoodWill(Effect effect) {
        return !(effect instanceof Effect.Punish
                || effect instanceof Effect.Accuse
                || effect instanceof Effect.Halt);
    }

    private static void inEveryOrder(List<Input> all, int open, Consumer<List<Input>> use) {
        if (open == 1) {
            use.accept(all);
        }
        for (int i = 0; open > 1 && i < open; i++) {
            Collections.swap(all, i, open - 1);
            inEveryOrder(all, open - 1, use);
            Collections.swap(all, i, open - 1);
        }
    }

    private static Input from(int member, ConsensusMessage message) {
        return new Input.Received(TestEpochs.id(member), message);
    }

    private Vote vote(VoteKind kind, int signer) {
        return Vote.cast(
                ballot(kind), signer, TestEpochs.NETWORK, TestEpochs.self(signer).signer());
    }

    private Ballot ballot(VoteKind kind) {
        return new Ballot(kind, epoch.number(), epoch.configHash(), 1, block.hash());
    }
}
