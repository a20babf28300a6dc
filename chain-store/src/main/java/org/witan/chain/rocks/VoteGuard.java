package org.witan.chain.rocks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.VoteKind;
import org.witan.chain.rocks.guard.HighWaterMark;
import org.witan.chain.rocks.guard.Mark;
import org.witan.chain.state.GenesisState;
import org.witan.chain.store.Recovered;
import org.witan.chain.store.StoreFailed;
import org.witan.chain.store.Tip;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.file.PersistPoint;
import org.witan.genesis.membership.Founding;

/**
 * Rules D6 and D7: compares what the database holds with what was promised, and says whether this
 * node may vote. Confined to the writer, but for {@link #hindrance}.
 */
final class VoteGuard implements AutoCloseable {
    private static final int INSTANCE_BYTES = 16;

    private final HighWaterMark file;
    private Mark mark;
    private final int boot;
    private volatile Optional<String> hindrance = Optional.empty();

    private VoteGuard(HighWaterMark file) {
        this.file = file;
        mark = file.mark();
        boot = mark.boots();
        file.write(PersistPoint.MARK_BOOTED, mark.booted());
        mark = file.mark();
    }

    /**
     * Opens the mark, or makes one.
     *
     * @param found what the file holds, empty if there is none
     */
    static VoteGuard open(
            StoreSettings settings, Optional<HighWaterMark> found, String instance, Tip tip) {
        if (found.isPresent() && found.get().mark().instance().equals(instance)) {
            return new VoteGuard(found.get());
        }
        found.ifPresent(HighWaterMark::close);
        Optional<Mark> other = found.map(HighWaterMark::mark);
        Mark start =
                new Mark(
                        0,
                        instance,
                        other.map(Mark::boots).orElse(0),
                        1,
                        Optional.of(lastOfEpoch(tip, other)),
                        tip.height(),
                        tip.hash());
        return new VoteGuard(HighWaterMark.create(settings.mark(), start));
    }

    /**
     * What was voted in this epoch is unknown: stands for it as if the last view of all had been
     * voted on.
     */
    private static Ballot lastOfEpoch(Tip tip, Optional<Mark> other) {
        long next = tip.header().epoch() + (tip.header().isBoundary() ? 1 : 0);
        long voted = other.flatMap(Mark::highest).map(Ballot::epoch).orElse(0L);
        return new Ballot(
                VoteKind.NULLIFY, Math.max(next, voted), Hash.NONE, Long.MAX_VALUE, Hash.NONE);
    }

    /** How often the store was opened before. */
    int boot() {
        return boot;
    }

    /** Why this node must not vote, empty if it may. For any thread. */
    Optional<String> hindrance() {
        return hindrance;
    }

    /**
     * Compares the mark with the database, once after opening.
     *
     * @throws StoreFailed if they contradict each other
     */
    void compare(Columns columns, Meta meta, Tip tip) {
        Optional<Hash> there = columns.heights.get(mark.height()).map(HeightRecord::hash);
        if (there.isPresent() && !there.get().equals(mark.hash())) {
            throw new StoreFailed(
                    "block %d is %s in the database and %s in the high-water mark"
                            .formatted(mark.height(), there.get(), mark.hash()));
        }
        boolean remembers =
                mark.highest().isEmpty()
                        || mark.isLost()
                        || meta.votes() >= mark.votes()
                                && columns.votes
                                        .get(Place.of(mark.highest().get()))
                                        .filter(v -> v.ballot().equals(mark.highest().get()))
                                        .isPresent();
        judge(tip, meta.finalized(), remembers);
    }

    /** Whether everything that can have been promised lies behind. */
    private void judge(Tip tip, Optional<Ballot> finalized, boolean remembers) {
        boolean votesBehind =
                remembers
                        || finalized
                                .filter(limit ->
                                        Place.of(mark.highest().orElseThrow()).isUpTo(limit))
                                .isPresent();
        if (!votesBehind) {
            Ballot highest = mark.highest().orElseThrow();
            hindrance =
                    Optional.of(
                            highest.view() == Long.MAX_VALUE
                                    ? "it is not known which votes were cast in epoch "
                                            + highest.epoch()
                                    : "the vote in epoch %d view %d is lost from the database"
                                            .formatted(highest.epoch(), highest.view()));
        } else if (tip.height() < mark.height()) {
            hindrance =
                    Optional.of(
                            "the database ends at height %d, but %d was committed before"
                                    .formatted(tip.height(), mark.height()));
        } else {
            hindrance = Optional.empty();
        }
    }

    /** Notes a vote that is written; {@link #save} makes it durable. */
    void voted(Ballot ballot) {
        mark = mark.voted(ballot);
    }

    /** Notes a new tip; a node that may not vote may again when it is past all it promised. */
    void committed(Tip tip, Optional<Ballot> finalized) {
        mark = mark.committed(tip.height(), tip.hash());
        if (hindrance.isPresent()) {
            judge(tip, finalized, mark.highest().isEmpty());
        }
    }

    /** What the mark tells of this key's votes. */
    Recovered.Past past() {
        if (mark.isLost()) {
            return Recovered.Past.LOST;
        }
        boolean none = mark.votes() == 0 && mark.highest().isEmpty();
        return none ? Recovered.Past.NONE : Recovered.Past.KEPT;
    }

    /**
     * Makes the mark of a store that is about to be made, unless it has one. A database whose mark
     * is missing must not vote, so the mark is there first.
     */
    static void begin(StoreSettings settings, Founding founding) {
        if (!Files.exists(settings.mark())) {
            make(settings.mark(), Optional.empty(), founding);
        }
    }

    /** Makes a mark that says only that there were votes. */
    static void noteLoss(Path file, Founding founding) {
        make(file, Optional.of(Mark.LOST), founding);
    }

    private static void make(Path file, Optional<Ballot> highest, Founding founding) {
        byte[] instance = new byte[INSTANCE_BYTES];
        new SecureRandom().nextBytes(instance);
        String name = HexFormat.of().formatHex(instance);
        Hash genesis = GenesisState.genesisBlock(founding).hash();
        HighWaterMark.create(file, new Mark(0, name, 0, 0, highest, 0, genesis)).close();
    }

    /** How many votes were cast, with those that are not saved yet. */
    long votes() {
        return mark.votes();
    }

    /** Makes durable what was noted since; nothing to do if that was nothing. */
    void save() {
        if (!mark.equals(file.mark())) {
            file.write(PersistPoint.MARK_PROMISED, mark);
            mark = file.mark();
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
