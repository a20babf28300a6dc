package org.witan.chain.proof;

import java.util.List;
import java.util.Optional;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.store.EpochLink;
import org.witan.chain.store.LedgerReader;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Reader;
import org.witan.genesis.codec.Writer;
import org.witan.genesis.crypto.Verifier;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.Founding;

/**
 * A final block of a network, with all validator sets from the genesis to it: what somebody who has
 * verified it, or was given it by somebody trusted, may start from instead of the genesis.
 *
 * <p>Wire v1: version u8, links u16 count, header, descendants u16 count, finalization. Golden:
 * {@code checkpoint.v1.hex}. Every byte is significant. Two checkpoints of one block may differ in
 * who signed; the block's hash is what people compare.
 *
 * @param links how each epoch began, from epoch 1 without a gap to that of the header; the first
 *     holds the header of height 0 and the founders
 * @param header the block's; its height is at least 1
 * @param descendants headers above it, up to one that has a finalization of its own
 * @param finalization of the last of them, or of the header
 */
public record Checkpoint(
        List<EpochLink> links,
        BlockHeader header,
        List<BlockHeader> descendants,
        Certificate finalization) {
    /** See the type. */
    public static final Codec<Checkpoint> CODEC = new Codec<>(Checkpoint::write, Checkpoint::read);

    private static final int MIN_HEADER_BYTES = 273;

    /**
     * The checkpoint of a height of this ledger.
     *
     * @throws OperatorError {@code NO_SUCH_BLOCKS} if there is no such block above the genesis,
     *     {@code NOT_FINALIZED_HERE} while the finalization that proves it has not arrived
     */
    public static Checkpoint of(LedgerReader ledger, long height) {
        return CheckpointMaker.of(ledger, height);
    }

    /** Number of the epoch that the block belongs to. */
    public long epoch() {
        return links.getLast().number();
    }

    /** What the block was voted under: the validator set and its rules. */
    public Configuration configuration() {
        return links.getLast().configuration();
    }

    /** Why this is no checkpoint of the network that {@code founding} founds; rule P6. */
    public Optional<String> problem(Founding founding, Verifier verifier) {
        return CheckpointCheck.ofGenesis(this, founding).or(() -> problem(verifier));
    }

    /** Why this contradicts itself; empty if its own validators sign for all that it says. */
    public Optional<String> problem(Verifier verifier) {
        return CheckpointCheck.ofItself(this, verifier);
    }

    /** Why a holder of {@code trusted} may not go on from this one; empty if it extends that. */
    public Optional<String> problemBehind(Checkpoint trusted) {
        return CheckpointCheck.behind(this, trusted);
    }

    /** Why no ledger holds this header and the checkpoint's; empty if one can. */
    Optional<String> contradiction(BlockHeader other) {
        return CheckpointCheck.contradiction(this, other);
    }

    private static void write(Checkpoint checkpoint, Writer out) {
        out.u8(1).list16(checkpoint.links, EpochLink.CODEC);
        BlockHeader.CODEC.write(checkpoint.header, out);
        out.list16(checkpoint.descendants, BlockHeader.CODEC);
        Certificate.CODEC.write(checkpoint.finalization, out);
    }

    private static Checkpoint read(Reader in) {
        in.version(1);
        List<EpochLink> links = in.list16(ProofBundle.MAX_LINKS, MIN_HEADER_BYTES, EpochLink.CODEC);
        for (int i = 0; i < links.size(); i++) {
            if (links.get(i).number() != i + 1) {
                throw in.refuse("epochs are not 1, 2, 3 and so on");
            }
        }
        BlockHeader header = BlockHeader.CODEC.read(in);
        if (links.isEmpty() || header.height() < 1) {
            throw in.refuse("a checkpoint has a founding epoch and a block above the genesis");
        }
        return new Checkpoint(
                links,
                header,
                in.list16(ProofBundle.MAX_DESCENDANTS, MIN_HEADER_BYTES, BlockHeader.CODEC),
                Certificate.CODEC.read(in));
    }
}
