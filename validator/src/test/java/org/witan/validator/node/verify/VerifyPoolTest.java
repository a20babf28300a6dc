package org.witan.validator.node.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.api.TestLedger;
import org.witan.validator.core.execution.VerifiedSignature;

/** The pool outlives what an answer or a verification throws, and says so. */
@Timeout(20)
class VerifyPoolTest {
    private static final NodeId PEER = TestLedger.id(2);

    private final TestLedger ledger = new TestLedger();
    private final Transaction transaction = ledger.put("colour", "green");
    private final LinkedBlockingQueue<Throwable> broken = new LinkedBlockingQueue<>();
    private final VerifyPool pool =
            new VerifyPool(
                    1,
                    Ed25519.VERIFIER,
                    new Keys(
                            Map.of(
                                    Sender.member(TestLedger.id(1)),
                                    ledger.founding().members().getFirst().key())),
                    broken::add);

    @AfterEach
    void close() {
        pool.close();
    }

    private Job job(Consumer<List<VerifiedSignature>> answer) {
        return new Job(PEER, false, List.of(transaction), 1, answer);
    }

    @Test
    void answersWithWhatHoldsAndRecallsItAfterwards() throws Exception {
        CompletableFuture<List<VerifiedSignature>> answer = new CompletableFuture<>();
        pool.verify(job(answer::complete));
        assertThat(answer.get(10, TimeUnit.SECONDS)).hasSize(1);
        assertThat(pool.recall(List.of(transaction))).isEqualTo(answer.get());
    }

    @Test
    void moreBugsThanALaneHasPlacesAreReportedAndTheNextPeerIsServed() throws Exception {
        for (int i = 0; i < 2 * Lanes.LANE_JOBS; i++) {
            pool.verify(
                    job(verified -> {
                        throw new IllegalStateException("a bug");
                    }));
            pool.verify(
                    job(verified -> {
                        throw new AssertionError("an error");
                    }));
        }
        CompletableFuture<List<VerifiedSignature>> answer = new CompletableFuture<>();
        pool.verify(job(answer::complete));
        assertThat(answer.get(10, TimeUnit.SECONDS)).hasSize(1);
        assertThat(broken).hasSize(4 * Lanes.LANE_JOBS);
        assertThat(broken.take()).hasMessage("a bug");
        assertThat(broken.take()).hasMessage("an error");
    }
}
