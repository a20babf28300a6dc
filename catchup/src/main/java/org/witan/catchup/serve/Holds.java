package org.witan.catchup.serve;

import java.util.Map;
import java.util.TreeMap;
import org.witan.genesis.membership.NodeId;

/**
 * Which states stay readable because somebody fetches them: one for each member, for a while after
 * its last request, and never longer than the longest time. Source: docs/protocol/catchup.md, K20.
 */
final class Holds {
    /** A member that asked nothing for so long holds nothing, in milliseconds. */
    static final long PAUSE_MILLIS = 60_000;

    /** A state is held for at most so long, in milliseconds. */
    static final long MOST_MILLIS = 1_800_000;

    private record Hold(long height, long sinceMillis, long lastMillis) {
        boolean isOver(long nowMillis) {
            return nowMillis - lastMillis > PAUSE_MILLIS || nowMillis - sinceMillis > MOST_MILLIS;
        }
    }

    private final Map<NodeId, Hold> holds = new TreeMap<>();

    /** A member asks for that state; answers the lowest one that is held now. */
    long hold(NodeId member, long height, long nowMillis) {
        Hold before = holds.get(member);
        long since = before == null || before.height != height ? nowMillis : before.sinceMillis;
        holds.put(member, new Hold(height, since, nowMillis));
        return lowest(nowMillis);
    }

    /** A member gets no state; answers the lowest one that is held now. */
    long release(NodeId member, long nowMillis) {
        holds.remove(member);
        return lowest(nowMillis);
    }

    /** The lowest height that is held; {@link Long#MAX_VALUE} if there is none. */
    long lowest(long nowMillis) {
        return holds.values().stream()
                .filter(hold -> !hold.isOver(nowMillis))
                .mapToLong(Hold::height)
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
