package org.witan.validator.node.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.witan.genesis.membership.NodeId;

/** Whose flood waits for whom. */
@Timeout(20)
class LanesTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");

    private final Lanes lanes = new Lanes();

    private static Job job(NodeId from, boolean urgent, int bytes) {
        return new Job(from, urgent, List.of(), bytes, verified -> {});
    }

    private List<String> take(int count) throws InterruptedException {
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Job job = lanes.take();
            taken.add(job.from() + (job.urgent() ? "!" : ""));
            lanes.done(job);
        }
        return taken;
    }

    @Test
    void aFloodOfOneDoesNotDelayTheOther() throws InterruptedException {
        for (int i = 0; i < Lanes.LANE_JOBS; i++) {
            lanes.put(job(A, true, 1));
        }
        lanes.put(job(B, true, 1));
        assertThat(take(3)).containsExactly("a!", "b!", "a!");
    }

    @Test
    void bodiesOfBlocksGoFirstAndLeaveEveryFifthTurn() throws InterruptedException {
        lanes.put(job(A, false, 1));
        lanes.put(job(A, false, 1));
        for (int i = 0; i < 9; i++) {
            lanes.put(job(B, true, 1));
        }
        assertThat(take(11))
                .containsExactly("b!", "b!", "b!", "b!", "a", "b!", "b!", "b!", "b!", "a", "b!");
    }

    @Test
    void fourOfTheLargestFillALaneAndWhatIsBeingVerifiedCounts() throws Exception {
        int largest = (4 << 20) + (256 << 10);
        for (int i = 0; i < 4; i++) {
            lanes.put(job(A, true, largest));
        }
        CompletableFuture<Job> fifth = new CompletableFuture<>();
        Thread reader =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                Job late = job(A, true, 1);
                                lanes.put(late);
                                fifth.complete(late);
                            } catch (InterruptedException e) {
                                fifth.completeExceptionally(e);
                            }
                        });
        lanes.put(job(B, true, 1));
        Job first = lanes.take();
        assertThat(first.from()).isEqualTo(A);
        assertThat(lanes.take().from()).isEqualTo(B);
        assertThat(fifth).as("taken, and not yet done").isNotDone();
        lanes.done(first);
        assertThat(fifth.get(10, TimeUnit.SECONDS).bytes()).isEqualTo(1);
        reader.join();
    }

    @Test
    void oneThatIsLargerThanALanePassesAlone() throws InterruptedException {
        lanes.put(job(A, true, Lanes.LANE_BYTES + 1));
        assertThat(take(1)).containsExactly("a!");
    }
}
