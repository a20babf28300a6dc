package org.witan.validator.history.votes;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A vote as the node that cast it logged it, after it was saved and before it was sent.
 *
 * @param node who
 * @param kind {@code NOTARIZE}, {@code NULLIFY} or {@code FINALIZE}
 * @param epoch span with one validator set
 * @param view attempt in it
 * @param block hash in hex; zeros for {@code NULLIFY}
 */
public record CastVote(String node, String kind, long epoch, long view, String block) {
    private static final Pattern LINE =
            Pattern.compile(
                    "vote-cast kind=([A-Z]+) epoch=([0-9]+) view=([0-9]+) block=([0-9a-f]{64})");

    /** The votes in a node's log. */
    public static List<CastVote> in(String node, List<String> log) {
        return log.stream()
                .map(LINE::matcher)
                .filter(Matcher::find)
                .map(m ->
                        new CastVote(
                                node,
                                m.group(1),
                                Long.parseLong(m.group(2)),
                                Long.parseLong(m.group(3)),
                                m.group(4)))
                .toList();
    }
}
