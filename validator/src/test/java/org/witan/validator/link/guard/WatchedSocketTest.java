package org.witan.validator.link.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class WatchedSocketTest {
    private static final byte[] WHY = {4, 4, 1, 0};
    private static final int MOST_WRITES = 10_000;

    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger hungUp = new AtomicInteger();

    /** The first write to one that is gone is answered with a reset, and the next one fails. */
    @Test
    void whatWasSaidBeforeHangingUpIsReadAfterAFailedWrite() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new WatchedSocket(written::addAndGet, hungUp::incrementAndGet)) {
            socket.connect(listening.getLocalSocketAddress());
            try (Socket accepted = listening.accept()) {
                accepted.getOutputStream().write(WHY);
            }
            var out = socket.getOutputStream();
            int writes = 0;
            while (hungUp.get() == 0 && writes < MOST_WRITES) {
                out.write(WHY);
                writes++;
            }
            out.write(WHY);

            assertThat(hungUp).as("told once").hasValue(1);
            assertThat(written).hasValue((writes - 1) * WHY.length);
            assertThat(socket.getInputStream().readNBytes(WHY.length)).isEqualTo(WHY);
        }
    }
}
