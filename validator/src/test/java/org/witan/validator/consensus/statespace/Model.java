package org.witan.validator.consensus.statespace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.witan.validator.consensus.statespace.State.Block;
import org.witan.validator.consensus.statespace.State.Certified;
import org.witan.validator.consensus.statespace.State.Member;

/**
 * Rule C5 without time and messages: whatever was signed may have been heard by anybody, and by
 * nobody. f members sign anything, so that a certificate exists once q − f honest ones signed.
 *
 * <p>A member may act in any view; that allows more than the engine does. What it may do in a view
 * depends on its own votes there, and on certificates of that view and of those before; so every
 * run can be sorted by view without changing what is signed, and the search takes the views one
 * after another.
 *
 * @param honest members that keep the rules, n − f
 * @param needed how many of them make a certificate, q − f
 * @param views how many
 * @param liarLeads the views that a liar leads: there it proposes two blocks on every parent
 * @param missing the guard that is left out, if any
 */
record Model(int honest, int needed, int views, Set<Integer> liarLeads, Optional<Guard> missing) {
    /**
     * What a search found.
     *
     * @param states distinct ones
     * @param broken the promise that is broken first, with the state, or empty
     */
    record Found(int states, Optional<String> broken) {}

    private static final Comparator<Block> ORDER =
            Comparator.comparingInt(Block::hashCode).thenComparing(Block::toString);

    /** Visits every state that can be reached, or all up to the first that breaks a promise. */
    Found search() {
        Set<State> seen = new HashSet<>();
        Deque<State> left = new ArrayDeque<>();
        State first = State.first(honest);
        seen.add(first);
        left.add(first);
        while (!left.isEmpty()) {
            State state = left.poll();
            Optional<String> broken = broken(state);
            if (broken.isPresent()) {
                return new Found(seen.size(), Optional.of(broken.get() + " in " + state));
            }
            for (State next : after(state)) {
                if (seen.add(next)) {
                    left.add(next);
                }
            }
        }
        return new Found(seen.size(), Optional.empty());
    }

    private boolean keeps(Guard guard) {
        return missing.isEmpty() || missing.get() != guard;
    }

    private List<State> after(State state) {
        List<State> next = new ArrayList<>();
        if (state.view() > views) {
            return next;
        }
        List<Block> blocks = proposals(state, next);
        for (int i = 0; i < state.members().size(); i++) {
            for (Member changed : after(state, state.members().get(i), blocks)) {
                next.add(state.with(i, changed));
            }
        }
        next.add(state.next(certified(state)));
        return next;
    }

    /** What may be voted on; an honest leader's choice is a step of its own. */
    private List<Block> proposals(State state, List<State> next) {
        if (!state.proposed().isEmpty()) {
            return state.proposed();
        }
        List<Block> possible = new ArrayList<>();
        boolean lies = liarLeads.contains(state.view());
        for (List<Block> parents : parents(state)) {
            possible.add(new Block(state.view(), parents, 0));
            if (lies) {
                possible.add(new Block(state.view(), parents, 1));
            }
        }
        if (lies) {
            return possible;
        }
        possible.forEach(block -> next.add(state.proposing(block)));
        return List.of();
    }

    /** V3 and V4: a notarized parent, and every view between is nullified. */
    private List<List<Block>> parents(State state) {
        List<List<Block>> parents = new ArrayList<>();
        for (int view = state.view() - 1; view >= 1; view--) {
            Certified certified = state.past().get(view - 1);
            certified.notarized().forEach(block -> parents.add(List.of(block)));
            if (!keeps(Guard.PARENT_NOTARIZED) && certified.notarized().isEmpty()) {
                parents.add(List.of(new Block(view, List.of(), 0)));
            }
            if (keeps(Guard.GAP_NULLIFIED) && !certified.nullified()) {
                return parents;
            }
        }
        parents.add(List.of());
        return parents;
    }

    private List<Member> after(State state, Member member, List<Block> blocks) {
        List<Member> next = new ArrayList<>();
        boolean mayNotarize =
                (!member.remembersNotarize() || !keeps(Guard.NOTARIZE_ONCE))
                        && (!member.remembersNullify() || !keeps(Guard.NOTARIZE_BEFORE_NULLIFY));
        for (Block block : blocks) {
            if (mayNotarize && !member.notarized().contains(block)) {
                next.add(member.notarize(block));
            }
            if (mayFinalize(state, member, block)) {
                next.add(member.finalizing(block));
            }
        }
        if (!member.remembersNullify()
                && (!member.remembersFinalize() || !keeps(Guard.NULLIFY_NOT_FINALIZED))) {
            next.add(member.nullify());
        }
        boolean mayCrash = state.members().stream().noneMatch(m -> m.mark().crashed());
        if (!keeps(Guard.MEMORY) && mayCrash) {
            next.add(member.forgetful());
        }
        return next;
    }

    private boolean mayFinalize(State state, Member member, Block block) {
        return !member.remembersFinalize()
                && !member.finalized().contains(block)
                && (!member.remembersNullify() || !keeps(Guard.FINALIZE_NOT_NULLIFIED))
                && (!keeps(Guard.FINALIZE_NOTARIZED)
                        || certified(state).notarized().contains(block));
    }

    /** The certificates of the current view. */
    private Certified certified(State state) {
        int enough = keeps(Guard.QUORUM) ? needed : needed - 1;
        Set<Block> named = new HashSet<>();
        for (Member member : state.members()) {
            named.addAll(member.notarized());
            named.addAll(member.finalized());
        }
        List<Block> all = named.stream().sorted(ORDER).toList();
        List<Member> members = state.members();
        return new Certified(
                all.stream()
                        .filter(b -> count(members, m -> m.notarized().contains(b)) >= enough)
                        .toList(),
                count(members, Member::nullified) >= enough,
                all.stream()
                        .filter(b -> count(members, m -> m.finalized().contains(b)) >= enough)
                        .toList());
    }

    private static long count(List<Member> members, Predicate<Member> predicate) {
        return members.stream().filter(predicate).count();
    }

    private Optional<String> broken(State state) {
        List<Certified> all = new ArrayList<>(state.past());
        if (state.view() <= views) {
            all.add(certified(state));
        }
        List<Block> finalized = all.stream().flatMap(c -> c.finalized().stream()).toList();
        for (Block one : finalized) {
            for (Block other : finalized) {
                if (!one.isUpTo(other) && !other.isUpTo(one)) {
                    return Optional.of("P1");
                }
            }
        }
        return all.stream().flatMap(c -> brokenIn(c, all).stream()).findFirst();
    }

    private static Optional<String> brokenIn(Certified view, List<Certified> all) {
        if (view.notarized().size() > 1) {
            return Optional.of("P2");
        }
        if (view.nullified() && !view.finalized().isEmpty()) {
            return Optional.of("P3");
        }
        if (!view.notarized().containsAll(view.finalized())) {
            return Optional.of("P4");
        }
        for (Block block : view.notarized()) {
            boolean onNotarized =
                    block.parents().isEmpty()
                            || all.get(block.parentView() - 1)
                                    .notarized()
                                    .contains(block.parents().getFirst());
            for (int skipped = block.parentView() + 1; skipped < block.view(); skipped++) {
                Certified between = all.get(skipped - 1);
                if (!between.nullified() || !between.finalized().isEmpty()) {
                    return Optional.of("P5");
                }
            }
            if (!onNotarized) {
                return Optional.of("P5");
            }
        }
        return Optional.empty();
    }

    /** The views of this many that a member leads that leads the first at {@code from}. */
    static Set<Integer> turns(int from, int members, int views) {
        Set<Integer> turns = new TreeSet<>();
        for (int view = from; view <= views; view += members) {
            turns.add(view);
        }
        return turns;
    }
}
