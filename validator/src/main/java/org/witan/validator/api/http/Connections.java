package org.witan.validator.api.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Counts connections by address and cuts those that are slower than they may be.
 *
 * <p>A read time-out does not help against a caller who sends one byte per second; here a request
 * has one deadline from its first byte to its last, its answer has another, and the pause between
 * two requests a third. One thread looks at all of them twice a second, and only while there are
 * any: an idle node has nothing to look at.
 *
 * <p>Any thread.
 */
final class Connections implements AutoCloseable {
    /** The connection that the current thread serves. */
    static final ScopedValue<Connection> CURRENT = ScopedValue.newInstance();

    private static final long LOOK_MILLIS = 500;

    private final ApiSettings settings;
    private final LongSupplier nanos;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("api-deadlines").factory());
    private boolean looking;

    Connections(ApiSettings settings, LongSupplier nanos) {
        this.settings = settings;
        this.nanos = nanos;
    }

    /** One open connection, with the moment at which it is cut. */
    final class Connection {
        private final String address;
        private final Runnable cut;
        private volatile long deadlineNanos;
        private volatile boolean idle = true;
        private volatile boolean inHead;

        private Connection(String address, Runnable cut) {
            this.address = address;
            this.cut = cut;
            // Whoever connects says something soon; only a second request may take its time.
            deadlineNanos = nanos.getAsLong() + settings.requestTimeout().toNanos();
        }

        /** Bytes came; the first ones of a request start its time. */
        void received() {
            if (idle) {
                idle = false;
                inHead = true;
                deadlineNanos = nanos.getAsLong() + settings.requestTimeout().toNanos();
            }
        }

        /** The head of the request is there. */
        void routed() {
            inHead = false;
        }

        /** Whether a head has begun and not ended. */
        boolean isInHead() {
            return inHead;
        }

        /** The request is there as a whole; now the answer may take its time. */
        void answering() {
            deadlineNanos =
                    nanos.getAsLong()
                            + settings.maxWait().plus(settings.requestTimeout()).toNanos();
        }

        /** The answer is sent. */
        void answered() {
            idle = true;
            deadlineNanos = nanos.getAsLong() + settings.idleTimeout().toNanos();
        }

        /** The connection has ended. */
        void closed() {
            if (open.remove(this)) {
                byAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
            }
        }
    }

    /**
     * Counts a new connection.
     *
     * @param cut closes it, from another thread
     * @return empty if there are too many already
     */
    Optional<Connection> opened(SocketAddress remote, Runnable cut) {
        InetAddress address =
                remote instanceof InetSocketAddress inet
                        ? inet.getAddress()
                        : InetAddress.getLoopbackAddress();
        int most =
                address.isLoopbackAddress()
                        ? settings.connections()
                        : settings.connectionsPerAddress();
        String key = key(address);
        int count = byAddress.merge(key, 1, Integer::sum);
        Connection connection = new Connection(key, cut);
        open.add(connection);
        if (count > most || open.size() > settings.connections()) {
            connection.closed();
            return Optional.empty();
        }
        look();
        return Optional.of(connection);
    }

    /** How many are open. */
    int count() {
        return open.size();
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }

    private synchronized void look() {
        if (!looking && !watch.isShutdown()) {
            looking = true;
            var _ = watch.schedule(this::cutOverdue, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void cutOverdue() {
        long now = nanos.getAsLong();
        for (Connection connection : open) {
            if (now - connection.deadlineNanos > 0) {
                connection.cut.run();
            }
        }
        synchronized (this) {
            looking = false;
        }
        if (!open.isEmpty()) {
            look();
        }
    }

    private static String key(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(Arrays.copyOf(bytes, Math.min(bytes.length, 8)));
    }
}
