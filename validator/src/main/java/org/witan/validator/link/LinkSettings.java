package org.witan.validator.link;

import java.net.InetSocketAddress;
import java.util.List;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.link.dial.DialPlan;
import org.witan.validator.link.handshake.Psk;

/**
 * How this node links.
 *
 * @param listen where it accepts links; port 0 takes a free one
 * @param joins further endpoints of members, tried besides those of the roster
 * @param psks pre-shared keys, at most two, the one to use first; usually none
 * @param pingMillis time between keep-alives; a link is dead after three without an answer
 * @param renewMillis age at which a link is replaced by one with fresh keys
 * @param windowMillis how long a knock that was heard is given to bring a link
 * @param mostFollowers how many members that do not vote may be linked at a time
 */
public record LinkSettings(
        InetSocketAddress listen,
        List<Join> joins,
        List<Psk> psks,
        long pingMillis,
        long renewMillis,
        long windowMillis,
        int mostFollowers) {
    /** Places for members that do not vote: they never take a validator's. */
    private static final int FOLLOWERS = 64;

    /**
     * An endpoint given by hand. It comes with the id, because the opener of a link names the node
     * that it means to reach before that node says anything (rule W7).
     *
     * @param id a member
     * @param endpoint where it is
     */
    public record Join(NodeId id, Endpoint endpoint) {}

    /** The usual settings: keep-alives every 10 s, fresh keys every 24 h. */
    public static LinkSettings listeningOn(InetSocketAddress listen) {
        return new LinkSettings(
                listen,
                List.of(),
                List.of(),
                10_000,
                86_400_000,
                DialPlan.WINDOW_MILLIS,
                FOLLOWERS);
    }

    /** The same with further endpoints. */
    public LinkSettings joining(List<Join> more) {
        return new LinkSettings(
                listen,
                List.copyOf(more),
                psks,
                pingMillis,
                renewMillis,
                windowMillis,
                mostFollowers);
    }

    /** The same with pre-shared keys. */
    public LinkSettings shielded(List<Psk> keys) {
        return new LinkSettings(
                listen,
                joins,
                List.copyOf(keys),
                pingMillis,
                renewMillis,
                windowMillis,
                mostFollowers);
    }

    /** The same with another number of places for members that do not vote. */
    LinkSettings takingFollowers(int most) {
        return new LinkSettings(listen, joins, psks, pingMillis, renewMillis, windowMillis, most);
    }
}
