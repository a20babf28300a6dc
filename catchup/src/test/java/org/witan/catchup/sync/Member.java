package org.witan.catchup.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.witan.catchup.fixture.HandMadeLedger;
import org.witan.catchup.fixture.HandMadeNetwork;
import org.witan.catchup.serve.RangeServer;
import org.witan.catchup.serve.ServeSettings;
import org.witan.catchup.wire.CatchupMessage;
import org.witan.catchup.wire.Limits;
import org.witan.catchup.wire.Refusal;
import org.witan.catchup.wire.Reply;
import org.witan.catchup.wire.Request;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockBody;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.VoteKind;
import org.witan.chain.store.EpochLink;
import org.witan.chain.store.Tip;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NodeId;

/** A member that is asked, honest or with one way of lying. */
final class Member {
    private final NodeId id;
    private final Lie lie;
    private final HandMadeNetwork network;
    private final HandMadeLedger ledger;
    private final RangeServer server;
    private final Random random;
    private int tips;
    boolean up = true;
    long freeAtMillis;

    Member(NodeId id, Lie lie, HandMadeNetwork network, HandMadeLedger ledger, Random random) {
        this.id = id;
        this.lie = lie;
        this.network = network;
        this.ledger = ledger;
        this.random = random;
        server = new RangeServer(ledger, ServeSettings.DEFAULT, 0);
    }

    NodeId id() {
        return id;
    }

    Lie lie() {
        return lie;
    }

    /** Messages to send back, each as its bytes. */
    List<byte[]> answer(NodeId asker, Request request, long nowMillis) {
        byte[] honest = server.answer(asker, request, nowMillis);
        Reply reply = (Reply) CatchupMessage.CODEC.decode(honest).orThrow();
        if (reply instanceof Reply.Refused && lie != Lie.BUSY) {
            return List.of(honest);
        }
        return switch (lie) {
            case SILENT -> request instanceof Request.GetTip ? List.of(honest) : List.of();
            case TWICE -> List.of(honest, honest);
            case GARBAGE -> List.of(garbage());
            case ALTERED_BYTE -> List.of(altered(honest));
            default -> List.of(CatchupMessage.CODEC.encode(lie(request, reply, nowMillis)));
        };
    }

    private Reply lie(Request request, Reply reply, long nowMillis) {
        return switch (reply) {
            case Reply.TipIs tip -> tip(tip);
            case Reply.Epochs epochs -> epochs(epochs);
            case Reply.Range range -> range((Request.GetRange) request, range, nowMillis);
            case Reply.Refused refused -> refused;
            case Reply.Chunk chunk -> chunk;
        };
    }

    private Reply tip(Reply.TipIs tip) {
        tips++;
        BlockHeader header = tip.header();
        return switch (lie) {
            case LOWERED_TIP ->
                    tips < 2 || header.height() < 2
                            ? tip
                            : new Reply.TipIs(
                                    tip.number(),
                                    ledger.header(header.height() - 1).orElseThrow(),
                                    ledger.finalization(header.height() - 1));
            case RAISED_TIP ->
                    new Reply.TipIs(
                            tip.number(),
                            Headers.withHeight(header, header.height() + 1000),
                            tip.finalization());
            case OTHER_NETWORK -> {
                Tip other = other().ledger().tip();
                yield new Reply.TipIs(tip.number(), other.header(), other.finalization());
            }
            case FORGED_BOUNDARY, NO_EPOCHS -> {
                BlockHeader next = Headers.withEpoch(header, header.epoch() + 1, thieves());
                yield new Reply.TipIs(
                        tip.number(), next, Optional.of(network.finalization(next, thieves())));
            }
            default -> tip;
        };
    }

    private Reply epochs(Reply.Epochs epochs) {
        return switch (lie) {
            case NO_EPOCHS -> new Reply.Epochs(epochs.number(), List.of());
            case FORGED_BOUNDARY -> {
                Tip tip = ledger.tip();
                BlockHeader boundary = Headers.withNext(tip.header(), thieves().configHash());
                Certificate certificate = network.finalization(boundary, thieves());
                yield new Reply.Epochs(
                        epochs.number(),
                        List.of(
                                new EpochLink(
                                        boundary.epoch() + 1,
                                        boundary,
                                        Optional.of(certificate),
                                        thieves().configuration())));
            }
            default -> epochs;
        };
    }

    private Reply range(Request.GetRange asked, Reply.Range range, long nowMillis) {
        long number = range.number();
        List<Block> blocks = range.blocks();
        BlockHeader last =
                range.trail().isEmpty() ? blocks.getLast().header() : range.trail().getLast();
        return switch (lie) {
            case SHORT, DRIP -> honest(number, asked.from(), asked.from(), nowMillis);
            case TRAILS -> trailed(asked);
            case SHIFTED -> honest(number, asked.from() + 1, asked.to() + 1, nowMillis);
            case BUSY -> new Reply.Refused(number, Refusal.BUSY, 500, "busy");
            case REFUSES -> new Reply.Refused(number, Refusal.BEYOND_TIP, 0, "no");
            case OTHER_NETWORK -> otherRange(asked, range);
            case OTHER_BODY -> with(range, otherBody(blocks));
            case SWAPPED_BLOCKS -> with(range, blocks.reversed());
            case FEW_SIGNATURES -> {
                Epoch epoch = ledger.epochAt(last.height());
                int few = epoch.quorum().size() - 1;
                yield with(range, network.certificate(VoteKind.FINALIZE, last, epoch, few));
            }
            case NOTARIZATION -> {
                Epoch epoch = ledger.epochAt(last.height());
                int enough = epoch.quorum().size();
                yield with(range, network.certificate(VoteKind.NOTARIZE, last, epoch, enough));
            }
            case OTHER_SET -> with(range, network.finalization(last, disguised(last)));
            case OTHER_BLOCKS_PROOF ->
                    with(
                            range,
                            ledger.finalization(ledger.nextFinalized(1).orElseThrow())
                                    .orElseThrow());
            default -> range;
        };
    }

    private Reply honest(long number, long from, long to, long nowMillis) {
        Request request = new Request.GetRange(number, from, to, 1 << 20);
        byte[] bytes =
                new RangeServer(ledger, ServeSettings.DEFAULT, nowMillis)
                        .answer(id, request, nowMillis);
        return (Reply) CatchupMessage.CODEC.decode(bytes).orThrow();
    }

    /** One block, proven by the finalization that is furthest away. */
    private Reply trailed(Request.GetRange asked) {
        long end = Math.min(ledger.tip().height(), asked.from() + Limits.TRAIL_HEADERS);
        long epoch = ledger.header(asked.from()).orElseThrow().epoch();
        while (ledger.finalization(end).isEmpty()
                || ledger.header(end).orElseThrow().epoch() != epoch) {
            end--;
        }
        List<BlockHeader> trail = new ArrayList<>();
        for (long height = asked.from() + 1; height <= end; height++) {
            trail.add(ledger.header(height).orElseThrow());
        }
        return new Reply.Range(
                asked.number(),
                List.of(ledger.block(asked.from()).orElseThrow()),
                trail,
                ledger.finalization(end).orElseThrow());
    }

    private Reply otherRange(Request.GetRange asked, Reply.Range range) {
        Block other = other().ledger().block(1).orElseThrow();
        return new Reply.Range(
                asked.number(),
                List.of(new Block(Headers.withHeight(other.header(), asked.from()), other.body())),
                List.of(),
                range.finalization());
    }

    private static Reply.Range with(Reply.Range range, List<Block> blocks) {
        return new Reply.Range(range.number(), blocks, range.trail(), range.finalization());
    }

    private static Reply.Range with(Reply.Range range, Certificate certificate) {
        return new Reply.Range(range.number(), range.blocks(), range.trail(), certificate);
    }

    private List<Block> otherBody(List<Block> blocks) {
        List<Block> forged = new ArrayList<>(blocks);
        int at = random.nextInt(blocks.size());
        BlockBody body = new BlockBody(List.of(network.transaction()));
        forged.set(at, new Block(blocks.get(at).header(), body));
        return forged;
    }

    private HandMadeNetwork other() {
        return new HandMadeNetwork("another", 4).grow(3, 1);
    }

    /** A set that nobody chose. */
    private Epoch thieves() {
        Configuration configuration = network.configuration(List.of("w1", "w2", "w3", "w4"));
        return Epoch.of(ledger.tip().header().epoch() + 1, configuration);
    }

    /** Thieves' keys under the hash of the true set. */
    private Epoch disguised(BlockHeader header) {
        Epoch real = ledger.epochAt(header.height());
        int size = real.configuration().validators().size();
        List<String> names = HandMadeNetwork.names(size).stream().map(n -> "w" + n).toList();
        Hash hash = real.configHash();
        return new Epoch(real.number(), network.configuration(names), hash);
    }

    private byte[] garbage() {
        byte[] bytes = new byte[1 + random.nextInt(500)];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] altered(byte[] honest) {
        byte[] bytes = honest.clone();
        int at =
                CatchupMessage.HEAD_BYTES
                        + random.nextInt(bytes.length - CatchupMessage.HEAD_BYTES);
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        return bytes;
    }
}
