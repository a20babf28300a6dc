package org.witan.validator.link.guard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Accepts sockets instead of the library, which closes its listening socket when accepting fails.
 *
 * <p>A turn takes at most 64 connections, most of which a flood loses again right here, and then
 * leaves the listening socket alone for a millisecond, so that a flood never keeps the selector
 * from the links that exist. When the process has no file descriptor left it is left alone for a
 * tenth of a second. Only the selector's thread calls {@link #turn}. Source: G1, G4, G13.
 */
final class Accepting {
    private static final int BATCH = 64;
    private static final long UPGRADE_MILLIS = 3_000;
    private static final long PAUSE_MILLIS = 1;
    private static final long STARVED_MILLIS = 100;

    /**
     * What the library's loop takes for a key that somebody else cancelled: it goes on with the
     * next round. One object, since it carries nothing.
     */
    private static final CancelledKeyException DONE = new CancelledKeyException();

    private final GuardedServer server;
    private final HalfOpen halfOpen;
    private final ScheduledExecutorService clock;

    Accepting(GuardedServer server, HalfOpen halfOpen, ScheduledExecutorService clock) {
        this.server = server;
        this.halfOpen = halfOpen;
        this.clock = clock;
    }

    /** Takes who waits; the answer is to be thrown, which ends the library's part of it. */
    CancelledKeyException turn(SelectionKey listening) {
        long pauseMillis = PAUSE_MILLIS;
        try {
            int taken = 0;
            while (taken < BATCH && one(listening)) {
                taken++;
            }
        } catch (IOException exhausted) {
            pauseMillis = STARVED_MILLIS;
            server.starved(exhausted);
        }
        pause(listening, pauseMillis);
        return DONE;
    }

    /** Takes one; false if nobody waits. */
    private boolean one(SelectionKey listening) throws IOException {
        SocketChannel socket = ((ServerSocketChannel) listening.channel()).accept();
        if (socket == null) {
            return false;
        }
        try {
            admit(socket, listening);
        } catch (IOException gone) {
            // It hung up between its SYN and now.
            socket.close();
        }
        return true;
    }

    private void admit(SocketChannel socket, SelectionKey listening) throws IOException {
        InetAddress address = ((InetSocketAddress) socket.getRemoteAddress()).getAddress();
        if (!halfOpen.enter(address, TimeUnit.NANOSECONDS.toMillis(System.nanoTime()))) {
            socket.close();
            return;
        }
        try {
            ServerWire wire = server.adopt(socket, listening.selector());
            Runnable reap =
                    () -> {
                        if (!wire.isOpen()) {
                            wire.cut();
                        }
                    };
            var _ = clock.schedule(reap, UPGRADE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (IOException gone) {
            halfOpen.leave(address);
            throw gone;
        }
    }

    /** Somebody who was let in proved himself or is gone. */
    void left(InetAddress address) {
        halfOpen.leave(address);
    }

    private void pause(SelectionKey listening, long millis) {
        listening.interestOps(0);
        listening.selector().selectedKeys().remove(listening);
        Runnable resume =
                () -> {
                    if (listening.isValid()) {
                        listening.interestOps(SelectionKey.OP_ACCEPT);
                        listening.selector().wakeup();
                    }
                };
        try {
            var _ = clock.schedule(resume, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopped) {
            // This node stops: nobody else is let in.
            listening.cancel();
        }
    }
}
