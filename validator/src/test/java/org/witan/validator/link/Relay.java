package org.witan.validator.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A man in the middle of TCP: forwards both ways, and can inject, swallow, damage or cut. */
final class Relay implements AutoCloseable {
    /** What to do with bytes on their way to the server. */
    enum Mood {
        HONEST,
        FLIPS_A_BIT,
        SWALLOWS,
        /** The other way: nothing comes back from the server. */
        DEAFENS,
        REPEATS
    }

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final int target;
    volatile Mood mood = Mood.HONEST;

    Relay(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket near = listener.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(near);
                sockets.add(far);
                Thread.ofVirtual().start(() -> pump(near, far, true));
                Thread.ofVirtual().start(() -> pump(far, near, false));
            }
        } catch (IOException closed) {
            cut();
        }
    }

    private void pump(Socket from, Socket to, boolean meddles) {
        byte[] buffer = new byte[64 << 10];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int count;
            while ((count = in.read(buffer)) > 0) {
                Mood now = meddles ? mood : back();
                if (now == Mood.FLIPS_A_BIT) {
                    buffer[count - 1] ^= 1;
                }
                if (now != Mood.SWALLOWS) {
                    out.write(buffer, 0, count);
                }
                if (now == Mood.REPEATS) {
                    out.write(buffer, 0, count);
                }
            }
        } catch (IOException closed) {
            // One side is gone, so the other goes too.
            return;
        }
    }

    private Mood back() {
        return mood == Mood.DEAFENS ? Mood.SWALLOWS : Mood.HONEST;
    }

    /** Ends every connection without a word. */
    void cut() {
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException ignored) {
                continue;
            }
        }
        sockets.clear();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }
}
