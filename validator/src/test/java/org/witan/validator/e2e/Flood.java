package org.witan.validator.e2e;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Strangers who open as many half connections to a link port as they are told, hold them, and then
 * begin anew, two threads at up to 500 connections per second each.
 */
final class Flood implements AutoCloseable {
    private static final int THREADS = 2;
    private static final long PACE_NANOS = 2_000_000;

    /** An upgrade that lacks its end. */
    private static final byte[] HALF =
            "GET /link HTTP/1.1\r\nHost: x\r\n".getBytes(StandardCharsets.US_ASCII);

    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicLong opened = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();

    /**
     * Starts it.
     *
     * @param connections how many it tries to hold
     * @param from the loopback address of each
     */
    Flood(int port, int connections, IntFunction<String> from) {
        for (int t = 0; t < THREADS; t++) {
            int first = t;
            threads.add(Thread.ofPlatform().start(() -> run(port, connections, first, from)));
        }
    }

    private void run(int port, int connections, int first, IntFunction<String> from) {
        List<Socket> held = new ArrayList<>();
        try {
            while (!ending.get()) {
                for (int i = first; i < connections && !ending.get(); i += THREADS) {
                    held.add(connect(port, from.apply(i)));
                    LockSupport.parkNanos(PACE_NANOS);
                }
                drop(held);
            }
        } catch (IOException full) {
            Thread.currentThread().interrupt();
        } finally {
            drop(held);
        }
    }

    private Socket connect(int port, String from) throws IOException {
        Socket socket = new Socket();
        socket.setReuseAddress(true);
        // Resets instead of lingering: the ports of the attacker are not what is tested.
        socket.setSoLinger(true, 0);
        socket.bind(new InetSocketAddress(from, 0));
        try {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 2_000);
            opened.incrementAndGet();
            socket.getOutputStream().write(HALF);
        } catch (IOException refused) {
            socket.close();
        }
        return socket;
    }

    private static void drop(List<Socket> held) {
        for (Socket socket : held) {
            try {
                socket.close();
            } catch (IOException ignored) {
                continue;
            }
        }
        held.clear();
    }

    /** Connections that were made so far. */
    long opened() {
        return opened.get();
    }

    /** Whether no thread of it has ended. */
    boolean lives() {
        return threads.stream().allMatch(Thread::isAlive);
    }

    @Override
    public void close() {
        ending.set(true);
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
