package org.witan.validator.node;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.witan.catchup.serve.RangeServer;
import org.witan.catchup.serve.ServeSettings;
import org.witan.catchup.wire.Request;
import org.witan.chain.block.Block;
import org.witan.chain.store.LedgerReader;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.consensus.message.Blocks;
import org.witan.validator.core.Message;
import org.witan.validator.link.Links;
import org.witan.validator.link.Traffic;

/**
 * Reads the committed ledger for peers on a thread of its own, so that serving never delays
 * agreement.
 *
 * <p>A request that finds the queue full is forgotten; the asker asks elsewhere or again.
 */
final class Reads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("EVENT");
    private static final int QUEUE = 256;
    private static final int LET_GO_SECONDS = 61;

    private final LedgerReader ledger;
    private final NodeClock clock;
    private final RangeServer server;
    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(
                    1,
                    1,
                    1,
                    TimeUnit.MINUTES,
                    new ArrayBlockingQueue<>(QUEUE),
                    Thread.ofPlatform().daemon().name("reads-", 1).factory(),
                    new ThreadPoolExecutor.DiscardPolicy());
    private final Executor later =
            CompletableFuture.delayedExecutor(LET_GO_SECONDS, TimeUnit.SECONDS, thread);
    private volatile @Nullable Links links;

    /** Confined to the thread. */
    private boolean lettingGo;

    /** Set before the first request: links need an inbox, which needs this. */
    Reads(LedgerReader ledger, ServeSettings settings, NodeClock clock) {
        this.ledger = ledger;
        this.clock = clock;
        server = new RangeServer(ledger, settings, clock.millis());
    }

    void over(Links opened) {
        links = opened;
    }

    /** Answers a catch-up request. */
    void answer(NodeId asker, Request request) {
        run(() -> {
            send(asker, Traffic.CATCHUP, server.answer(asker, request, clock.millis()));
            if (request instanceof Request.GetChunk) {
                letGoLater();
            }
        });
    }

    /** States that were held for somebody who asks no more are let go, sooner or later. */
    private void letGoLater() {
        if (!lettingGo) {
            lettingGo = true;
            later.execute(() ->
                    run(() -> {
                        lettingGo = false;
                        if (server.expire(clock.millis())) {
                            letGoLater();
                        }
                    }));
        }
    }

    /** Sends those of the blocks that are committed. */
    void serveBlocks(NodeId asker, List<Hash> hashes) {
        run(() -> {
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
                byte[] answer = Outbox.encode(new Message.Consensus(new Blocks(found)));
                send(asker, Traffic.PROPOSAL, answer);
            }
        });
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void send(NodeId to, Traffic traffic, byte[] bytes) {
        Links opened = links;
        if (opened != null) {
            opened.send(to, traffic, bytes);
        }
    }

    private void run(Runnable read) {
        thread.execute(() -> {
            try {
                read.run();
            } catch (RuntimeException failed) {
                LOG.error("read-failed", failed);
            }
        });
    }
}
