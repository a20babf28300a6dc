package org.witan.validator.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.api.NodeSnapshot.VoteCount;

/**
 * What the network waits for, in sentences, as one node sees it.
 *
 * <p>The first line answers the question, the following ones name the members that matter, the last
 * one says what to do. Everything is taken from one snapshot, so nothing is asked of anybody.
 *
 * @param state the answer for programs
 * @param lines the answer for people, one to about a dozen lines
 */
public record Why(State state, List<String> lines) {
    /** With work to do and no commit for so long, the network counts as standing. */
    static final long PATIENCE_MILLIS = 10_000;

    /** Until a stand has lasted so long, waiting is the best that an operator can do. */
    private static final long SELF_HEALING_MILLIS = 30_000;

    /** The answer in one word. */
    public enum State {
        /** Blocks are being decided. */
        ADVANCING,
        /** There is nothing to decide. */
        IDLE,
        /** There is something to decide, and nothing has been for a while. */
        NOT_ADVANCING,
        /** Fewer validators are in sync than have to agree. */
        BELOW_QUORUM,
        /** This node is behind and fetches what it lacks. */
        CATCHING_UP,
        /** This node has stopped for good. */
        HALTED
    }

    /** Copies the lines. */
    public Why {
        lines = List.copyOf(lines);
    }

    /** The first line. */
    public String sentence() {
        return lines.getFirst();
    }

    /** Reads the answer off a snapshot at a moment of the same clock. */
    public static Why of(NodeSnapshot node, long nowMillis) {
        Why why = ofMember(node, nowMillis);
        if (node.identity().stranger().isEmpty()) {
            return why;
        }
        List<String> lines = new ArrayList<>();
        lines.add("This node takes no part: " + node.identity().stranger().get() + ".");
        if (why.state() == State.BELOW_QUORUM) {
            lines.add(
                    "Members end their links with it, so it sees nobody. Start it with the key in"
                            + " force; who was removed follows by an invitation: witan join.");
        } else {
            lines.addAll(why.lines());
        }
        return new Why(why.state(), lines);
    }

    /** How another member stands as seen from here, in a sentence. */
    public static String standing(NodeSnapshot node, NodeId member, long nowMillis) {
        return new Names(node, nowMillis).sentence(member);
    }

    private static Why ofMember(NodeSnapshot node, long nowMillis) {
        if (node.health().halted().isPresent()) {
            return halted(node, node.health().halted().get());
        }
        if (node.catchup().running()) {
            return catchingUp(node, new Names(node, nowMillis));
        }
        if (node.health().margin() < 0) {
            return belowQuorum(node, nowMillis);
        }
        if (node.round().workSinceAtMillis().isEmpty()) {
            return idle(node, nowMillis);
        }
        long standing = standing(node, nowMillis);
        return standing < PATIENCE_MILLIS
                ? advancing(node, nowMillis)
                : notAdvancing(node, nowMillis, standing);
    }

    private static Why halted(NodeSnapshot node, String reason) {
        return new Why(
                State.HALTED,
                List.of(
                        "Halted at height " + node.tip().height() + ": " + reason,
                        "This node decides nothing until its operator has acted;"
                                + " look for the last ERROR line of its log."));
    }

    private static Why catchingUp(NodeSnapshot node, Names names) {
        var catchup = node.catchup();
        List<String> lines = new ArrayList<>();
        String eta =
                catchup.etaSeconds().isPresent()
                        ? ", ETA " + catchup.etaSeconds().getAsLong() + " s"
                        : "";
        lines.add(
                String.format(
                        Locale.ROOT,
                        "Catching up: %d of %d blocks, %d missing, %.0f blocks/s%s.",
                        catchup.height(),
                        catchup.target(),
                        catchup.target() - catchup.height(),
                        catchup.blocksPerSecond(),
                        eta));
        if (catchup.sources().isEmpty()) {
            lines.add("No linked member serves the missing blocks.");
            lines.addAll(names.unreachable());
            lines.add("Nothing to do here: it goes on when a member that has them is reachable.");
        } else {
            lines.add("From " + list(catchup.sources()) + ". Nothing to do.");
        }
        return new Why(State.CATCHING_UP, lines);
    }

    private static Why belowQuorum(NodeSnapshot node, long nowMillis) {
        var health = node.health();
        Names names = new Names(node, nowMillis);
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "Below quorum at height %d: %d of %d validators are in sync, %d must agree."
                                + " %s",
                        node.tip().height(),
                        health.inSync(),
                        health.validators(),
                        health.quorum(),
                        lastBlock(node, nowMillis)));
        lines.addAll(names.notInSync());
        int wanted = -health.margin();
        lines.add(
                "Bring back any "
                        + (wanted == 1 ? "one" : wanted)
                        + " of them; the network then goes on by itself.");
        return new Why(State.BELOW_QUORUM, lines);
    }

    private static Why idle(NodeSnapshot node, long nowMillis) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "Idle at height "
                        + node.tip().height()
                        + ": nothing waits to be decided. "
                        + lastBlock(node, nowMillis));
        return new Why(State.IDLE, withMargin(node, nowMillis, lines));
    }

    private static Why advancing(NodeSnapshot node, long nowMillis) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "Advancing: height "
                        + node.tip().height()
                        + ", view "
                        + node.round().view()
                        + ", leader "
                        + node.round().leader()
                        + ". "
                        + lastBlock(node, nowMillis));
        return new Why(State.ADVANCING, withMargin(node, nowMillis, lines));
    }

    private static List<String> withMargin(NodeSnapshot node, long now, List<String> lines) {
        var health = node.health();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%d of %d validators are in sync, %d must agree: margin %d.",
                        health.inSync(),
                        health.validators(),
                        health.quorum(),
                        health.margin()));
        if (health.inSync() < health.validators()) {
            lines.addAll(new Names(node, now).notInSync());
        }
        silence(node).ifPresent(lines::add);
        return lines;
    }

    private static Why notAdvancing(NodeSnapshot node, long nowMillis, long standing) {
        var round = node.round();
        Names names = new Names(node, nowMillis);
        List<String> lines = new ArrayList<>();
        String place =
                String.format(
                        Locale.ROOT,
                        "Not advancing for %s at height %d, view %d. ",
                        age(standing),
                        node.tip().height(),
                        round.view());
        Optional<VoteCount> awaited = awaited(node);
        lines.add(place + (awaited.isPresent() ? need(node, awaited.get()) : noVotes(node)));
        List<NodeId> silent =
                awaited.isPresent() ? awaited.get().missing() : List.of(round.leader());
        silent.forEach(member -> lines.add(names.sentence(member)));
        silence(node).ifPresent(lines::add);
        lines.add(advice(node, standing, silent));
        return new Why(State.NOT_ADVANCING, lines);
    }

    /** The votes that are nearest to a decision; with equal counts the kind that moves on first. */
    private static Optional<VoteCount> awaited(NodeSnapshot node) {
        return node.round().votes().stream()
                .filter(votes -> !votes.held().isEmpty())
                .max(
                        Comparator.comparingInt((VoteCount votes) -> votes.held().size())
                                .thenComparing(VoteCount::kind, Comparator.reverseOrder()));
    }

    private static String need(NodeSnapshot node, VoteCount votes) {
        return String.format(
                Locale.ROOT,
                "Need %d %s votes, have %d (%s).",
                node.health().quorum(),
                kind(votes.kind()),
                votes.held().size(),
                list(votes.held()));
    }

    private static String noVotes(NodeSnapshot node) {
        return "There are no votes yet; the leader " + node.round().leader() + " must propose.";
    }

    private static String advice(NodeSnapshot node, long standing, List<NodeId> silent) {
        String then =
                silent.stream()
                        .filter(member -> !member.equals(node.identity().id()))
                        .findFirst()
                        .map(member -> "witan peer ping " + member)
                        .orElse("witan peer list");
        return standing < SELF_HEALING_MILLIS
                ? "Nothing to do for " + age(SELF_HEALING_MILLIS - standing) + "; then: " + then
                : "try: " + then;
    }

    private static Optional<String> silence(NodeSnapshot node) {
        var health = node.health();
        return health.mayVote()
                ? Optional.empty()
                : Optional.of("This node does not vote: " + health.mayVoteReason());
    }

    private static long standing(NodeSnapshot node, long nowMillis) {
        return nowMillis
                - Math.max(
                        node.tip().committedAtMillis(),
                        node.round().workSinceAtMillis().orElse(nowMillis));
    }

    private static String lastBlock(NodeSnapshot node, long nowMillis) {
        return node.tip().height() == 0
                ? "There is no block yet."
                : "The last block is " + age(nowMillis - node.tip().committedAtMillis()) + " old.";
    }

    private static String kind(VoteKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static String age(long millis) {
        long seconds = Math.max(0, millis) / 1000;
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }

    private static String list(List<NodeId> members) {
        return members.stream().map(NodeId::value).collect(Collectors.joining(", "));
    }
}
