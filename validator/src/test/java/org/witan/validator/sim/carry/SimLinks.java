package org.witan.validator.sim.carry;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.witan.validator.link.Traffic;

/**
 * Links as TCP gives them: what is sent arrives, once and in order, or the link ends. Loss costs
 * time, a cut way ends the link after a while, and a new one is made when the way is open again.
 */
public final class SimLinks {
    /** Silence after which both ends give a link up. */
    private static final int SILENT_MILLIS = 2_000;

    private static final int TRY_AGAIN_MILLIS = 200;

    private final Timeline timeline;
    private final SimNetwork network;
    private final Ends ends;
    private final @Nullable SimLink[][] links;

    /** Who is told what links bring. */
    public interface Ends {
        /** A message arrived. */
        void arrived(int from, int to, Traffic traffic, byte[] message);

        /** A link ended by itself, or is there again. */
        void changed(int one, int other, boolean up);

        /** Whether both ends want to be linked. */
        boolean wanted(int one, int other);
    }

    public SimLinks(Timeline timeline, SimNetwork network, int nodes, Ends ends) {
        this.timeline = timeline;
        this.network = network;
        this.ends = ends;
        links = new SimLink[nodes][nodes];
    }

    /** Whether there is a link. */
    public boolean isUp(int one, int other) {
        return links[one][other] != null;
    }

    /** A fresh link, with nothing waiting. */
    public void up(int one, int other) {
        links[one][other] = new SimLink();
        links[other][one] = new SimLink();
    }

    /** What waits and what is on its way is lost. */
    public void down(int one, int other) {
        links[one][other] = null;
        links[other][one] = null;
    }

    /** Sends, if there is a link. */
    public void send(int from, int to, Packet packet) {
        SimLink link = links[from][to];
        if (link != null) {
            link.offer(packet);
            next(from, to, link, 0);
        }
    }

    private void next(int from, int to, SimLink link, long silentMillis) {
        if (links[from][to] != link || link.sending) {
            return;
        }
        if (network.isCut(from, to)) {
            link.sending = true;
            timeline.at(TRY_AGAIN_MILLIS, () -> stalled(from, to, link, silentMillis));
            return;
        }
        Optional<byte[]> record = link.record();
        if (record.isEmpty()) {
            return;
        }
        link.sending = true;
        long now = timeline.nowMillis();
        long gone = network.passing(from, to, record.get().length);
        timeline.at(
                gone,
                () -> {
                    link.sending = false;
                    next(from, to, link, 0);
                });
        long arrives = now + gone + network.wait(TRY_AGAIN_MILLIS);
        link.arrivedMillis = Math.max(link.arrivedMillis, arrives);
        timeline.at(link.arrivedMillis - now, () -> arrive(from, to, link, record.get()));
    }

    private void stalled(int from, int to, SimLink link, long silentMillis) {
        link.sending = false;
        if (links[from][to] != link) {
            return;
        }
        long silent = silentMillis + TRY_AGAIN_MILLIS;
        if (silent < SILENT_MILLIS) {
            next(from, to, link, silent);
            return;
        }
        down(from, to);
        ends.changed(from, to, false);
        dial(from, to);
    }

    private void dial(int one, int other) {
        timeline.at(
                TRY_AGAIN_MILLIS,
                () -> {
                    if (!ends.wanted(one, other) || links[one][other] != null) {
                        return;
                    }
                    if (network.isCut(one, other) || network.isCut(other, one)) {
                        dial(one, other);
                        return;
                    }
                    up(one, other);
                    ends.changed(one, other, true);
                });
    }

    private void arrive(int from, int to, SimLink link, byte[] record) {
        if (links[from][to] == link) {
            link.arrive(
                    record,
                    (stream, message) -> ends.arrived(from, to, Traffic.values()[stream], message));
        }
    }
}
