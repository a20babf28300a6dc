package org.witan.chain.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.merkle.Proof;
import org.witan.chain.state.StatePath;
import org.witan.chain.store.EpochLink;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Reader;
import org.witan.genesis.codec.Writer;
import org.witan.genesis.crypto.Verifier;
import org.witan.genesis.membership.Founding;

/**
 * Shows what stood at a path of the network state after a block, to anybody with the genesis file.
 *
 * <p>Wire v1: version u8, links u16 count, header, descendants u16 count, present u8 and
 * finalization, path, present u8 and value behind a u32 length, proof. Golden: {@code
 * bundle.v1.hex}. Every byte is significant: a bundle that was changed anywhere does not verify.
 *
 * @param links how each epoch after the first began, up to that of the header
 * @param header of the block that the state follows
 * @param descendants headers above it, up to one that has a finalization of its own
 * @param finalization of the last of them, or of the header; empty exactly for height 0
 * @param path in the network state
 * @param value what stands there, not copied; empty if nothing does
 * @param proof from the value to the header's state root
 */
public record ProofBundle(
        List<EpochLink> links,
        BlockHeader header,
        List<BlockHeader> descendants,
        Optional<Certificate> finalization,
        StatePath path,
        Optional<byte[]> value,
        Proof proof) {
    /** Most links, which bounds what a verifier does. */
    public static final int MAX_LINKS = 10_000;

    /** Most headers between a block and its finalization. */
    public static final int MAX_DESCENDANTS = 1024;

    /** Greatest size of an encoded bundle that is read. */
    public static final int MAX_BYTES = 64 << 20;

    /** See the type. */
    public static final Codec<ProofBundle> CODEC =
            new Codec<>(ProofBundle::write, ProofBundle::read);

    private static final int MAX_VALUE_BYTES = 1 << 20;
    private static final int MIN_HEADER_BYTES = 273;

    /**
     * Why this proves nothing in the network that {@code founding} founds; empty if it proves what
     * it says.
     */
    public Optional<String> problem(Founding founding, Verifier verifier) {
        return BundleCheck.problem(this, founding, verifier);
    }

    /**
     * Why this proves nothing to a holder of {@code trusted}, which must have been verified itself;
     * empty if it proves what it says. The links may begin with any epoch that the checkpoint
     * knows.
     */
    public Optional<String> problem(Checkpoint trusted, Verifier verifier) {
        return BundleCheck.problem(this, trusted, verifier);
    }

    /**
     * The checkpoint of its block that is in it, as it would be of this network, and unverified;
     * empty at the genesis.
     */
    public Optional<Checkpoint> checkpoint(Founding founding) {
        return finalization
                .filter(signed -> header.height() > 0)
                .map(signed -> {
                    List<EpochLink> all = new ArrayList<>();
                    all.add(CheckpointCheck.first(founding));
                    all.addAll(links);
                    return new Checkpoint(List.copyOf(all), header, descendants, signed);
                });
    }

    private static void write(ProofBundle bundle, Writer out) {
        out.u8(1).list16(bundle.links, EpochLink.CODEC);
        BlockHeader.CODEC.write(bundle.header, out);
        out.list16(bundle.descendants, BlockHeader.CODEC);
        out.bool(bundle.finalization.isPresent());
        bundle.finalization.ifPresent(f -> Certificate.CODEC.write(f, out));
        StatePath.CODEC.write(bundle.path, out);
        out.bool(bundle.value.isPresent());
        bundle.value.ifPresent(out::bytes32);
        Proof.CODEC.write(bundle.proof, out);
    }

    private static ProofBundle read(Reader in) {
        in.version(1);
        return new ProofBundle(
                in.list16(MAX_LINKS, MIN_HEADER_BYTES, EpochLink.CODEC),
                BlockHeader.CODEC.read(in),
                in.list16(MAX_DESCENDANTS, MIN_HEADER_BYTES, BlockHeader.CODEC),
                in.bool() ? Optional.of(Certificate.CODEC.read(in)) : Optional.empty(),
                StatePath.CODEC.read(in),
                in.bool() ? Optional.of(in.bytes32(MAX_VALUE_BYTES)) : Optional.empty(),
                Proof.CODEC.read(in));
    }
}
