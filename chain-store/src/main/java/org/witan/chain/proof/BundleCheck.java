package org.witan.chain.proof;

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

/** Rule P2: follows the validator sets from the genesis to a header, then the tree to a value. */
final class BundleCheck {
    private final Founding founding;
    private final Verifier verifier;
    private Epoch epoch;
    private Hash boundary;
    private long boundaryHeight;

    BundleCheck(Founding founding, Verifier verifier) {
        this.founding = founding;
        this.verifier = verifier;
        epoch = founding.firstEpoch();
        boundary = GenesisState.genesisBlock(founding).hash();
    }

    Optional<String> problem(ProofBundle bundle) {
        for (EpochLink link : bundle.links()) {
            Optional<String> problem = follow(link);
            if (problem.isPresent()) {
                return problem.map(why -> "link to epoch " + link.number() + ": " + why);
            }
        }
        Optional<String> problem =
                bundle.header().height() == 0 ? genesis(bundle) : finalized(bundle);
        if (problem.isPresent()) {
            return problem;
        }
        boolean holds =
                bundle.proof()
                        .holds(bundle.header().stateRoot(), bundle.path().hash(), bundle.value());
        return holds
                ? Optional.empty()
                : Optional.of(
                        "the value at %s does not lead to the state root of height %d"
                                .formatted(bundle.path(), bundle.header().height()));
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

    /** Height 0 needs no signature: everybody derives it from the genesis. */
    private Optional<String> genesis(ProofBundle bundle) {
        boolean plain =
                bundle.links().isEmpty()
                        && bundle.descendants().isEmpty()
                        && bundle.finalization().isEmpty();
        return plain && bundle.header().hash().equals(boundary)
                ? Optional.empty()
                : Optional.of("the header of height 0 is not that of this genesis");
    }

    private Optional<String> finalized(ProofBundle bundle) {
        BlockHeader top = bundle.header();
        Hash hash = top.hash();
        Optional<String> problem = inEpoch(top);
        for (BlockHeader next : bundle.descendants()) {
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
        return problem.isPresent() ? problem : finalizationOf(hash, bundle.finalization());
    }

    private Optional<String> inEpoch(BlockHeader header) {
        if (!header.networkId().equals(founding.networkId())) {
            return Optional.of(
                    "made in network %s, this is %s"
                            .formatted(
                                    header.networkId().shortName(),
                                    founding.networkId().shortName()));
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
                .problem(epoch, founding.networkId(), verifier)
                .map(why -> "the finalization: " + why);
    }
}
