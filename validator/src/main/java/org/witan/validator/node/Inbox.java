package org.witan.validator.node;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.witan.catchup.wire.CatchupMessage;
import org.witan.catchup.wire.Request;
import org.witan.chain.block.Block;
import org.witan.chain.block.Transaction;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.validator.consensus.message.Blocks;
import org.witan.validator.consensus.message.ConsensusMessage;
import org.witan.validator.consensus.message.Proposal;
import org.witan.validator.core.Message;
import org.witan.validator.core.NodeInput;
import org.witan.validator.core.execution.VerifiedSignature;
import org.witan.validator.link.Channel;
import org.witan.validator.link.LinkEvent;
import org.witan.validator.link.LinkListener;
import org.witan.validator.link.Links;
import org.witan.validator.link.PeerInfo;
import org.witan.validator.link.handshake.Party;
import org.witan.validator.node.admit.Admittance;
import org.witan.validator.node.admit.Hearing;
import org.witan.validator.node.status.Repeats;
import org.witan.validator.node.verify.Job;
import org.witan.validator.node.verify.VerifyPool;
import org.witan.validator.pool.TransactionBatch;

/**
 * Turns bytes of authenticated peers into inputs of the node loop.
 *
 * <p>Decodes on the peer's reader thread, has transactions' signatures verified, and blocks that
 * reader, and no other, when the peer is ahead of what this node can verify or take.
 */
final class Inbox implements LinkListener {
    private static final Logger LOG = LoggerFactory.getLogger("EVENT");

    private final Mailbox<NodeInput> mailbox;
    private final VerifyPool verify;
    private final Reads reads;
    private final Counting counting;
    private final NodeClock clock;
    private final Repeats repeats = new Repeats();
    private volatile @Nullable Links links;
    private final Map<NodeId, String> builds = new ConcurrentHashMap<>();
    private final Map<NodeId, Role> roles = new ConcurrentHashMap<>();
    private volatile Consumer<Transaction> redemptions = redemption -> {};

    Inbox(NodeParts parts) {
        mailbox = parts.mailbox();
        verify = parts.verify();
        reads = parts.reads();
        counting = parts.counting();
        clock = parts.clock();
    }

    /** Set before the links start, which need an inbox. */
    void of(Links opened) {
        links = opened;
    }

    /** Where redemptions of newcomers go. */
    void onRedemption(Consumer<Transaction> taker) {
        redemptions = taker;
    }

    @Override
    public void newcomer(NodeId id, byte[] shown) {
        Admittance.redemption(id, shown).ifPresent(redemptions);
    }

    /** What each linked peer says it runs. */
    Map<NodeId, String> builds() {
        return builds;
    }

    @Override
    public void up(NodeId peer, PeerInfo info) {
        builds.put(peer, info.build());
        roles.put(peer, info.role());
        LOG.info(
                "link-up peer={} opened-by={} address={} build={} common-level={}",
                peer,
                info.openedByUs() ? "us" : "peer",
                info.address(),
                info.build(),
                Party.Versions.commonLevel(info.features()));
        mailbox.put(new NodeInput.Linked(peer, true));
    }

    @Override
    public void down(NodeId peer, String reason) {
        LOG.info("link-down peer={} reason=\"{}\"", peer, reason);
        mailbox.put(new NodeInput.Linked(peer, false));
    }

    @Override
    public void received(NodeId peer, Channel channel, byte[] message) {
        try {
            switch (channel) {
                case CONSENSUS -> consensus(peer, message);
                case TRANSACTIONS -> transactions(peer, message);
                case CATCHUP -> catchup(peer, message);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void event(LinkEvent event) {
        counting.link(event);
        switch (event.kind()) {
            case WE_ARE_SECOND_INSTANCE -> {
                LOG.error(
                        "second-instance peer={} detail=\"{}\"",
                        event.peer().map(NodeId::value).orElse("-"),
                        event.detail());
                mailbox.put(new NodeInput.StopVoting(event.detail()));
            }
            case LISTENING, REPLACED ->
                    LOG.info(
                            "link-{} address={} detail=\"{}\"",
                            name(event),
                            event.address(),
                            event.detail());
            default -> warn(event);
        }
    }

    private void warn(LinkEvent event) {
        String peer = event.peer().map(NodeId::value).orElse("-");
        String host = event.address().replaceFirst(":[0-9]+$", "");
        int times =
                repeats.times(
                        List.of(event.kind(), peer, host, event.code(), event.detail()),
                        clock.millis());
        if (times > 0) {
            LOG.warn(
                    "link-{} peer={} address={} times={} code={} detail=\"{}\"",
                    name(event),
                    peer,
                    event.address(),
                    times,
                    event.code(),
                    event.detail());
        }
    }

    private static String name(LinkEvent event) {
        return event.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    private void consensus(NodeId peer, byte[] bytes) throws InterruptedException {
        switch (ConsensusMessage.CODEC.decode(bytes)) {
            case Decoded.Ok(var message) -> {
                if (!Hearing.hears(role(peer), message)) {
                    return;
                }
                List<Transaction> transactions = transactionsOf(message);
                List<VerifiedSignature> known = verify.recall(transactions);
                if (known.size() == transactions.size()) {
                    deliver(peer, new Message.Consensus(message), known, bytes.length);
                } else {
                    var content = new Message.Consensus(message);
                    verify.verify(
                            new Job(
                                    peer,
                                    true,
                                    transactions,
                                    bytes.length,
                                    verified -> fromPool(peer, content, verified, bytes.length)));
                }
            }
            case Decoded.Bad(var offset, var why) -> malformed(peer, "consensus", offset, why);
        }
    }

    private void transactions(NodeId peer, byte[] bytes) throws InterruptedException {
        switch (TransactionBatch.CODEC.decode(bytes)) {
            case Decoded.Ok(var batch) -> {
                if (!Hearing.hears(role(peer), peer, batch)) {
                    return;
                }
                var content = new Message.Transactions(batch);
                verify.verify(
                        new Job(
                                peer,
                                false,
                                batch.transactions(),
                                bytes.length,
                                verified -> fromPool(peer, content, verified, bytes.length)));
            }
            case Decoded.Bad(var offset, var why) -> malformed(peer, "transactions", offset, why);
        }
    }

    private void catchup(NodeId peer, byte[] bytes) throws InterruptedException {
        switch (CatchupMessage.CODEC.decode(bytes)) {
            case Decoded.Ok(Request request) -> reads.answer(peer, request);
            case Decoded.Ok(var reply) ->
                    deliver(peer, new Message.Catchup(reply), List.of(), bytes.length);
            case Decoded.Bad(var offset, var why) -> {
                malformed(peer, "catchup", offset, why);
                mailbox.put(peer, new NodeInput.Garbled(peer, why), 1);
            }
        }
    }

    private Role role(NodeId peer) {
        return roles.getOrDefault(peer, Role.OBSERVER);
    }

    private void deliver(NodeId peer, Message message, List<VerifiedSignature> verified, int bytes)
            throws InterruptedException {
        mailbox.put(peer, new NodeInput.Received(peer, message, verified), bytes);
    }

    /**
     * The pool's threads serve all peers, so they never wait for one peer's share. What finds no
     * room is dropped, and will be sent or asked for again; a node that is slower than its peers
     * cannot blame them.
     */
    private void fromPool(
            NodeId peer, Message message, List<VerifiedSignature> verified, int bytes) {
        if (!mailbox.offer(peer, new NodeInput.Received(peer, message, verified), bytes)) {
            counting.overrun(peer);
        }
    }

    private void malformed(NodeId peer, String channel, int offset, String why) {
        String what = channel + " message, byte " + offset + ": " + why;
        counting.misbehaved(peer, what);
        Links opened = links;
        if (opened != null) {
            opened.punish(peer, what);
        }
    }

    private static List<Transaction> transactionsOf(ConsensusMessage message) {
        return switch (message) {
            case Proposal proposal -> proposal.block().body().transactions();
            case Blocks blocks ->
                    blocks.blocks().stream()
                            .map(Block::body)
                            .flatMap(body -> body.transactions().stream())
                            .toList();
            default -> List.of();
        };
    }
}
