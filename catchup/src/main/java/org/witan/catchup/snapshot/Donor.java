package org.witan.catchup.snapshot;

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
final class Donor {
    /** A member that owes an answer for so long is silent, in milliseconds. */
    static final long SILENCE_MILLIS = 6_000;

    private static final long NEVER = Long.MIN_VALUE / 2;
    private static final long REST_MILLIS = 10_000;
    private static final int BUSY_MILLIS = 10_000;
    private static final int LEAST_BYTES = 32 << 10;
    private static final int MOST_BYTES = 1 << 20;

    private record Owed(Request request, long askedMillis) {}

    private final NodeId id;
    private final NavigableMap<Long, Owed> owed = new TreeMap<>();
    private Optional<Reply.TipIs> tip = Optional.empty();
    private boolean proven;
    private boolean stale;
    private long polledMillis = NEVER;
    private long pausesUntilMillis = NEVER;
    private long refusedHeight = -1;
    private int pieceBytes = MOST_BYTES / 4;

    Donor(NodeId id) {
        this.id = id;
    }

    NodeId id() {
        return id;
    }

    /** The last tip that it said. */
    Optional<Reply.TipIs> tip() {
        return tip;
    }

    /** Height of the last tip that it said; -1 before it said any. */
    long height() {
        return tip.map(t -> t.header().height()).orElse(-1L);
    }

    /** Whether that tip is proven to exist. */
    boolean proven() {
        return proven;
    }

    void says(Reply.TipIs said, boolean isProven) {
        tip = Optional.of(said);
        proven = isProven;
        stale = false;
    }

    /** What it said is too old to choose by; it is to be asked anew. */
    void askAnew() {
        polledMillis = NEVER;
        stale = true;
    }

    /** Whether what it said last is recent. */
    boolean isRecent() {
        return !stale;
    }

    boolean pollDue(long nowMillis, long pauseMillis) {
        return ready(nowMillis)
                && nowMillis - polledMillis >= pauseMillis
                && owed.values().stream().noneMatch(o -> o.request instanceof Request.GetTip);
    }

    boolean ready(long nowMillis) {
        return pausesUntilMillis <= nowMillis;
    }

    /** Chunks that it owes. */
    int load() {
        return (int) owed.values().stream().filter(o -> isChunk(o.request)).count();
    }

    private static boolean isChunk(Request request) {
        return request instanceof Request.GetChunk;
    }

    /** How many bytes to ask it for at once. */
    int pieceBytes() {
        return pieceBytes;
    }

    /** Whether it says that it can have the state of that height, and has not refused it. */
    boolean offers(long height) {
        return height() >= height && refusedHeight != height;
    }

    /** Whether it no longer keeps the state of that height. */
    boolean refused(long height) {
        return refusedHeight == height;
    }

    /** It may be busy, or not keep the state any more; any other refusal is a lie. */
    Optional<String> refuses(Request asked, Reply.Refused refused, long nowMillis) {
        if (refused.refusal() == Refusal.BUSY) {
            int pause = Math.clamp(refused.retryAfterMillis(), 100, BUSY_MILLIS);
            pausesUntilMillis = nowMillis + pause;
            return Optional.empty();
        }
        if (refused.refusal() == Refusal.NOT_KEPT && asked instanceof Request.GetChunk chunk) {
            refusedHeight = chunk.height();
            return Optional.empty();
        }
        return Optional.of("refuses what it said it has: " + refused.reason());
    }

    void asked(Request request, long nowMillis) {
        owed.put(request.number(), new Owed(request, nowMillis));
        if (request instanceof Request.GetTip) {
            polledMillis = nowMillis;
        }
    }

    /** The request that an answer belongs to, which is then no longer owed. */
    Optional<Request> settle(long number) {
        return Optional.ofNullable(owed.remove(number)).map(Owed::request);
    }

    /** Its data was right. */
    void delivered() {
        pieceBytes = Math.min(MOST_BYTES, pieceBytes * 2);
    }

    /** What it should have answered by now; it is left alone for a while. */
    List<Request> overdue(long nowMillis) {
        List<Request> late = new ArrayList<>();
        owed.values()
                .removeIf(o -> {
                    boolean over = nowMillis - o.askedMillis >= SILENCE_MILLIS;
                    if (over) {
                        late.add(o.request);
                    }
                    return over;
                });
        if (!late.isEmpty()) {
            pausesUntilMillis = nowMillis + REST_MILLIS;
            pieceBytes = Math.max(LEAST_BYTES, pieceBytes / 2);
        }
        return late;
    }

    /** All that it owes, which others are now asked for. */
    List<Request> giveUp() {
        List<Request> given = owed.values().stream().map(Owed::request).toList();
        owed.clear();
        return given;
    }
}
