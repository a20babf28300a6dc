package org.witan.validator.node.status;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps a log readable while somebody tries the same thing again and again: the first time is said
 * at once, later ones once a minute, with how many they were.
 *
 * <p>Remembers 256 things; who varies what he does is limited in rate where he comes in. Any
 * thread.
 */
public final class Repeats {
    private static final long PAUSE_MILLIS = 60_000;
    private static final int MOST = 256;

    private final Map<Object, Repeat> known = new LinkedHashMap<>(16, 0.75f, true);

    private record Repeat(long saidMillis, int unsaid) {}

    /**
     * It happened once more.
     *
     * @param what something with equality
     * @return how many times to say that it happened, this one among them; 0 to say nothing
     */
    public synchronized int times(Object what, long nowMillis) {
        Repeat last = known.get(what);
        if (last != null && nowMillis - last.saidMillis < PAUSE_MILLIS) {
            known.put(what, new Repeat(last.saidMillis, last.unsaid + 1));
            return 0;
        }
        known.put(what, new Repeat(nowMillis, 0));
        if (known.size() > MOST) {
            known.remove(known.keySet().iterator().next());
        }
        return last == null ? 1 : last.unsaid + 1;
    }
}
