package org.witan.validator.node;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.witan.catchup.serve.RangeServer;
import org.witan.catchup.serve.ServeSettings;
import org.witan.catchup.wire.CatchupMessage;
import org.witan.catchup.wire.Refusal;
import org.witan.catchup.wire.Reply;
import org.witan.catchup.wire.Request;
import org.witan.chain.block.Block;
import org.witan.chain.store.LedgerReader;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.consensus.message.Blocks;
import org.witan.validator.core.Message;
import org.witan.validator.link.Links;
import org.witan.validator.link.Traffic;
import org.witan.validator.node.serve.Desk;
import org.witan.validator.node.serve.Scrubbing;
import org.witan.validator.node.wire.Outgoing;

/**
 * Reads the committed ledger for peers on threads of its own, so that serving never delays
 * agreement, and catching up never delays the blocks that agreement asks for.
 *
 * <p>A member that asks for more at a time than it may is told that this node is busy; for blocks
 * it is told nothing, since agreement asks again.
 */
final class Reads implements AutoCloseable {
    /** What one member catches up with at most asks for so many ranges at a time, and the tip. */
    private static final int CATCH_UP_PLACES = 32;

    private static final int BLOCKS_PLACES = 8;
    private static final int BUSY_MILLIS = 500;
    private static final int LET_GO_SECONDS = 61;

    private final LedgerReader ledger;
    private final NodeClock clock;
    private final RangeServer server;
    private final Desk catchUp;
    private final Desk blocks;
    private volatile @Nullable Links links;

    /** Confined to the thread of {@link #catchUp}. */
    private boolean lettingGo;

    /**
     * Reads of this ledger.
     *
     * @param broken is told what a read threw, first of all that the disk fails or lies
     */
    Reads(
            LedgerReader ledger,
            ServeSettings settings,
            NodeClock clock,
            Consumer<Throwable> broken) {
        this.ledger = ledger;
        this.clock = clock;
        catchUp = new Desk("reads", CATCH_UP_PLACES, broken);
        blocks = new Desk("reads-blocks", BLOCKS_PLACES, broken);
        server = new RangeServer(ledger, settings, clock.millis());
    }

    /** Set before the first request: links need an inbox, which needs this. */
    void over(Links opened) {
        links = opened;
    }

    /** Begins to read all that the store holds, slowly, for what the disk may have lost. */
    void scrub(LongPredicate part) {
        Scrubbing.on(catchUp, part);
    }

    /** Answers a catch-up request. */
    void answer(NodeId asker, Request request) {
        if (!catchUp.ask(asker, () -> serve(asker, request))) {
            var busy =
                    new Reply.Refused(
                            request.number(),
                            Refusal.BUSY,
                            BUSY_MILLIS,
                            "you have " + CATCH_UP_PLACES + " requests waiting here");
            send(asker, Traffic.CATCHUP, CatchupMessage.CODEC.encode(busy));
        }
    }

    private void serve(NodeId asker, Request request) {
        send(asker, Traffic.CATCHUP, server.answer(asker, request, clock.millis()));
        if (request instanceof Request.GetChunk) {
            letGoLater();
        }
    }

    /** States that were held for somebody who asks no more are let go, sooner or later. */
    private void letGoLater() {
        if (!lettingGo) {
            lettingGo = true;
            catchUp.later(
                    LET_GO_SECONDS,
                    () -> {
                        lettingGo = false;
                        if (server.expire(clock.millis())) {
                            letGoLater();
                        }
                    });
        }
    }

    /** Sends those of the blocks that are committed. */
    void serveBlocks(NodeId asker, List<Hash> hashes) {
        var _ = blocks.ask(asker, () -> committed(asker, hashes));
    }

    private void committed(NodeId asker, List<Hash> hashes) {
        List<Block> found = new ArrayList<>();
        int bytes = 0;
        for (Hash hash : hashes) {
            OptionalLong height = ledger.heightOf(hash);
            if (height.isPresent() && bytes < Blocks.SOFT_LIMIT_BYTES) {
                Block block = ledger.block(height.getAsLong()).orElseThrow();
                found.add(block);
                bytes += block.header().bodyBytes();
            }
        }
        if (!found.isEmpty()) {
            byte[] answer = Outgoing.of(new Message.Consensus(new Blocks(found))).bytes();
            send(asker, Traffic.PROPOSAL, answer);
        }
    }

    @Override
    public void close() {
        catchUp.close();
        blocks.close();
    }

    private void send(NodeId to, Traffic traffic, byte[] bytes) {
        Links opened = links;
        if (opened != null) {
            opened.send(to, traffic, bytes);
        }
    }
}
