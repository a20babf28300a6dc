package org.witan.validator.node.join;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.witan.catchup.snapshot.JoinInput;
import org.witan.catchup.wire.CatchupMessage;
import org.witan.catchup.wire.Reply;
import org.witan.catchup.wire.Request;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.link.Channel;
import org.witan.validator.link.LinkEvent;
import org.witan.validator.link.LinkListener;
import org.witan.validator.link.PeerInfo;

/**
 * What members send while this node joins: catch-up only, and few at a time; the reader of a member
 * that sends more waits.
 */
final class JoinInbox implements LinkListener {
    private static final Logger LOG = LoggerFactory.getLogger("EVENT");
    private static final int ROOM = 16;

    /** What arrived. */
    sealed interface Arrival {
        /** For the machine. */
        record Input(JoinInput input) implements Arrival {}

        /** A member asks us, who have nothing: it may be joining, too. */
        record Asked(NodeId member, Request request) implements Arrival {}
    }

    private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(ROOM);

    /** The next one, if it comes in time. */
    Optional<Arrival> next(long millis) throws InterruptedException {
        return Optional.ofNullable(arrivals.poll(millis, TimeUnit.MILLISECONDS));
    }

    @Override
    public void up(NodeId peer, PeerInfo info) {
        LOG.info("link-up peer={} build={}", peer, info.build());
        put(new Arrival.Input(new JoinInput.Linked(peer)));
    }

    @Override
    public void down(NodeId peer, String reason) {
        LOG.info("link-down peer={} reason=\"{}\"", peer, reason);
        put(new Arrival.Input(new JoinInput.Unlinked(peer)));
    }

    @Override
    public void received(NodeId peer, Channel channel, byte[] message) {
        if (channel != Channel.CATCHUP) {
            return;
        }
        put(
                switch (CatchupMessage.CODEC.decode(message)) {
                    case Decoded.Ok(Request request) -> new Arrival.Asked(peer, request);
                    case Decoded.Ok(Reply reply) ->
                            new Arrival.Input(new JoinInput.Answered(peer, reply));
                    case Decoded.Bad(var offset, var why) ->
                            new Arrival.Input(
                                    new JoinInput.Garbled(peer, "byte " + offset + ": " + why));
                });
    }

    @Override
    public void event(LinkEvent event) {
        LOG.info("link-event kind={} detail=\"{}\"", event.kind(), event.detail());
    }

    private void put(Arrival arrival) {
        try {
            arrivals.put(arrival);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }
}
