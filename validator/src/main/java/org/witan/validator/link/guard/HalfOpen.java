package org.witan.validator.link.guard;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Counts connections that have not proven who they are, and says which further one may come.
 *
 * <p>An authenticated connection is not counted. Addresses of members have half of all places for
 * themselves and no limit of their own, since many members may share one address. Safe for any
 * thread. Source: rule G9.
 */
public final class HalfOpen {
    private static final int MAX_KNOWN_ATTEMPTERS = 4096;

    private final Limits limits;
    private final Predicate<InetAddress> listed;
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, double[]> attempts =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, double[]> eldest) {
                    return size() > MAX_KNOWN_ATTEMPTERS;
                }
            };
    private int listedOpen;
    private int strangersOpen;

    /**
     * How many half-open connections there may be.
     *
     * @param perAddress from one address that is not listed
     * @param perPrefix from one /24, or one /48 of IPv6, that is not listed
     * @param all in all; half of them are kept for listed addresses
     * @param burst attempts that an unlisted address has at once
     * @param refillMillis time after which it has one more
     */
    public record Limits(int perAddress, int perPrefix, int all, int burst, long refillMillis) {
        /** What rule G9 says. */
        public static final Limits STANDARD = new Limits(16, 32, 128, 8, 5_000);
    }

    /** No connection yet. */
    public HalfOpen(Limits limits, Predicate<InetAddress> listed) {
        this.limits = limits;
        this.listed = listed;
    }

    /** Whether a connection from here may be; if so, {@link #leave} must follow once. */
    public synchronized boolean enter(InetAddress address, long nowMillis) {
        if (listed.test(address)) {
            boolean room = listedOpen + strangersOpen < limits.all;
            if (room) {
                listedOpen++;
                count(ofListed(address), 1);
            }
            return room;
        }
        if (strangersOpen >= limits.all / 2
                || counts.getOrDefault(exact(address), 0) >= limits.perAddress
                || counts.getOrDefault(prefix(address), 0) >= limits.perPrefix
                || !attempt(address, nowMillis)) {
            return false;
        }
        strangersOpen++;
        count(exact(address), 1);
        count(prefix(address), 1);
        return true;
    }

    /** A connection that had entered was authenticated, or is gone. */
    public synchronized void leave(InetAddress address) {
        // An address may have become listed meanwhile: give back what was taken.
        if (counts.containsKey(exact(address))) {
            strangersOpen--;
            count(exact(address), -1);
            count(prefix(address), -1);
        } else if (counts.containsKey(ofListed(address))) {
            listedOpen--;
            count(ofListed(address), -1);
        }
    }

    /** Half-open connections. */
    public synchronized int open() {
        return listedOpen + strangersOpen;
    }

    private boolean attempt(InetAddress address, long nowMillis) {
        double[] bucket =
                attempts.computeIfAbsent(
                        exact(address), _ -> new double[] {limits.burst, nowMillis});
        double earned = (nowMillis - bucket[1]) / limits.refillMillis;
        bucket[0] = Math.min(limits.burst, bucket[0] + earned);
        bucket[1] = nowMillis;
        if (bucket[0] < 1) {
            return false;
        }
        bucket[0]--;
        return true;
    }

    private void count(String key, int change) {
        counts.merge(key, change, (old, more) -> old + more == 0 ? null : old + more);
    }

    private static String ofListed(InetAddress address) {
        return "listed " + exact(address);
    }

    private static String exact(InetAddress address) {
        return HexFormat.of().formatHex(address.getAddress());
    }

    private static String prefix(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(Arrays.copyOf(bytes, bytes.length == 4 ? 3 : 6)) + "/";
    }
}
