package org.witan.chain.rocks.guard;

import java.util.Arrays;
import java.util.Optional;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Reader;
import org.witan.genesis.codec.Writer;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;

/**
 * What this node has promised at most, kept outside the database.
 *
 * <p>Wire v1: magic {@code witanhwm}, version u8, sequence u63, instance 16, boots u31, votes u63,
 * present u8 and last ballot, committed height u63, committed hash 32, SHA-256 of all before.
 * Golden: {@code mark.v1.hex}.
 *
 * @param sequence one more with each write; the slot with the greater one counts
 * @param instance 32 hex digits, made with the database; the same in its meta column
 * @param boots how often the store was opened
 * @param votes how many votes this instance has cast
 * @param highest ballot of theirs with the greatest epoch and view
 * @param height of the last committed block
 * @param hash of that block
 */
public record Mark(
        long sequence,
        String instance,
        int boots,
        long votes,
        Optional<Ballot> highest,
        long height,
        Hash hash) {
    /** See the type. */
    public static final Codec<Mark> CODEC = new Codec<>(Mark::write, Mark::read);

    /** Stands for votes of which only the operator knows that there were some. */
    public static final Ballot LOST = new Ballot(VoteKind.NULLIFY, 0, Hash.NONE, 0, Hash.NONE);

    private static final byte[] MAGIC =
            "witanhwm".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final int INSTANCE_BYTES = 16;

    /** Whether all that is known of this key's votes is that there were some. */
    public boolean isLost() {
        return highest.filter(LOST::equals).isPresent();
    }

    /** The same after one more vote. */
    public Mark voted(Ballot ballot) {
        Optional<Ballot> next = Optional.of(ballot).filter(this::isHighest).or(() -> highest);
        return new Mark(sequence, instance, boots, votes + 1, next, height, hash);
    }

    /** A vote for an older view may come last: what it hides would be forgotten with the store. */
    private boolean isHighest(Ballot ballot) {
        return highest.isEmpty()
                || ballot.epoch() > highest.get().epoch()
                || ballot.epoch() == highest.get().epoch() && ballot.view() >= highest.get().view();
    }

    /** The same after a later commit; a mark never goes back. */
    public Mark committed(long newHeight, Hash newHash) {
        return newHeight > height
                ? new Mark(sequence, instance, boots, votes, highest, newHeight, newHash)
                : this;
    }

    /** The same after the store was opened once more. */
    public Mark booted() {
        return new Mark(sequence, instance, boots + 1, votes, highest, height, hash);
    }

    Mark numbered(long newSequence) {
        return new Mark(newSequence, instance, boots, votes, highest, height, hash);
    }

    private static void write(Mark mark, Writer out) {
        Writer content = new Writer().fixed(MAGIC).u8(1).u63(mark.sequence);
        content.fixed(java.util.HexFormat.of().parseHex(mark.instance))
                .u31(mark.boots)
                .u63(mark.votes);
        content.bool(mark.highest.isPresent());
        mark.highest.ifPresent(ballot -> Ballot.CODEC.write(ballot, content));
        Hash.CODEC.write(mark.hash, content.u63(mark.height));
        byte[] bytes = content.toBytes();
        out.fixed(bytes);
        Hash.CODEC.write(Digest.plain().add(bytes).done(), out);
    }

    private static Mark read(Reader in) {
        int start = in.at();
        if (!Arrays.equals(in.fixed(MAGIC.length), MAGIC)) {
            throw in.refuse("not a high-water mark");
        }
        in.version(1);
        long sequence = in.u63();
        String instance = java.util.HexFormat.of().formatHex(in.fixed(INSTANCE_BYTES));
        int boots = in.u31();
        long votes = in.u63();
        Optional<Ballot> highest =
                in.bool() ? Optional.of(Ballot.CODEC.read(in)) : Optional.empty();
        Mark mark =
                new Mark(sequence, instance, boots, votes, highest, in.u63(), Hash.CODEC.read(in));
        byte[] content = in.slice(start, in.at());
        if (!Digest.plain().add(content).done().equals(Hash.CODEC.read(in))) {
            throw in.refuse("the checksum does not hold");
        }
        return mark;
    }
}
