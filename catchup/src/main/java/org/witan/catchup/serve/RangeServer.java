package org.witan.catchup.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.witan.catchup.wire.CatchupMessage;
import org.witan.catchup.wire.Limits;
import org.witan.catchup.wire.Refusal;
import org.witan.catchup.wire.Reply;
import org.witan.catchup.wire.Request;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.store.EpochLink;
import org.witan.chain.store.LedgerReader;
import org.witan.chain.store.Tip;
import org.witan.genesis.membership.NodeId;

/**
 * Answers members that are behind from the committed ledger.
 *
 * <p>Thread: confined to one of the {@code reads} threads; a request costs at most 256 reads of
 * blocks and as many of certificates, or the reading of 4096 values. Source:
 * docs/protocol/catchup.md, K14 to K17.
 */
public final class RangeServer {
    private static final int CERTIFICATE_BYTES = 8 << 10;

    private final LedgerReader ledger;
    private final Budgets budgets;
    private final ChunkServer chunks;

    /** A server of a ledger, with full budgets. */
    public RangeServer(LedgerReader ledger, ServeSettings settings, long nowMillis) {
        this.ledger = ledger;
        budgets = new Budgets(settings, nowMillis);
        chunks = new ChunkServer(ledger);
    }

    /**
     * The reply to a request, encoded; it is always smaller than 4 MiB and 64 KiB.
     *
     * @param asker a member, as its link authenticates it; strangers must not get here
     * @param nowMillis on any clock that does not go back
     * @throws org.witan.chain.store.StoreFailed if the disk fails
     */
    public byte[] answer(NodeId asker, Request request, long nowMillis) {
        long wait = budgets.waitMillis(asker, nowMillis);
        byte[] reply =
                wait > 0
                        ? busy(request, wait)
                        : switch (request) {
                            case Request.GetTip(var number) -> tip(number);
                            case Request.GetEpochs asked -> epochs(asked);
                            case Request.GetRange asked -> range(asked);
                            case Request.GetChunk asked -> chunks.answer(asker, asked, nowMillis);
                        };
        if (wait == 0) {
            budgets.spend(asker, Math.max(reply.length, chunks.takeCost()), nowMillis);
        }
        return reply;
    }

    /**
     * Lets go of states that nobody fetches any more. To be called now and then after a request for
     * a chunk, until it answers false.
     *
     * @return whether a state is still held
     */
    public boolean expire(long nowMillis) {
        return chunks.expire(nowMillis);
    }

    private static byte[] busy(Request request, long waitMillis) {
        return CatchupMessage.CODEC.encode(
                new Reply.Refused(
                        request.number(),
                        Refusal.BUSY,
                        (int) Math.min(waitMillis, Integer.MAX_VALUE),
                        "your share is used up"));
    }

    private byte[] tip(long number) {
        Tip tip = ledger.tip();
        return CatchupMessage.CODEC.encode(
                new Reply.TipIs(number, tip.header(), tip.finalization()));
    }

    private byte[] epochs(Request.GetEpochs asked) {
        if (asked.from() < 2) {
            return refuse(asked.number(), Refusal.BAD_REQUEST, "epoch 1 begins with the genesis");
        }
        List<EpochLink> links = new ArrayList<>();
        Optional<EpochLink> next = ledger.epoch(asked.from());
        while (next.isPresent() && links.size() < Limits.EPOCH_LINKS) {
            links.add(next.get());
            next = ledger.epoch(next.get().number() + 1);
        }
        return CatchupMessage.CODEC.encode(new Reply.Epochs(asked.number(), links));
    }

    private byte[] range(Request.GetRange asked) {
        long count = asked.to() - asked.from() + 1;
        if (asked.from() < 1 || count < 1 || count > Limits.RANGE_BLOCKS) {
            return refuse(
                    asked.number(),
                    Refusal.BAD_REQUEST,
                    "a range has 1 to %d blocks from height 1".formatted(Limits.RANGE_BLOCKS));
        }
        long tip = ledger.tip().height();
        if (asked.to() > tip) {
            return refuse(asked.number(), Refusal.BEYOND_TIP, "the tip is at " + tip);
        }
        Optional<BlockHeader> first = ledger.header(asked.from());
        if (first.isEmpty()) {
            return refuse(asked.number(), Refusal.NOT_KEPT, "no block at " + asked.from());
        }
        return proven(asked, blocks(asked, lastOfEpoch(first.get(), asked.to())));
    }

    /** A range never goes beyond the boundary that ends the epoch of its first block. */
    private long lastOfEpoch(BlockHeader first, long to) {
        return ledger.epoch(first.epoch() + 1)
                .map(link -> Math.min(to, link.boundary().height()))
                .orElse(to);
    }

    private List<byte[]> blocks(Request.GetRange asked, long to) {
        long most = Math.min(asked.maxBytes(), Limits.REPLY_BYTES - CERTIFICATE_BYTES);
        List<byte[]> blocks = new ArrayList<>();
        long size = 0;
        for (long height = asked.from(); height <= to; height++) {
            Optional<byte[]> block = ledger.encodedBlock(height);
            if (block.isEmpty() || !blocks.isEmpty() && size + block.get().length > most) {
                return blocks;
            }
            blocks.add(block.get());
            size += block.get().length;
        }
        return blocks;
    }

    /**
     * Ends the range at its highest block with a finalization of its own; without one, headers lead
     * up to the next block that has one.
     */
    private byte[] proven(Request.GetRange asked, List<byte[]> blocks) {
        if (blocks.isEmpty()) {
            return refuse(asked.number(), Refusal.NOT_KEPT, "no block at " + asked.from());
        }
        for (int count = blocks.size(); count > 0; count--) {
            Optional<Certificate> own = ledger.finalization(asked.from() + count - 1);
            if (own.isPresent()) {
                return Reply.encodeRange(
                        asked.number(), blocks.subList(0, count), List.of(), own.get());
            }
        }
        long last = asked.from() + blocks.size() - 1;
        OptionalLong above = ledger.nextFinalized(last);
        if (above.isEmpty() || above.getAsLong() - last > Limits.TRAIL_HEADERS) {
            return refuse(asked.number(), Refusal.NOT_KEPT, "no proof at " + last);
        }
        return trailed(asked, blocks, last, above.getAsLong());
    }

    /** Drops blocks from the upper end until the headers fit in; one block stays. */
    private byte[] trailed(Request.GetRange asked, List<byte[]> blocks, long last, long above) {
        List<BlockHeader> trail = new ArrayList<>();
        for (long height = last + 1; height <= above; height++) {
            trail.add(ledger.header(height).orElseThrow());
        }
        List<byte[]> kept = new ArrayList<>(blocks);
        long size = blocks.stream().mapToLong(block -> block.length).sum();
        size += trail.size() * (long) BlockHeader.MAX_BYTES + CERTIFICATE_BYTES;
        while (kept.size() > 1 && size > Limits.REPLY_BYTES) {
            size += BlockHeader.MAX_BYTES - kept.removeLast().length;
            trail.addFirst(ledger.header(asked.from() + kept.size()).orElseThrow());
        }
        Certificate certificate = ledger.finalization(above).orElseThrow();
        return size <= Limits.REPLY_BYTES + Limits.REPLY_SLACK_BYTES
                        && trail.size() <= Limits.TRAIL_HEADERS
                ? Reply.encodeRange(asked.number(), kept, trail, certificate)
                : refuse(asked.number(), Refusal.NOT_KEPT, "no proof that fits at " + last);
    }

    static byte[] refuse(long number, Refusal refusal, String reason) {
        return CatchupMessage.CODEC.encode(new Reply.Refused(number, refusal, 0, reason));
    }
}
