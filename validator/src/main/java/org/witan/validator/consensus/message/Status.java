package org.witan.validator.consensus.message;

import java.util.BitSet;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Reader;
import org.witan.genesis.codec.Writer;
import org.witan.genesis.crypto.Hash;

/**
 * Where a node stands, said about once a second: all that a peer needs to compute what it lacks.
 *
 * <p>Wire v1, about 100 bytes: epoch u63, view u63, finalized view u63, finalized height u63,
 * finalized hash 32, notarized and nullified bitmaps each behind a u8 length, flags u8 (1 starting,
 * 2 draining, 4 voting), protocol least and greatest u16 each, links. Golden: {@code
 * status.v1.hex}.
 *
 * @param epoch the sender's
 * @param view the sender's current one, from 1
 * @param finalizedView view of its tip's finalization in this epoch, 0 at the epoch's start
 * @param finalizedHeight height of its tip
 * @param finalizedHash hash of its tip
 * @param held which certificates it holds above its finalized view
 * @param starting whether it has just started and wants to be told its own votes
 * @param draining whether it will not propose
 * @param voting whether it may vote
 * @param protocol which versions of the protocol it speaks
 * @param links its own links
 */
public record Status(
        long epoch,
        long view,
        long finalizedView,
        long finalizedHeight,
        Hash finalizedHash,
        Held held,
        boolean starting,
        boolean draining,
        boolean voting,
        ProtocolRange protocol,
        LinkRow links)
        implements ConsensusMessage {
    /** Views above the finalized one that {@link Held} tells about. */
    public static final int WINDOW = 256;

    /** See the type. */
    public static final Codec<Status> CODEC = new Codec<>(Status::write, Status::read);

    /**
     * Which certificates a node holds; bit i is view {@code finalizedView + 1 + i}, i below 256.
     *
     * @param notarized not to be changed
     * @param nullified not to be changed
     */
    public record Held(BitSet notarized, BitSet nullified) {
        static final Codec<Held> CODEC =
                new Codec<>(
                        (held, out) ->
                                out.bytes8(held.notarized.toByteArray())
                                        .bytes8(held.nullified.toByteArray()),
                        in -> new Held(bits(in), bits(in)));

        private static BitSet bits(Reader in) {
            byte[] bytes = in.bytes8(WINDOW / 8);
            if (bytes.length > 0 && bytes[bytes.length - 1] == 0) {
                throw in.refuse("a bitmap that is not minimal");
            }
            return BitSet.valueOf(bytes);
        }
    }

    /**
     * Versions of the protocol that a build speaks.
     *
     * @param least from 1
     * @param greatest at most 65 535
     */
    public record ProtocolRange(int least, int greatest) {
        static final Codec<ProtocolRange> CODEC =
                new Codec<>(
                        (range, out) -> out.u16(range.least).u16(range.greatest),
                        in -> new ProtocolRange(in.u16(), in.u16()));
    }

    private static void write(Status status, Writer out) {
        out.u63(status.epoch).u63(status.view).u63(status.finalizedView);
        out.u63(status.finalizedHeight);
        Hash.CODEC.write(status.finalizedHash, out);
        Held.CODEC.write(status.held, out);
        int flags = (status.starting ? 1 : 0) | (status.draining ? 2 : 0) | (status.voting ? 4 : 0);
        out.u8(flags);
        ProtocolRange.CODEC.write(status.protocol, out);
        LinkRow.CODEC.write(status.links, out);
    }

    private static Status read(Reader in) {
        long epoch = in.u63();
        long view = in.u63();
        long finalizedView = in.u63();
        long finalizedHeight = in.u63();
        Hash finalizedHash = Hash.CODEC.read(in);
        Held held = Held.CODEC.read(in);
        int flags = in.u8();
        if (flags > 7) {
            throw in.refuse("unknown flags " + flags);
        }
        return new Status(
                epoch,
                view,
                finalizedView,
                finalizedHeight,
                finalizedHash,
                held,
                (flags & 1) != 0,
                (flags & 2) != 0,
                (flags & 4) != 0,
                ProtocolRange.CODEC.read(in),
                LinkRow.CODEC.read(in));
    }
}
