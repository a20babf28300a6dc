package org.witan.validator.node.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.witan.chain.store.StoreFailed;
import org.witan.genesis.membership.NodeId;

/** One member's flood of requests leaves the others their places. */
@Timeout(20)
class DeskTest {
    private static final int PLACES = 3;
    private static final NodeId FLOODER = new NodeId("flooder");
    private static final NodeId HONEST = new NodeId("honest");

    private final LinkedBlockingQueue<Throwable> broken = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> read = new LinkedBlockingQueue<>();
    private final Desk desk = new Desk("desk-test", PLACES, broken::add);

    @AfterEach
    void close() {
        desk.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFloodIsRefusedBeyondItsPlacesAndTheHonestOneIsServed() throws InterruptedException {
        CountDownLatch open = new CountDownLatch(1);
        for (int i = 0; i < PLACES; i++) {
            assertThat(desk.ask(FLOODER, () -> await(open))).isTrue();
        }
        for (int i = 0; i < 10_000; i++) {
            assertThat(desk.ask(FLOODER, () -> read.add("flood"))).isFalse();
        }
        assertThat(desk.ask(HONEST, () -> read.add("honest"))).isTrue();
        open.countDown();
        assertThat(read.poll(10, TimeUnit.SECONDS)).isEqualTo("honest");
        assertThat(desk.ask(FLOODER, () -> read.add("later"))).as("places are free again").isTrue();
        assertThat(read.poll(10, TimeUnit.SECONDS)).isEqualTo("later");
    }

    @Test
    void aDiskThatFailsIsReportedAndThePlaceIsFreed() throws InterruptedException {
        for (int i = 0; i < 2 * PLACES; i++) {
            assertThat(
                            desk.ask(
                                    HONEST,
                                    () -> {
                                        throw new StoreFailed("reading blocks");
                                    }))
                    .isTrue();
            assertThat(broken.poll(10, TimeUnit.SECONDS)).isInstanceOf(StoreFailed.class);
            CountDownLatch settled = new CountDownLatch(1);
            assertThat(desk.ask(FLOODER, settled::countDown)).isTrue();
            await(settled);
        }
    }
}
