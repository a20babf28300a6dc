package org.witan.catchup.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.witan.catchup.wire.Refusal;
import org.witan.catchup.wire.Reply;
import org.witan.catchup.wire.Request;
import org.witan.genesis.membership.NodeId;

/** What is known of one linked member, and what it owes us. */
final class Source {
    /** A time before all others that does not overflow when subtracted from. */
    private static final long NEVER = Long.MIN_VALUE / 2;

    /** Answers that may come late before the oldest is forgotten. */
    private static final int MOST_LATE = 8;

    /** A request without an answer. */
    private static final class Owed {
        final Request request;
        final long askedMillis;
        boolean late;

        Owed(Request request, long askedMillis) {
            this.request = request;
            this.askedMillis = askedMillis;
        }
    }

    private final NodeId id;
    private final NavigableMap<Long, Owed> owed = new TreeMap<>();
    private int pieceBytes = SyncSettings.LEAST_PIECE_BYTES * 4;

    private long saidHeight = -1;
    private long saidEpoch;
    private long saidAskedMillis = NEVER;
    private boolean proven;
    private Optional<Reply.TipIs> unproven = Optional.empty();
    private long keepsFrom = 1;

    private long pollMillis = NEVER;
    private long busyUntilMillis = NEVER;
    private long restsUntilMillis = NEVER;
    private int silences;
    private long lastDataMillis = NEVER;
    private long owingSinceMillis = NEVER;
    private long owedMillis;
    private long rateBytes;
    private boolean slow;

    Source(NodeId id) {
        this.id = id;
    }

    NodeId id() {
        return id;
    }

    /** Highest tip it said; -1 before it said any. */
    long saidHeight() {
        return saidHeight;
    }

    long saidEpoch() {
        return saidEpoch;
    }

    /** Whether the tip it said is proven to exist. */
    boolean proven() {
        return proven;
    }

    /** The tip it said, if nobody could check it yet. */
    Optional<Reply.TipIs> unproven() {
        return unproven;
    }

    /** Whether its word on its tip is at most so old. */
    boolean spokeSince(long millis) {
        return saidAskedMillis >= millis;
    }

    /** How many bytes to ask it for at once. */
    int pieceBytes() {
        return pieceBytes;
    }

    boolean slow() {
        return slow;
    }

    int silences() {
        return silences;
    }

    /** Whether it can be counted on: it is not silent. */
    boolean awake(long nowMillis) {
        return restsUntilMillis <= nowMillis;
    }

    boolean ready(long nowMillis) {
        return awake(nowMillis) && busyUntilMillis <= nowMillis;
    }

    boolean keeps(long height) {
        return height >= keepsFrom;
    }

    /** It may be busy, or no longer keep old blocks; any other refusal is a lie. */
    Optional<String> refuses(Request asked, Reply.Refused refused, long nowMillis) {
        if (refused.refusal() == Refusal.BUSY) {
            int pause = Math.clamp(refused.retryAfterMillis(), 100, SyncSettings.BUSY_MILLIS);
            busyUntilMillis = nowMillis + pause;
            return Optional.empty();
        }
        if (refused.refusal() == Refusal.NOT_KEPT && asked instanceof Request.GetRange range) {
            keepsFrom = Math.max(keepsFrom, range.from() + 1);
            return Optional.empty();
        }
        return Optional.of("refuses what it said it has: " + refused.reason());
    }

    /** Ranges and epochs that it owes, late ones included. */
    int load() {
        return (int) owed.values().stream().filter(Source::isData).count();
    }

    boolean pollDue(long nowMillis, long pauseMillis) {
        return nowMillis - pollMillis >= pauseMillis
                && owed.values().stream().allMatch(Source::isData);
    }

    /** Asks for its tip at the next opportunity. */
    void pollSoon() {
        pollMillis = NEVER;
    }

    /** Notes that it was asked. */
    void asked(Request request, long nowMillis) {
        owed.put(request.number(), new Owed(request, nowMillis));
        if (request instanceof Request.GetTip) {
            pollMillis = nowMillis;
        } else if (load() == 1) {
            owingSinceMillis = nowMillis;
        }
    }

    /** The request that an answer belongs to, which is then no longer owed. */
    Optional<Request> settle(long number) {
        Owed settled = owed.remove(number);
        if (settled == null) {
            return Optional.empty();
        }
        if (settled.request instanceof Request.GetTip) {
            saidAskedMillis = settled.askedMillis;
        }
        return Optional.of(settled.request);
    }

    /** Records what it says its tip is; false if it said a greater one before on this link. */
    boolean says(Reply.TipIs tip, boolean isProven) {
        if (tip.header().height() < saidHeight) {
            return false;
        }
        saidHeight = tip.header().height();
        saidEpoch = tip.header().epoch();
        proven = isProven;
        unproven = isProven ? Optional.empty() : Optional.of(tip);
        return true;
    }

    /**
     * Its data was right.
     *
     * @param bytes that count for its rate
     */
    void delivered(long bytes, int mostPieceBytes, long nowMillis) {
        clock(nowMillis);
        lastDataMillis = nowMillis;
        rateBytes += bytes;
        silences = 0;
        pieceBytes = Math.min(mostPieceBytes, pieceBytes * 2);
    }

    /** Counts the time in which it owed us something. */
    private void clock(long nowMillis) {
        if (owingSinceMillis != NEVER) {
            owedMillis += nowMillis - owingSinceMillis;
            owingSinceMillis = load() > 0 ? nowMillis : NEVER;
        }
    }

    /**
     * What it should have answered by now, and is not expected to answer any more; the answer may
     * still come and is then welcome.
     */
    List<Request> overdue(long nowMillis, SyncSettings settings) {
        owed.values()
                .removeIf(o -> !isData(o) && nowMillis - o.askedMillis >= settings.silenceMillis());
        // What is as late as that will not come: else it would count as its load for ever.
        owed.values()
                .removeIf(o -> o.late && nowMillis - o.askedMillis >= SyncSettings.REST_MILLIS);
        List<Request> given = new ArrayList<>();
        long oldest = NEVER;
        for (Owed o : owed.values()) {
            if (isData(o) && !o.late) {
                oldest = oldest == NEVER ? o.askedMillis : oldest;
                given.add(o.request);
            }
        }
        if (given.isEmpty()
                || nowMillis - Math.max(oldest, lastDataMillis) < settings.silenceMillis()) {
            return List.of();
        }
        silences++;
        pieceBytes = Math.max(SyncSettings.LEAST_PIECE_BYTES, pieceBytes / 2);
        if (silences >= SyncSettings.SILENCES) {
            restsUntilMillis = nowMillis + SyncSettings.REST_MILLIS;
        }
        giveUp();
        return given;
    }

    /** Whether its rate has just shown to be too low; true once. */
    boolean turnedSlow(long nowMillis, SyncSettings settings) {
        clock(nowMillis);
        if (owedMillis < settings.slowWindowMillis()) {
            return false;
        }
        boolean was = slow;
        slow = rateBytes * 1000 / owedMillis < settings.slowBytesPerSecond();
        owedMillis = 0;
        rateBytes = 0;
        return slow && !was;
    }

    /** All that it owes in data, which others are now asked for. */
    List<Request> giveUp() {
        List<Request> given = new ArrayList<>();
        for (Owed o : owed.values()) {
            if (isData(o) && !o.late) {
                given.add(o.request);
                o.late = true;
            }
        }
        long tooMany = owed.values().stream().filter(o -> o.late).count() - MOST_LATE;
        for (var all = owed.values().iterator(); tooMany > 0 && all.hasNext(); ) {
            if (all.next().late) {
                all.remove();
                tooMany--;
            }
        }
        return given;
    }

    private static boolean isData(Owed owed) {
        return !(owed.request instanceof Request.GetTip);
    }
}
