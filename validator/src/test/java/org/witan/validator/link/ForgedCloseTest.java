package org.witan.validator.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.witan.validator.link.guard.GuardedServer;
import org.witan.validator.link.guard.HalfOpen;
import org.witan.validator.link.handshake.CloseCode;

/** Close codes before the proof are hints that anyone on the path can forge (C1). */
class ForgedCloseTest {
    /** Magic, type, versions and offered suites of a first message. */
    private static final int OFFER_BYTES = 13;

    @ParameterizedTest
    @ValueSource(
            ints = {
                CloseCode.NO_COMMON_VERSION,
                CloseCode.WRONG_NETWORK,
                CloseCode.SECOND_INSTANCE,
                CloseCode.REMOVED,
                CloseCode.BELOW_MINIMUM
            })
    void aForgedCloseChangesNothing(int code) throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        Node beta = nodes.get(1);
        LinkedBlockingQueue<byte[]> offers = new LinkedBlockingQueue<>();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        GuardedServer forger =
                new GuardedServer(
                        new InetSocketAddress("127.0.0.1", nodes.get(0).endpoint.port()),
                        new HalfOpen(HalfOpen.Limits.STANDARD, _ -> true),
                        clock,
                        wire ->
                                Thread.ofVirtual()
                                        .start(() -> {
                                            try {
                                                offers.add(wire.take(5_000));
                                                wire.close(code, "forged");
                                            } catch (InterruptedException stop) {
                                                wire.cut();
                                            }
                                        }));
        try {
            forger.listen();
            beta.start();
            byte[] first = offers.poll(10, TimeUnit.SECONDS);
            byte[] second = offers.poll(10, TimeUnit.SECONDS);
            assertThat(first).isNotNull();
            assertThat(second).as("it tries again").isNotNull();
            assertThat(Arrays.copyOf(second, OFFER_BYTES))
                    .as("and offers the same")
                    .isEqualTo(Arrays.copyOf(first, OFFER_BYTES));
            assertThat(beta.told.heard(LinkEvent.Kind.WE_ARE_SECOND_INSTANCE)).isFalse();
        } finally {
            beta.close();
            nodes.get(0).close();
            forger.shut();
            clock.shutdownNow();
        }
    }
}
