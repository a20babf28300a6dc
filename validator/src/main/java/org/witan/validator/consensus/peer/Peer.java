package org.witan.validator.consensus.peer;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.consensus.message.Status;

/** What this node knows of one other node. */
public final class Peer {
    /** Requests that may come at once, and how fast the allowance grows again. */
    private static final int MAX_TOKENS = 64;

    private static final long TOKEN_MILLIS = 50;
    private static final long NEVER = Long.MAX_VALUE;

    private final NodeId id;
    private @Nullable Status status;
    private int statuses;
    private boolean told;
    private boolean down;
    private long downSinceMillis = NEVER;
    private long heardMillis;
    private long answeredMillis = Long.MIN_VALUE / 2;
    private long remindedMillis = Long.MIN_VALUE / 2;
    private long tokens = MAX_TOKENS;
    private long tokensMillis;

    Peer(NodeId id, long nowMillis) {
        this.id = id;
        heardMillis = nowMillis;
        tokensMillis = nowMillis;
    }

    /** Who it is. */
    public NodeId id() {
        return id;
    }

    /** What it said about itself last. */
    public Optional<Status> status() {
        return Optional.ofNullable(status);
    }

    /** It said this about itself. */
    void status(Status next) {
        status = next;
        statuses++;
    }

    /**
     * Whether it spoke a second time on this link. What it says first it says because the link came
     * up; by the second time it has heard this node's first word too.
     */
    boolean hasAnswered() {
        return statuses > 1;
    }

    /** Whether it asks for the first time on this link, so that it is to be answered at once. */
    public boolean isFirstAsked() {
        boolean first = !told;
        told = true;
        return first;
    }

    /** Whether the link to it is known to be down. */
    public boolean isDown() {
        return down;
    }

    /** The link came up or went down. */
    public void link(boolean up, long nowMillis) {
        if (up) {
            heardMillis = nowMillis;
            downSinceMillis = NEVER;
        } else if (!down) {
            downSinceMillis = nowMillis;
        }
        down = !up;
        statuses = 0;
        told = false;
    }

    /** Something authentic came from it. */
    public void heard(long nowMillis) {
        heardMillis = nowMillis;
    }

    /** When something came from it, or when this node began to listen. */
    public long heardMillis() {
        return heardMillis;
    }

    /** Since when the link is down; the greatest number if it is not. */
    public long downSinceMillis() {
        return downSinceMillis;
    }

    /** Takes one request from its allowance; whether there was one left. */
    public boolean mayAsk(long nowMillis) {
        long grown = (nowMillis - tokensMillis) / TOKEN_MILLIS;
        tokensMillis += grown * TOKEN_MILLIS;
        tokens = Math.min(MAX_TOKENS, tokens + grown);
        if (tokens == 0) {
            return false;
        }
        tokens--;
        return true;
    }

    /** Whether its status may be answered again, at most once in {@code pauseMillis}. */
    public boolean mayBeAnswered(long nowMillis, long pauseMillis) {
        if (nowMillis < answeredMillis + pauseMillis) {
            return false;
        }
        answeredMillis = nowMillis;
        return true;
    }

    /** Whether it may be told again what it missed, at most once in {@code pauseMillis}. */
    public boolean mayBeReminded(long nowMillis, long pauseMillis) {
        if (nowMillis < remindedMillis + pauseMillis) {
            return false;
        }
        remindedMillis = nowMillis;
        return true;
    }
}
