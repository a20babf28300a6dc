package org.witan.validator.consensus.statespace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What was signed in the current view, and what is certified in those before it.
 *
 * @param past certificates of views 1, 2, …
 * @param members honest ones, sorted: their names do not matter
 * @param proposed the block that an honest leader proposed, or nothing
 */
record State(List<Certified> past, List<Member> members, List<Block> proposed) {
    /**
     * A block by its place: no content.
     *
     * @param view from 1
     * @param parents views and versions of its ancestors, so that equal means the same chain
     * @param version which of two blocks of a lying leader
     */
    record Block(int view, List<Block> parents, int version) {
        /** The view of its parent, 0 for the epoch's start. */
        int parentView() {
            return parents.isEmpty() ? 0 : parents.getFirst().view;
        }

        /** Whether this is the other one or one of its ancestors. */
        boolean isUpTo(Block other) {
            return equals(other) || !other.parents.isEmpty() && isUpTo(other.parents.getFirst());
        }
    }

    /**
     * Certificates of one view.
     *
     * @param notarized blocks with N
     * @param nullified whether there is U
     * @param finalized blocks with F
     */
    record Certified(List<Block> notarized, boolean nullified, List<Block> finalized) {}

    /**
     * Votes of one honest member in the current view.
     *
     * @param notarized all that it ever notarized
     * @param nullified whether it ever gave the view up
     * @param finalized all that it ever finalized
     * @param mark how much of that it remembers
     */
    record Member(List<Block> notarized, boolean nullified, List<Block> finalized, Mark mark)
            implements Comparable<Member> {
        static final Member NEW =
                new Member(List.of(), false, List.of(), new Mark(false, 0, false, 0));

        boolean remembersNotarize() {
            return notarized.size() > mark.notarized;
        }

        boolean remembersNullify() {
            return nullified && !mark.nullified;
        }

        boolean remembersFinalize() {
            return finalized.size() > mark.finalized;
        }

        Member notarize(Block block) {
            return new Member(with(notarized, block), nullified, finalized, mark);
        }

        Member nullify() {
            Mark now = new Mark(mark.crashed, mark.notarized, false, mark.finalized);
            return new Member(notarized, true, finalized, now);
        }

        Member finalizing(Block block) {
            return new Member(notarized, nullified, with(finalized, block), mark);
        }

        /** The same with nothing remembered. */
        Member forgetful() {
            Mark all = new Mark(true, notarized.size(), nullified, finalized.size());
            return new Member(notarized, nullified, finalized, all);
        }

        private static List<Block> with(List<Block> blocks, Block block) {
            List<Block> more = new ArrayList<>(blocks);
            more.add(block);
            return List.copyOf(more);
        }

        @Override
        public int compareTo(Member other) {
            int byHash = Integer.compare(hashCode(), other.hashCode());
            return byHash != 0 ? byHash : toString().compareTo(other.toString());
        }
    }

    /**
     * What a crash made a member forget: its first so many votes of each kind.
     *
     * @param crashed whether it crashed in this view
     */
    record Mark(boolean crashed, int notarized, boolean nullified, int finalized) {}

    static State first(int honest) {
        return new State(List.of(), Collections.nCopies(honest, Member.NEW), List.of());
    }

    int view() {
        return past.size() + 1;
    }

    State with(int member, Member next) {
        List<Member> changed = new ArrayList<>(members);
        changed.set(member, next);
        Collections.sort(changed);
        return new State(past, List.copyOf(changed), proposed);
    }

    State proposing(Block block) {
        return new State(past, members, List.of(block));
    }

    /** The next view: of this one only the certificates matter from now on. */
    State next(Certified certified) {
        List<Certified> more = new ArrayList<>(past);
        more.add(certified);
        return new State(
                List.copyOf(more), Collections.nCopies(members.size(), Member.NEW), List.of());
    }
}
