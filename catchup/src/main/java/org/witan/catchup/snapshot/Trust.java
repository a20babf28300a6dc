package org.witan.catchup.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.witan.catchup.sync.EpochChain;
import org.witan.catchup.sync.Position;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.VoteKind;
import org.witan.chain.store.Base;
import org.witan.chain.store.EpochLink;
import org.witan.genesis.crypto.Verifier;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NetworkId;

/**
 * The validator sets from the anchor on, and what they finalized. Source: docs/protocol/catchup.md,
 * K7, K8 and K19.
 */
final class Trust {
    private final NetworkId networkId;
    private final Verifier verifier;
    private final Optional<BlockHeader> checkpoint;
    private final long anchored;
    private final List<EpochLink> links;
    private Epoch epoch;

    Trust(NetworkId networkId, Verifier verifier, Anchor anchor) {
        this.networkId = networkId;
        this.verifier = verifier;
        checkpoint = anchor.checkpoint();
        links = new ArrayList<>(anchor.links());
        anchored = links.size();
        epoch = links.getLast().epoch();
    }

    /** The newest epoch that is known. */
    Epoch epoch() {
        return epoch;
    }

    Optional<BlockHeader> checkpoint() {
        return checkpoint;
    }

    /** Goes on to later epochs; answers what is wrong with the links. */
    Optional<String> extend(List<EpochLink> more) {
        EpochLink last = links.getLast();
        Position here = new Position(last.boundary(), last.boundaryHash(), epoch);
        Optional<Epoch> end = EpochChain.walk(here, more, networkId, verifier);
        if (end.isEmpty()) {
            return Optional.of("epochs from " + more.getFirst().number() + " do not follow");
        }
        links.addAll(more);
        epoch = end.get();
        return Optional.empty();
    }

    /** What is wrong with a tip of an epoch that is known; empty if it is proven. */
    Optional<String> tip(BlockHeader header, Optional<Certificate> finalization) {
        if (finalization.isEmpty()) {
            return Optional.of("height " + header.height() + " without a finalization");
        }
        if (header.epoch() < anchored) {
            return Optional.of("epoch " + header.epoch() + " is over for the checkpoint");
        }
        EpochLink own = links.get((int) header.epoch() - 1);
        Epoch of = own.epoch();
        boolean fits =
                header.networkId().equals(networkId)
                        && header.configHash().equals(of.configHash())
                        && header.previousBoundaryHash().equals(own.boundaryHash())
                        && header.height() > own.boundary().height()
                        && (header.epoch() == links.size()
                                || header.height()
                                        <= links.get((int) header.epoch()).boundary().height());
        if (!fits) {
            return Optional.of("height " + header.height() + " is not of its epoch");
        }
        if (contradictsCheckpoint(header)) {
            return Optional.of("block " + header.height() + " is another one in the checkpoint");
        }
        Certificate certificate = finalization.get();
        if (certificate.ballot().kind() != VoteKind.FINALIZE
                || !certificate.ballot().blockHash().equals(header.hash())) {
            return Optional.of("the finalization is of something else");
        }
        return certificate.problem(of, networkId, verifier).map(why -> "finalization: " + why);
    }

    private boolean contradictsCheckpoint(BlockHeader header) {
        return checkpoint
                .filter(known -> known.height() == header.height())
                .filter(known -> !known.hash().equals(header.hash()))
                .isPresent();
    }

    /** Whether the configuration of the height after this header is known. */
    boolean knowsNext(BlockHeader header) {
        return links.size() >= header.epoch() + (header.isBoundary() ? 1 : 0);
    }

    /** What a ledger begins with that begins with this proven header. */
    Base base(BlockHeader header, Certificate finalization) {
        int count = (int) header.epoch() + (header.isBoundary() ? 1 : 0);
        return new Base(List.copyOf(links.subList(0, count)), header, finalization);
    }

    /** Whether a base that was kept over a crash still holds, and learns its epochs. */
    boolean believes(Base base) {
        int known = links.size();
        boolean grows =
                base.links().size() >= known && base.links().subList(0, known).equals(links);
        if (!grows) {
            return false;
        }
        List<EpochLink> more = base.links().subList(known, base.links().size());
        return (more.isEmpty() || extend(more).isEmpty())
                && base.header().epoch() <= links.size()
                && knowsNext(base.header())
                && base.header().height() >= checkpoint.map(BlockHeader::height).orElse(0L)
                && tip(base.header(), Optional.of(base.finalization())).isEmpty();
    }
}
