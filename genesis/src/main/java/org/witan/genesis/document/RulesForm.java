package org.witan.genesis.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.witan.genesis.json.FieldReader;
import org.witan.genesis.json.Nearest;
import org.witan.genesis.json.Place;
import org.witan.genesis.json.Value;
import org.witan.genesis.membership.Parameter;
import org.witan.genesis.membership.Rules;

/** The network rules by their names, as documents and people write them. */
public final class RulesForm {
    /** The rules' names, in the order of the components of {@link Rules}. */
    public static final List<String> NAMES = Parameter.names();

    private RulesForm() {}

    /** The values by name, in the order of {@link #NAMES}. */
    public static SequencedMap<String, Integer> values(Rules rules) {
        SequencedMap<String, Integer> named = new LinkedHashMap<>();
        for (Parameter parameter : Parameter.values()) {
            named.put(parameter.title(), parameter.of(rules));
        }
        return named;
    }

    /**
     * The rules with one of them changed.
     *
     * @throws IllegalArgumentException with a sentence for an unknown name or a value out of range
     */
    public static Rules with(Rules rules, String name, int value) {
        SequencedMap<String, Integer> named = values(rules);
        if (named.replace(name, value) == null) {
            String guess =
                    Nearest.of(name, NAMES).map(near -> "did you mean " + near + "?").orElse("");
            throw new IllegalArgumentException("there is no rule '" + name + "'; " + guess);
        }
        Rules changed = of(List.copyOf(named.values()));
        for (String problem : changed.problems()) {
            if (problem.startsWith(name + " ")) {
                throw new IllegalArgumentException(problem);
            }
        }
        return changed;
    }

    static Value json(Rules rules) {
        Value.Fields fields = Value.Fields.empty();
        values(rules)
                .forEach((name, value) -> fields.with(name, new Value.Whole(Place.NONE, value)));
        return fields;
    }

    static Optional<Rules> read(FieldReader in) {
        List<Integer> values = new ArrayList<>();
        for (String name : NAMES) {
            OptionalInt value = in.whole(name, 0, Integer.MAX_VALUE);
            value.ifPresent(values::add);
        }
        in.end();
        if (values.size() < NAMES.size()) {
            return Optional.empty();
        }
        Rules rules = of(values);
        for (String problem : rules.problems()) {
            String name = problem.substring(0, problem.indexOf(' '));
            in.problem(name, problem.substring(name.length() + 1));
        }
        return Optional.of(rules);
    }

    private static Rules of(List<Integer> v) {
        return new Rules(
                v.get(0), v.get(1), v.get(2), v.get(3), v.get(4), v.get(5), v.get(6), v.get(7));
    }
}
