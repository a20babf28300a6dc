package org.witan.validator.consensus.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.Purpose;
import org.witan.genesis.membership.Epoch;
import org.witan.validator.consensus.CheapKeys;
import org.witan.validator.consensus.TestEpochs;

/**
 * Knows what must never happen, and keeps its own books: nothing here asks the engine's classes
 * whether something is right. Collects what it finds.
 */
public final class Oracle {
    private record View(long epoch, long view) implements Comparable<View> {
        @Override
        public int compareTo(View other) {
            int byEpoch = Long.compare(epoch, other.epoch);
            return byEpoch != 0 ? byEpoch : Long.compare(view, other.view);
        }
    }

    private final TestEpochs epochs;
    private final int members;
    private final int faults;
    private final int quorum;
    private final List<String> breaches = new ArrayList<>();
    private final Map<View, Hash> notarized = new TreeMap<>();
    private final Set<View> nullified = new TreeSet<>();
    private final Map<View, Hash> finalized = new TreeMap<>();
    private final Map<String, Map<View, Hash>> votes = new TreeMap<>();
    private final TreeMap<Long, BlockHeader> chain = new TreeMap<>();
    private final Map<Integer, Long> heights = new TreeMap<>();
    private final Map<Long, Epoch> configurations = new TreeMap<>();

    /** Watches members of such epochs. */
    public Oracle(TestEpochs epochs) {
        this.epochs = epochs;
        members = epochs.members();
        faults = (members - 1) / 3;
        int needed = 1;
        // Two quorums must share an honest member: the least size with 2q - n > f.
        while (2 * needed - members <= faults) {
            needed++;
        }
        quorum = needed;
        chain.put(0L, epochs.genesis().header());
    }

    /** What was found, at most twenty. */
    public List<String> breaches() {
        return breaches;
    }

    /** What this member committed. */
    public long height(int node) {
        return heights.getOrDefault(node, 0L);
    }

    /** What any member committed. */
    public long agreedHeight() {
        return chain.lastKey();
    }

    /** Something must not be. */
    public void breach(String what) {
        if (breaches.size() < 20) {
            breaches.add(what);
        }
    }

    /** P7: an honest member sent this vote, now or before a crash. */
    public void sent(int node, Vote vote) {
        View view = new View(vote.ballot().epoch(), vote.ballot().view());
        Hash hash = vote.ballot().blockHash();
        String who = TestEpochs.id(node).value();
        Map<View, Hash> notarizes = votesOf(who, VoteKind.NOTARIZE);
        Map<View, Hash> nullifies = votesOf(who, VoteKind.NULLIFY);
        Map<View, Hash> finalizes = votesOf(who, VoteKind.FINALIZE);
        Hash earlier = votesOf(who, vote.ballot().kind()).put(view, hash);
        if (earlier != null && !earlier.equals(hash)) {
            breach("P7 " + who + " voted twice, " + vote.ballot().kind() + " in " + view);
        }
        if (nullifies.containsKey(view) && finalizes.containsKey(view)) {
            breach("P7 " + who + " nullified and finalized in " + view);
        }
        if (earlier == null
                && vote.ballot().kind() == VoteKind.NOTARIZE
                && nullifies.containsKey(view)) {
            breach("P7 " + who + " notarized after it nullified in " + view);
        }
        if (vote.ballot().kind() == VoteKind.FINALIZE
                && !hash.equals(notarized.getOrDefault(view, Hash.NONE))) {
            breach("P7 " + who + " finalized what is not notarized in " + view);
        }
        if (notarizes.containsKey(view) && view.view < 1) {
            breach("a vote before the first view");
        }
    }

    private Map<View, Hash> votesOf(String who, VoteKind kind) {
        return votes.computeIfAbsent(who + kind, key -> new TreeMap<>());
    }

    /** P2, P3, P6: an honest member believes this certificate. */
    public void believed(Certificate certificate) {
        View view = new View(certificate.ballot().epoch(), certificate.ballot().view());
        Hash hash = certificate.ballot().blockHash();
        checkForm(certificate, view);
        switch (certificate.ballot().kind()) {
            case NOTARIZE -> {
                Hash other = notarized.put(view, hash);
                if (other != null && !other.equals(hash)) {
                    breach("P2 two notarizations in " + view);
                }
            }
            case NULLIFY -> nullified.add(view);
            case FINALIZE -> {
                Hash other = finalized.put(view, hash);
                if (other != null && !other.equals(hash)) {
                    breach("P1 two finalizations in " + view);
                }
            }
        }
        if (nullified.contains(view) && finalized.containsKey(view)) {
            breach("P3 finalized and nullified " + view);
        }
    }

    private void checkForm(Certificate certificate, View view) {
        Epoch epoch = configurations.computeIfAbsent(view.epoch, epochs::epoch);
        Set<Integer> signers = new TreeSet<>(certificate.signers());
        byte[] content = certificate.ballot().signedContent(TestEpochs.NETWORK);
        boolean signed = signers.size() == quorum && certificate.signatures().size() == quorum;
        for (int i = 0; signed && i < quorum; i++) {
            int signer = certificate.signers().get(i);
            signed =
                    signer < members
                            && CheapKeys.VERIFIER.verify(
                                    epoch.configuration().validators().get(signer).key(),
                                    Purpose.VOTE,
                                    content,
                                    certificate.signatures().get(i));
        }
        if (!signed || !certificate.ballot().configHash().equals(epoch.configHash())) {
            breach("P6 malformed certificate in " + view);
        }
    }

    /** P1, P4, P5, P9, P11: an honest member commits these blocks. */
    public void committed(int node, List<Block> blocks, Certificate finalization) {
        believed(finalization);
        Block last = blocks.getLast();
        if (!finalization.ballot().blockHash().equals(last.hash())) {
            breach("P4 finalization of another block than " + last);
        }
        for (Block block : blocks) {
            long next = heights.merge(node, 1L, Long::sum);
            if (block.height() != next) {
                breach("P11 " + TestEpochs.id(node) + " skips from " + (next - 1) + " to " + block);
            }
            BlockHeader agreed = chain.get(block.height());
            if (agreed == null) {
                extend(block);
            } else if (!agreed.hash().equals(block.hash())) {
                breach("P1 two blocks at height " + block.height());
            }
        }
        checkFinality(finalization, last);
    }

    private void checkFinality(Certificate finalization, Block last) {
        View view = new View(finalization.ballot().epoch(), finalization.ballot().view());
        if (!last.hash().equals(notarized.getOrDefault(view, last.hash()))) {
            breach("P4 finalized other than notarized in " + view);
        }
    }

    private void extend(Block block) {
        BlockHeader parent = chain.get(block.height() - 1);
        if (parent == null || !parent.hash().equals(block.header().parentHash())) {
            breach("P1 " + block + " does not follow the agreed chain");
            return;
        }
        if (!block.header().stateRoot().equals(TestEpochs.stateAfter(parent))) {
            breach("P9 " + block + " is invalid");
        }
        boolean sameEpoch = parent.epoch() == block.header().epoch();
        long from = sameEpoch ? parent.view() : 0;
        for (long skipped = from + 1; skipped < block.header().view(); skipped++) {
            View view = new View(block.header().epoch(), skipped);
            if (!nullified.contains(view) || finalized.containsKey(view)) {
                breach("P5 " + block + " skips " + view + ", which nobody gave up");
            }
        }
        if (sameEpoch && parent.isBoundary()) {
            breach("P10 " + block + " follows the end of its epoch");
        }
        chain.put(block.height(), block.header());
    }

    /** P11: after a crash a node must still have what it committed. */
    public void recovered(int node, long height) {
        if (height < height(node)) {
            breach("P14 " + TestEpochs.id(node) + " lost height " + height(node));
        }
        heights.put(node, height);
    }
}
