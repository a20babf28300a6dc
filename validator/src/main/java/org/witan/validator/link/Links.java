package org.witan.validator.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;

/**
 * All links of one node: opens, accepts, keeps and renews them.
 *
 * <p>Safe for any thread.
 */
public final class Links implements AutoCloseable {
    private final LinkSettings settings;
    private final LinkIdentity self;
    private final LinkListener listener;
    private volatile Roster roster;
    private volatile boolean started;

    /** Links of this node; nothing happens before {@link #start}. */
    public Links(LinkSettings settings, LinkIdentity self, Roster roster, LinkListener listener) {
        this.settings = settings;
        this.self = self;
        this.roster = roster;
        this.listener = listener;
    }

    /**
     * Listens, and starts to open links.
     *
     * @throws org.witan.genesis.failure.OperatorError if the port cannot be taken
     */
    public void start() {
        started = true;
        listener.event(
                new LinkEvent(
                        LinkEvent.Kind.LISTENING,
                        Optional.of(self.id()),
                        settings.listen().toString(),
                        0,
                        "links are not opened yet"));
    }

    /**
     * Queues a message for a linked peer; never blocks.
     *
     * @return whether it was queued; false if there is no link, if it is too large, or if its class
     *     has no room left
     */
    public boolean send(NodeId peer, Traffic traffic, byte[] message) {
        return false;
    }

    /** How this node stands with each other member that it links with, ascending by id. */
    public List<LinkState> states() {
        List<LinkState> states = new ArrayList<>();
        for (Member member : roster.members()) {
            if (!member.id().equals(self.id())) {
                states.add(
                        new LinkState(
                                member.id(),
                                LinkState.State.WAITING,
                                Optional.empty(),
                                OptionalDouble.empty(),
                                0,
                                started ? "" : "not started"));
            }
        }
        return states;
    }

    /** Replaces what is known of others; links of those who are gone are closed with 4410. */
    public void roster(Roster newer) {
        roster = newer;
    }

    /** Closes all links with 1001 and stops listening. */
    @Override
    public void close() {
        started = false;
    }
}
