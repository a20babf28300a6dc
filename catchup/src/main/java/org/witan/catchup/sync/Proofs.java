package org.witan.catchup.sync;

import java.util.List;
import java.util.Optional;
import org.witan.catchup.wire.Reply;
import org.witan.catchup.wire.Request;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.VoteKind;
import org.witan.chain.store.EpochLink;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.Verifier;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NetworkId;

/**
 * Decides whether an answer proves what it says. Every problem is the sender's own doing: a member
 * that checked what it holds cannot send it by accident. Source: docs/protocol/catchup.md, K7.
 *
 * <p>Not final, so that a test can plant a mistake here and see that it is found.
 */
class Proofs {
    private final NetworkId networkId;
    private final Verifier verifier;

    Proofs(NetworkId networkId, Verifier verifier) {
        this.networkId = networkId;
        this.verifier = verifier;
    }

    /** What is wrong with a tip of that epoch; empty if it is proven. */
    Optional<String> tip(Reply.TipIs tip, EpochChain.Span span) {
        if (tip.finalization().isEmpty()) {
            return Optional.of("height " + tip.header().height() + " without a finalization");
        }
        if (!span.holds(tip.header().height())) {
            return Optional.of("height " + tip.header().height() + " is not of its epoch");
        }
        return header(tip.header(), span.epoch())
                .or(() ->
                        finalization(tip.header().hash(), tip.finalization().get(), span.epoch()));
    }

    /** What is wrong with the step that follows an epoch; empty if it is proven. */
    Optional<String> link(EpochLink link, EpochChain.Span before) {
        BlockHeader boundary = link.boundary();
        if (link.number() != before.epoch().number() + 1 || link.finalization().isEmpty()) {
            return Optional.of("epoch " + link.number() + " out of its turn");
        }
        if (!before.holds(boundary.height())) {
            return Optional.of("a boundary at height " + boundary.height() + " that is past");
        }
        if (!boundary.isBoundary()
                || !link.configuration().hash().equals(boundary.nextConfigHash())) {
            return Optional.of("a configuration that the boundary does not name");
        }
        return header(boundary, before.epoch())
                .or(() -> finalization(boundary.hash(), link.finalization().get(), before.epoch()));
    }

    /** What is wrong with a range as the answer to that request; empty if it is proven. */
    Optional<String> range(Request.GetRange asked, Reply.Range range, Epoch epoch) {
        List<Block> blocks = range.blocks();
        if (blocks.getFirst().height() != asked.from()) {
            return Optional.of("starts at height " + blocks.getFirst().height());
        }
        if (blocks.size() > asked.to() - asked.from() + 1) {
            return Optional.of("has more blocks than were asked for");
        }
        return chain(range, epoch).or(() -> bodies(blocks));
    }

    /** Follows the parents' hashes backwards from the header that the certificate is of. */
    private Optional<String> chain(Reply.Range range, Epoch epoch) {
        Hash expected = range.finalization().ballot().blockHash();
        long height = range.blocks().getLast().height() + range.trail().size();
        for (BlockHeader header : range.trail().reversed()) {
            Optional<String> problem = place(header, header.hash(), expected, height, epoch);
            if (problem.isPresent()) {
                return problem;
            }
            expected = header.parentHash();
            height--;
        }
        for (Block block : range.blocks().reversed()) {
            Optional<String> problem = place(block.header(), block.hash(), expected, height, epoch);
            if (problem.isPresent()) {
                return problem;
            }
            expected = block.header().parentHash();
            height--;
        }
        return certificate(range.finalization(), epoch);
    }

    private Optional<String> place(
            BlockHeader header, Hash hash, Hash expected, long height, Epoch epoch) {
        if (!hash.equals(expected)) {
            return Optional.of("block " + height + " is not the one that the next one names");
        }
        if (header.height() != height) {
            return Optional.of("block " + header.height() + " stands in place of " + height);
        }
        return header(header, epoch);
    }

    private Optional<String> header(BlockHeader header, Epoch epoch) {
        if (!header.networkId().equals(networkId)) {
            return Optional.of("block " + header.height() + " is of another network");
        }
        if (header.epoch() != epoch.number() || !header.configHash().equals(epoch.configHash())) {
            return Optional.of("block " + header.height() + " is of another epoch");
        }
        return Optional.empty();
    }

    private Optional<String> finalization(Hash hash, Certificate certificate, Epoch epoch) {
        if (!certificate.ballot().blockHash().equals(hash)) {
            return Optional.of("the finalization is of another block");
        }
        return certificate(certificate, epoch);
    }

    /** What is wrong with a certificate as the finalization that it must be. */
    Optional<String> certificate(Certificate certificate, Epoch epoch) {
        if (certificate.ballot().kind() != VoteKind.FINALIZE) {
            return Optional.of("the certificate is no finalization");
        }
        return certificate.problem(epoch, networkId, verifier).map(why -> "finalization: " + why);
    }

    /** What is wrong with bodies whose headers are proven. */
    Optional<String> bodies(List<Block> blocks) {
        return blocks.stream()
                .filter(block -> !block.bodyMatches())
                .findFirst()
                .map(block -> "block " + block.height() + " has a body that is not its own");
    }
}
