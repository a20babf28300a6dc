package org.witan.validator.link.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.witan.validator.link.handshake.CloseCode;

/** What key agreement strangers get, and what is left for members (H7). */
class CryptoGateTest {
    private static final int STRANGERS_PER_SECOND = 50;
    private static final int PLACES = 64;
    private static final long PATIENCE_MILLIS = 20_000;

    private final AtomicLong nanos = new AtomicLong(1_000);
    private final CryptoGate gate = new CryptoGate(nanos::get);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void close() {
        release.countDown();
        callers.shutdownNow();
        gate.close();
    }

    private boolean served(boolean listed) throws InterruptedException {
        return gate.run(listed, PATIENCE_MILLIS, () -> 1).isPresent();
    }

    @Test
    void strangersGetFiftyInASecondAndMembersAsManyAsTheyWant() throws InterruptedException {
        for (int i = 0; i < STRANGERS_PER_SECOND; i++) {
            assertThat(served(false)).as("stranger %d", i).isTrue();
        }
        assertThat(served(false)).isFalse();
        for (int i = 0; i < 2 * STRANGERS_PER_SECOND; i++) {
            assertThat(served(true)).isTrue();
        }
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(21));
        assertThat(served(false)).as("one more after a fiftieth of a second").isTrue();
        assertThat(served(false)).isFalse();
        nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
        for (int i = 0; i < STRANGERS_PER_SECOND; i++) {
            assertThat(served(false)).isTrue();
        }
        assertThat(served(false)).as("a pause saves up no more than a second").isFalse();
    }

    @Test
    void strangersTakeHalfOfThePlacesAndAllOfThemAreBounded() throws Exception {
        Future<Optional<Boolean>> occupying = occupyWorker();
        List<Future<Optional<Integer>>> waiting = new ArrayList<>();
        for (int i = 0; i < PLACES / 2; i++) {
            waiting.add(callers.submit(() -> gate.run(false, PATIENCE_MILLIS, () -> 2)));
        }
        awaitWaiting(PLACES / 2);
        assertThat(served(false)).as("a stranger beyond half of the places").isFalse();
        for (int i = 0; i < PLACES / 2; i++) {
            waiting.add(callers.submit(() -> gate.run(true, PATIENCE_MILLIS, () -> 3)));
        }
        awaitWaiting(PLACES);
        assertThat(served(true)).as("a member beyond all places").isFalse();

        release.countDown();
        assertThat(occupying.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).contains(true);
        for (Future<Optional<Integer>> each : waiting) {
            assertThat(each.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isPresent();
        }
        assertThat(CloseCode.BUSY).as("what those are told that found no place").isEqualTo(1013);
    }

    private Future<Optional<Boolean>> occupyWorker() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        Future<Optional<Boolean>> occupying =
                callers.submit(() ->
                        gate.run(
                                true,
                                PATIENCE_MILLIS,
                                () -> {
                                    running.countDown();
                                    return awaitRelease();
                                }));
        assertThat(running.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
        return occupying;
    }

    private boolean awaitRelease() {
        try {
            return release.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void awaitWaiting(int count) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (gate.waiting() < count) {
            assertThat(System.nanoTime()).as("only %d wait", gate.waiting()).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
