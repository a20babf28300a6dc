package org.witan.chain.proof;

import java.util.List;
import java.util.Optional;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.VoteKind;
import org.witan.chain.state.GenesisState;
import org.witan.chain.store.EpochLink;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.Verifier;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.NetworkId;

/** Rule P2 up to a header: follows validator sets from a trusted one, by their finalizations. */
final class EpochWalk {
    private final NetworkId network;
    private final Verifier verifier;
    private Epoch epoch;
    private Hash boundary;
    private long boundaryHeight;

    /** Begins with the validators that the genesis names. */
    EpochWalk(Founding founding, Verifier verifier) {
        network = founding.networkId();
        this.verifier = verifier;
        epoch = founding.firstEpoch();
        boundary = GenesisState.genesisBlock(founding).hash();
    }

    /** Begins with an epoch that is trusted as this link tells of it. */
    EpochWalk(EpochLink trusted, Verifier verifier) {
        network = trusted.boundary().networkId();
        this.verifier = verifier;
        epoch = trusted.epoch();
        boundary = trusted.boundaryHash();
        boundaryHeight = trusted.boundary().height();
    }

    /** Hash of the header that began the present epoch. */
    Hash boundary() {
        return boundary;
    }

    /** Goes over all links; the first that does not hold is named. */
    Optional<String> follow(List<EpochLink> links) {
        for (EpochLink link : links) {
            Optional<String> problem = follow(link);
            if (problem.isPresent()) {
                return problem.map(why -> "link to epoch " + link.number() + ": " + why);
            }
        }
        return Optional.empty();
    }

    private Optional<String> follow(EpochLink link) {
        BlockHeader header = link.boundary();
        Epoch next = link.epoch();
        Optional<String> problem = inEpoch(header);
        if (problem.isPresent()) {
            return problem;
        }
        if (next.number() != epoch.number() + 1 || header.height() <= boundaryHeight) {
            return Optional.of("out of order");
        }
        if (!header.isBoundary() || !header.nextConfigHash().equals(next.configHash())) {
            return Optional.of("the boundary names another configuration");
        }
        Hash hash = header.hash();
        problem = finalizationOf(hash, link.finalization());
        epoch = next;
        boundary = hash;
        boundaryHeight = header.height();
        return problem;
    }

    /** Whether a header of the present epoch is final, by itself or by a descendant. */
    Optional<String> finalized(
            BlockHeader header, List<BlockHeader> descendants, Optional<Certificate> finalization) {
        BlockHeader top = header;
        Hash hash = top.hash();
        Optional<String> problem = inEpoch(top);
        for (BlockHeader next : descendants) {
            if (problem.isPresent()) {
                return problem;
            }
            if (!next.parentHash().equals(hash) || next.height() != top.height() + 1) {
                return Optional.of("header %d does not follow".formatted(next.height()));
            }
            problem = inEpoch(next);
            top = next;
            hash = next.hash();
        }
        return problem.isPresent() ? problem : finalizationOf(hash, finalization);
    }

    private Optional<String> inEpoch(BlockHeader header) {
        if (!header.networkId().equals(network)) {
            return Optional.of(
                    "made in network %s, this is %s"
                            .formatted(header.networkId().shortName(), network.shortName()));
        }
        boolean here =
                header.epoch() == epoch.number()
                        && header.configHash().equals(epoch.configHash())
                        && header.previousBoundaryHash().equals(boundary)
                        && header.height() > boundaryHeight;
        return here
                ? Optional.empty()
                : Optional.of(
                        "header %d does not belong to epoch %d"
                                .formatted(header.height(), epoch.number()));
    }

    private Optional<String> finalizationOf(Hash hash, Optional<Certificate> certificate) {
        if (certificate.isEmpty()) {
            return Optional.of("there is no finalization");
        }
        Ballot ballot = certificate.get().ballot();
        if (ballot.kind() != VoteKind.FINALIZE || !ballot.blockHash().equals(hash)) {
            return Optional.of("the finalization is for something else");
        }
        return certificate
                .get()
                .problem(epoch, network, verifier)
                .map(why -> "the finalization: " + why);
    }
}
