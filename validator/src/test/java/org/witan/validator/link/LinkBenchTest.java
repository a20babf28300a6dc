package org.witan.validator.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Figures, by hand: {@code ./mvnw verify -Dgroups=bench}. */
@Tag("bench")
class LinkBenchTest {
    @Test
    void messagesPerSecondBetweenTwoLinks() throws Exception {
        for (int round = 0; round < 5; round++) {
            stream("opener to waiter, 200 B", true, Traffic.VOTE, 200, 300_000);
            stream("waiter to opener, 200 B", false, Traffic.VOTE, 200, 300_000);
            stream("opener to waiter, 64 KiB", true, Traffic.CATCHUP, 64 << 10, 2_000);
            stream("waiter to opener, 64 KiB", false, Traffic.CATCHUP, 64 << 10, 2_000);
        }
    }

    private static void stream(String name, boolean byOpener, Traffic traffic, int size, int count)
            throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        try (Node alpha = nodes.get(0).start();
                Node beta = nodes.get(1).start()) {
            assertThat(Node.await(8_000, () -> alpha.isUp(beta) && beta.isUp(alpha))).isTrue();
            Node from = byOpener ? beta : alpha;
            Node to = byOpener ? alpha : beta;
            byte[] message = new byte[size];
            long start = System.nanoTime();
            Thread taking = Thread.ofPlatform().start(() -> take(to, count));
            for (int i = 0; i < count; i++) {
                while (!from.links().send(to.id, traffic, message)) {
                    LockSupport.parkNanos(50_000);
                }
            }
            taking.join();
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "%s: %,.0f messages/s, %.1f MB/s%n",
                    name, count / seconds, count / seconds * size / 1e6);
        }
    }

    private static void take(Node node, int count) {
        try {
            for (int i = 0; i < count; i++) {
                assertThat(node.told.messages.poll(30, TimeUnit.SECONDS)).isNotNull();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
