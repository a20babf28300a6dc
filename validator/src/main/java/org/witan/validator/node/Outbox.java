package org.witan.validator.node;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.witan.chain.store.StoreWrite;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.core.Message;
import org.witan.validator.core.NodeEffect;
import org.witan.validator.link.Links;
import org.witan.validator.node.epoch.LedgerMembers;
import org.witan.validator.node.epoch.Levels;
import org.witan.validator.node.epoch.MemberWatch;
import org.witan.validator.node.verify.Keys;
import org.witan.validator.node.verify.VerifyPool;
import org.witan.validator.node.wire.Outgoing;

/** Carries the effects of a saved turn to links, waiting clients and the log. Node loop only. */
final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger("EVENT");

    private final Links links;
    private final Audience audience;
    private List<NodeId> everybody;
    private List<NodeId> followers;
    private final Waiters waiters;
    private final Reads reads;
    private final Counting counting;
    private final NodeLoop.Halt halt;

    /** Everything that effects reach. */
    record Destinations(
            Links links,
            Audience audience,
            Waiters waiters,
            Reads reads,
            Counting counting,
            NodeLoop.Halt halt) {}

    /**
     * Whom this node has to do with, as blocks change it.
     *
     * @param self this node
     * @param members who they are
     * @param verify is told their keys
     */
    record Audience(NodeId self, MemberWatch members, VerifyPool verify) {}

    Outbox(Destinations to) {
        links = to.links();
        audience = to.audience();
        everybody = audience.members.members().others(audience.self);
        followers = audience.members.members().followers(audience.self);
        waiters = to.waiters();
        reads = to.reads();
        counting = to.counting();
        halt = to.halt();
    }

    /**
     * Sends what the turn wants to be seen, in order, and then follows the members that it changed:
     * who is removed by it is told so before its link ends.
     */
    void send(List<NodeEffect> effects) {
        effects.forEach(this::send);
        List<StoreWrite> writes = new ArrayList<>();
        for (NodeEffect effect : effects) {
            if (effect instanceof NodeEffect.Save(var write, var sync)) {
                writes.add(write);
            }
        }
        audience.members.written(writes, this::follow);
    }

    private void follow(LedgerMembers members) {
        everybody = members.others(audience.self);
        followers = members.followers(audience.self);
        audience.verify.keys(new Keys(members.keys()));
        links.roster(audience.members.roster());
    }

    private void send(NodeEffect effect) {
        switch (effect) {
            case NodeEffect.Save(var write, var sync) -> {
                if (write instanceof StoreWrite.Accused) {
                    counting.accused();
                }
            }
            case NodeEffect.Send(var to, var message) -> {
                Outgoing outgoing = Outgoing.of(message);
                links.send(to, outgoing.traffic(), outgoing.bytes());
            }
            case NodeEffect.Broadcast(var message) -> broadcast(message);
            case NodeEffect.Answer answer -> {
                counting.answered(answer.reply());
                waiters.answer(answer);
            }
            case NodeEffect.Committed committed -> {
                counting.committed(committed);
                waiters.committed(committed);
            }
            case NodeEffect.Expired(var id) -> waiters.expired(id);
            case NodeEffect.ServeBlocks(var to, var hashes) -> reads.serveBlocks(to, hashes);
            case NodeEffect.Punish(var peer, var reason) -> {
                counting.misbehaved(peer, reason);
                links.punish(peer, reason);
            }
            case NodeEffect.Halt(var reason) -> halt.halt(ExitCode.INVARIANT_BROKEN, reason);
            case NodeEffect.LevelTooLow(var level, var speaks) ->
                    halt.halt(ExitCode.REFUSED_FOR_SAFETY, Levels.sentence(level, speaks));
            case NodeEffect.Report(var name, var details) -> report(name, details);
        }
    }

    private void broadcast(Message message) {
        Outgoing outgoing = Outgoing.of(message);
        for (NodeId peer : everybody) {
            links.send(peer, outgoing.traffic(), outgoing.bytes());
        }
        if (message instanceof Message.Consensus) {
            for (NodeId peer : followers) {
                links.send(peer, outgoing.traffic(), outgoing.bytes());
            }
        }
    }

    private static void report(String name, String details) {
        if (name.equals("consensus-entered") || name.equals("consensus-proposed")) {
            LOG.debug("{} {}", name, details);
        } else if (name.equals("evidence")) {
            LOG.warn("{} {}", name, details);
        } else if (name.equals("consensus-stopped_voting")) {
            LOG.error("{} {}", name, details);
        } else {
            LOG.info("{} {}", name, details);
        }
    }
}
