package org.witan.catchup.wire;

import java.util.List;
import java.util.Optional;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.store.EpochLink;
import org.witan.chain.store.StateChunk;
import org.witan.genesis.codec.Reader;
import org.witan.genesis.codec.Writer;

/** What a member answers. */
public sealed interface Reply extends CatchupMessage {
    /** Least type of a reply; lower ones are requests. */
    int FIRST_TYPE = 16;

    /** Least size of an encoded header, for checks before allocation. */
    int HEADER_MIN_BYTES = BlockHeader.MAX_BYTES - 62;

    /** Least size of an encoded epoch link, for checks before allocation. */
    int LINK_MIN_BYTES = 1 + 8 + HEADER_MIN_BYTES + 1;

    /**
     * The last height that the member can prove.
     *
     * <p>Wire: header, whether there is a finalization u8, finalization.
     *
     * @param number see {@link CatchupMessage#number}
     * @param header the header at that height
     * @param finalization of exactly this header; empty for height 0 only
     */
    record TipIs(long number, BlockHeader header, Optional<Certificate> finalization)
            implements Reply {}

    /**
     * How the validator set changed, in ascending order without a gap; empty if it did not.
     *
     * <p>Wire: links u16 count, at most 64.
     *
     * @param number see {@link CatchupMessage#number}
     * @param links the first starts the epoch that was asked for
     */
    record Epochs(long number, List<EpochLink> links) implements Reply {}

    /**
     * Blocks of one epoch with what proves them: one certificate, at the upper end.
     *
     * <p>Wire: blocks u16 count, at most 256; trail u16 count, at most 1024; finalization.
     *
     * @param number see {@link CatchupMessage#number}
     * @param blocks consecutive, the first at the height that was asked for, at least one
     * @param trail headers that follow the last block, consecutive, up to the one that {@code
     *     finalization} is of; empty if that is the last block
     * @param finalization of the last header
     */
    record Range(long number, List<Block> blocks, List<BlockHeader> trail, Certificate finalization)
            implements Reply {}

    /**
     * Nothing, and why.
     *
     * <p>Wire: refusal u8, retryAfterMillis u31, reason u8 length, at most 200 bytes.
     *
     * @param number see {@link CatchupMessage#number}
     * @param refusal the kind
     * @param retryAfterMillis when to ask again at the earliest, 0 if asking again is no use
     * @param reason a sentence for people
     */
    record Refused(long number, Refusal refusal, int retryAfterMillis, String reason)
            implements Reply {}

    /**
     * A part of the state that was asked for.
     *
     * <p>Wire: chunk.
     *
     * @param number see {@link CatchupMessage#number}
     * @param chunk begins where it was asked to
     */
    record Chunk(long number, StateChunk chunk) implements Reply {}

    /** Writes type, number and fields. */
    static void write(Reply reply, Writer out) {
        switch (reply) {
            case TipIs(var number, var header, var finalization) -> {
                out.u8(16).u63(number);
                BlockHeader.CODEC.write(header, out);
                out.bool(finalization.isPresent());
                finalization.ifPresent(f -> Certificate.CODEC.write(f, out));
            }
            case Epochs(var number, var links) ->
                    out.u8(17).u63(number).list16(links, EpochLink.CODEC);
            case Range(var number, var blocks, var trail, var finalization) -> {
                out.u8(18).u63(number).list16(blocks, Block.CODEC);
                out.list16(trail, BlockHeader.CODEC);
                Certificate.CODEC.write(finalization, out);
            }
            case Refused(var number, var refusal, var retryAfterMillis, var reason) -> {
                out.u8(19).u63(number);
                Refusal.CODEC.write(refusal, out);
                out.u31(retryAfterMillis).text8(reason);
            }
            case Chunk(var number, var chunk) ->
                    StateChunk.CODEC.write(chunk, out.u8(20).u63(number));
        }
    }

    /** Reads the fields of a type. */
    static Reply read(int type, long number, Reader in) {
        return switch (type) {
            case 16 -> new TipIs(number, BlockHeader.CODEC.read(in), finalization(in));
            case 17 ->
                    new Epochs(
                            number, in.list16(Limits.EPOCH_LINKS, LINK_MIN_BYTES, EpochLink.CODEC));
            case 18 -> range(number, in);
            case 19 ->
                    new Refused(
                            number,
                            Refusal.CODEC.read(in),
                            in.u31(),
                            in.text8(Limits.REASON_BYTES));
            case 20 -> new Chunk(number, StateChunk.CODEC.read(in));
            default -> throw in.refuse("unknown reply " + type);
        };
    }

    /**
     * The bytes of a {@link Range} from blocks that are encoded already: what {@link
     * CatchupMessage#CODEC} would write, without decoding anything.
     *
     * @param blocks encodings by {@code Block.CODEC}, 1 to 256
     */
    static byte[] encodeRange(
            long number, List<byte[]> blocks, List<BlockHeader> trail, Certificate finalization) {
        Writer out = new Writer();
        out.u8(1).u8(18).u63(number).u16(blocks.size());
        blocks.forEach(out::fixed);
        out.list16(trail, BlockHeader.CODEC);
        Certificate.CODEC.write(finalization, out);
        return out.toBytes();
    }

    private static Optional<Certificate> finalization(Reader in) {
        return in.bool() ? Optional.of(Certificate.CODEC.read(in)) : Optional.empty();
    }

    private static Range range(long number, Reader in) {
        List<Block> blocks = in.list16(Limits.RANGE_BLOCKS, Block.MIN_BYTES, Block.CODEC);
        if (blocks.isEmpty()) {
            throw in.refuse("a range without blocks");
        }
        return new Range(
                number,
                blocks,
                in.list16(Limits.TRAIL_HEADERS, HEADER_MIN_BYTES, BlockHeader.CODEC),
                Certificate.CODEC.read(in));
    }
}
