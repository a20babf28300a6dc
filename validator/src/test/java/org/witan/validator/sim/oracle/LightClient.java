package org.witan.validator.sim.oracle;

import java.util.List;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.VoteKind;
import org.witan.chain.store.EpochLink;
import org.witan.chain.store.LedgerReader;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.Purpose;
import org.witan.genesis.membership.Founding;
import org.witan.validator.consensus.CheapKeys;

/** Somebody who has the founding document only, and believes nothing that is not proven (P10). */
final class LightClient {
    private final Founding founding;
    private final Members members;

    LightClient(Founding founding) {
        this.founding = founding;
        members = new Members(founding);
    }

    /** Walks from the founding through all epochs to the last finalization, and back again. */
    void visit(LedgerReader ledger) {
        long epoch = 1;
        long boundary = 0;
        while (ledger.epoch(epoch + 1).isPresent()) {
            EpochLink link = ledger.epoch(epoch + 1).get();
            prove(link.boundary(), link.finalization().orElseThrow(), epoch);
            boundary = walkBack(ledger, link.boundary(), boundary);
            Promise.P10.holds(
                    link.configuration().hash().equals(link.boundary().nextConfigHash()),
                    "epoch %d has another configuration than its boundary names",
                    epoch + 1);
            members.began(link.number(), link.configuration());
            epoch++;
        }
        long last = ledger.tip().height();
        while (last > boundary && ledger.finalization(last).isEmpty()) {
            last--;
        }
        if (last > boundary) {
            BlockHeader header = ledger.header(last).orElseThrow();
            prove(header, ledger.finalization(last).orElseThrow(), epoch);
            walkBack(ledger, header, boundary);
        }
    }

    private void prove(BlockHeader header, Certificate proof, long epoch) {
        List<Members.Voter> voters = members.of(epoch);
        byte[] content = proof.ballot().signedContent(founding.networkId());
        boolean fits =
                proof.ballot().kind() == VoteKind.FINALIZE
                        && proof.ballot().epoch() == epoch
                        && proof.ballot().configHash().equals(header.configHash())
                        && proof.ballot().blockHash().equals(header.hash());
        Promise.P10.holds(fits, "%s does not finalize height %d", proof, header.height());
        int valid = 0;
        for (int i = 0; i < proof.signers().size(); i++) {
            int signer = proof.signers().get(i);
            boolean signed =
                    signer < voters.size()
                            && (i == 0 || signer > proof.signers().get(i - 1))
                            && CheapKeys.OR_TRUE.verify(
                                    voters.get(signer).key(),
                                    Purpose.VOTE,
                                    content,
                                    proof.signatures().get(i));
            valid += signed ? 1 : 0;
        }
        Promise.P10.holds(
                valid >= members.quorum(epoch), "%d signatures for %d", valid, header.height());
    }

    /** Follows the parents' hashes down to what is proven already. */
    private static long walkBack(LedgerReader ledger, BlockHeader from, long boundary) {
        Hash expected = from.hash();
        for (long height = from.height(); height >= boundary; height--) {
            BlockHeader header = ledger.header(height).orElseThrow();
            Promise.P10.holds(header.hash().equals(expected), "hash of height %d", height);
            expected = header.parentHash();
        }
        return from.height();
    }
}
