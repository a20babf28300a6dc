package org.witan.validator.link.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Turns host names into addresses, on threads that may hang in a name server, and remembers which
 * addresses belong to members. Safe for any thread.
 */
public final class Addresses implements AutoCloseable {
    private static final int THREADS = 2;
    private static final long RESOLVE_SECONDS = 5;

    private final Set<InetAddress> listed = ConcurrentHashMap.newKeySet();
    private final ExecutorService names =
            Executors.newFixedThreadPool(
                    THREADS, Thread.ofPlatform().daemon().name("link-names").factory());

    /** Whether a member can be dialled here, or proved itself from here. */
    public boolean isListed(InetAddress address) {
        return listed.contains(address);
    }

    /** A member proved itself from here. */
    public void list(InetAddress address) {
        listed.add(address);
    }

    /** Forgets all and lists the addresses of these hosts, as soon as their names are known. */
    public void listOnly(Collection<String> hosts) {
        Set<InetAddress> found = ConcurrentHashMap.newKeySet();
        List<String> open = new ArrayList<>();
        for (String host : hosts) {
            try {
                found.add(InetAddress.ofLiteral(host));
            } catch (IllegalArgumentException name) {
                open.add(host);
            }
        }
        listed.addAll(found);
        listed.removeIf(address -> !found.contains(address));
        for (String host : open) {
            var _ = names.submit(() -> listed.addAll(List.of(InetAddress.getAllByName(host))));
        }
    }

    /**
     * The addresses of a host, in the order of the resolver.
     *
     * @throws UnknownHostException if there are none, or no answer came in five seconds
     */
    public List<InetAddress> resolve(String host)
            throws UnknownHostException, InterruptedException {
        try {
            return List.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException name) {
            return lookUp(host);
        }
    }

    private List<InetAddress> lookUp(String host)
            throws UnknownHostException, InterruptedException {
        Future<List<InetAddress>> answer =
                names.submit(() -> List.of(InetAddress.getAllByName(host)));
        try {
            return answer.get(RESOLVE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            answer.cancel(true);
            throw new UnknownHostException("no address for " + host);
        }
    }

    @Override
    public void close() {
        names.shutdownNow();
    }
}
