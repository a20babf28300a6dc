package org.witan.validator.cli.govern;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.witan.chain.change.Change;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.cli.ask.Table;
import org.witan.validator.cli.govern.Standing.Tally;

/**
 * What a change does to who decides.
 *
 * @param before as it is
 * @param after as soon as it is in force
 * @param later once those take part that are new or have a new key; as {@code after} if there are
 *     none
 */
record Effect(Tally before, Tally after, Tally later) {
    /** Of a change in this standing. */
    static Effect of(Change change, Standing standing) {
        return new Effect(
                standing.tally(),
                standing.after(change, false).tally(),
                standing.after(change, true).tally());
    }

    /** Whether it changes who votes. */
    boolean changesValidators() {
        return !before.equals(after) || !after.equals(later);
    }

    /** A table for people. */
    List<String> lines() {
        Table table =
                after.equals(later)
                        ? new Table("", "NOW", "AFTER")
                        : new Table("", "NOW", "AFTER", "ONCE IT RUNS");
        row(table, "validators", Tally::validators);
        row(table, "quorum", Tally::quorum);
        row(table, "may lie", Tally::faults);
        row(table, "in sync", Tally::inSync);
        row(table, "margin", Tally::margin);
        return table.lines();
    }

    private void row(Table table, String name, ToIntFunction<Tally> figure) {
        String now = Integer.toString(figure.applyAsInt(before));
        String then = Integer.toString(figure.applyAsInt(after));
        if (after.equals(later)) {
            table.row(name, now, then);
        } else {
            table.row(name, now, then, Integer.toString(figure.applyAsInt(later)));
        }
    }

    /** For scripts. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("before", before.json());
        json.put("after", after.json());
        json.put("later", later.json());
        json.put("leavesMargin", danger().isEmpty());
        return json;
    }

    /**
     * Why it is refused unless forced: it takes the last margin away, at once or later. What was
     * without margin before may be mended by a change that does not worsen it.
     */
    Optional<OperatorError> danger() {
        return danger(after).or(() -> danger(later));
    }

    private Optional<OperatorError> danger(Tally then) {
        boolean noFault = then.faults() < 1 && then.faults() < before.faults();
        boolean noMargin =
                then.validators() == 0 || then.margin() < 1 && then.margin() < before.margin();
        if (!noFault && !noMargin) {
            return Optional.empty();
        }
        String figures =
                "%d of %d validators are in sync then, %d must agree"
                        .formatted(then.inSync(), then.validators(), then.quorum());
        String why =
                noFault
                        ? figures + "; with %d no one of them may lie".formatted(then.validators())
                        : figures + (then.margin() < 0 ? ": nothing could be decided" : "");
        return Optional.of(
                new OperatorError(
                        ExitCode.REFUSED_FOR_SAFETY,
                        "NO_MARGIN",
                        then.margin() < 0
                                ? "this change would stop the network"
                                : "after this change no further validator may fail",
                        why,
                        "bring validators back or add one as a learner first; or --force, which"
                                + " the ledger records"));
    }
}
