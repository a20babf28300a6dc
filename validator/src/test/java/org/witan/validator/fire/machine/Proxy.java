package org.witan.validator.fire.machine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands before a validator's link port: holds bytes back for a while, cuts connections in the
 * middle of them, and lets one that came later through before one that came earlier.
 */
public final class Proxy implements AutoCloseable {
    private static final int CHUNK_BYTES = 4096;

    private final ServerSocket server;
    private final InetSocketAddress target;
    private final Faults faults;
    private final SplittableRandom random;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong cuts = new AtomicLong();

    /**
     * What it does to connections.
     *
     * @param delayMillis greatest delay of a piece of data; order within a connection is kept
     * @param cutAfterBytes greatest number of bytes after which a connection is cut; 0 for never
     * @param holdMillis greatest time that a new connection waits before it is passed on
     */
    public record Faults(int delayMillis, int cutAfterBytes, int holdMillis) {}

    /** Takes connections at one port and passes them on to the other. */
    public Proxy(int port, int targetPort, Faults faults, long seed) throws IOException {
        server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        target = new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort);
        this.faults = faults;
        random = new SplittableRandom(seed);
        Thread.ofVirtual().start(this::accept);
    }

    /** Connections that were cut in the middle. */
    public long cuts() {
        return cuts.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                SplittableRandom own = random.split();
                Thread.ofVirtual().start(() -> pass(client, own));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void pass(Socket client, SplittableRandom own) {
        sockets.add(client);
        try (client;
                Socket node = new Socket()) {
            sockets.add(node);
            pause(own, faults.holdMillis);
            node.connect(target, 2000);
            AtomicLong left = new AtomicLong(Long.MAX_VALUE);
            if (faults.cutAfterBytes > 0) {
                left.set(own.nextLong(faults.cutAfterBytes / 10 + 1, faults.cutAfterBytes));
            }
            SplittableRandom back = own.split();
            Thread other = Thread.ofVirtual().start(() -> copy(node, client, left, back));
            copy(client, node, left, own);
            other.join();
        } catch (IOException gone) {
            // One of both has ended; the other learns it from the closing of its socket.
            sockets.remove(client);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void copy(Socket from, Socket to, AtomicLong left, SplittableRandom own) {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(chunk); n > 0; n = in.read(chunk)) {
                pause(own, faults.delayMillis);
                long before = left.getAndAdd(-n);
                out.write(chunk, 0, Math.clamp(before, 0, n));
                if (before < n) {
                    // Once for both directions: only one of them takes the last of it.
                    cuts.addAndGet(before >= 0 ? 1 : 0);
                    return;
                }
            }
        } catch (IOException gone) {
            sockets.remove(from);
        }
    }

    private static void pause(SplittableRandom own, int mostMillis) {
        if (mostMillis > 0) {
            LockSupport.parkNanos(own.nextLong(mostMillis * 1_000_000L));
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
