package org.witan.genesis.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Takes the fields of one object, each by its name, and notes all that is wrong with them.
 *
 * <p>A method whose field is missing or bad notes that and answers empty, so that the caller can go
 * on to the next field. {@link #end} notes the fields that nobody asked for.
 */
public final class FieldReader {
    private final Value.Fields fields;
    private final String path;
    private final Problems problems;
    private final TreeSet<String> known = new TreeSet<>();

    /** A reader of {@code fields}, which stand at {@code path} in the document. */
    public FieldReader(Value.Fields fields, String path, Problems problems) {
        this.fields = fields;
        this.path = path;
        this.problems = problems;
    }

    /** Whether the object has this field, good or bad. */
    public boolean has(String name) {
        known.add(name);
        return fields.members().containsKey(name);
    }

    /**
     * What {@code parse} makes of a text.
     *
     * @param parse throws IllegalArgumentException with a sentence for a text that it refuses
     */
    public <T> Optional<T> text(String name, Function<String, T> parse) {
        return value(name).flatMap(value -> parsed(value, path(name), parse));
    }

    /** A whole number in a range. */
    public OptionalInt whole(String name, int least, int most) {
        Optional<Value> value = value(name);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        if (value.get() instanceof Value.Whole(var _, var number)) {
            if (number >= least && number <= most) {
                return OptionalInt.of((int) number);
            }
            problem(name, "is " + number + ", allowed are " + least + " to " + most);
        } else {
            wrongKind(value.get(), path(name), "a whole number");
        }
        return OptionalInt.empty();
    }

    /** Whether the field is there; it can only be {@code true}, its absence says no. */
    public boolean flag(String name) {
        if (!has(name)) {
            return false;
        }
        Value value = value(name).orElseThrow();
        if (!(value instanceof Value.Truth(var _, var truth))) {
            wrongKind(value, path(name), "true");
        } else if (!truth) {
            problem(name, "can only be true, leave it out instead");
        }
        return true;
    }

    /** A reader of an inner object. */
    public Optional<FieldReader> object(String name) {
        return value(name).flatMap(value -> object(value, path(name)));
    }

    /** Readers of the objects of an array, of {@code least} to {@code most} items. */
    public List<FieldReader> objects(String name, int least, int most) {
        List<FieldReader> readers = new ArrayList<>();
        List<Value> values = items(name, least, most);
        for (int i = 0; i < values.size(); i++) {
            object(values.get(i), path(name) + "[" + i + "]").ifPresent(readers::add);
        }
        return readers;
    }

    /** What {@code parse} makes of the texts of an array; bad ones are noted and left out. */
    public <T> List<T> texts(String name, int least, int most, Function<String, T> parse) {
        List<T> parsed = new ArrayList<>();
        List<Value> values = items(name, least, most);
        for (int i = 0; i < values.size(); i++) {
            parsed(values.get(i), path(name) + "[" + i + "]", parse).ifPresent(parsed::add);
        }
        return List.copyOf(parsed);
    }

    /** Notes a problem with a field. */
    public void problem(String name, String sentence) {
        Value.Member member = fields.members().get(name);
        Place place = member == null ? fields.place() : member.value().place();
        problems.add(place, path(name), sentence);
    }

    /** The path of a field in the document. */
    public String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Notes every field that was not asked for, with the known one that is nearest to it. */
    public void end() {
        fields.members()
                .forEach((name, member) -> {
                    if (!known.contains(name)) {
                        problems.add(member.place(), path, unknown(name));
                    }
                });
    }

    private String unknown(String name) {
        String sentence = "unknown field " + Problems.quote(name);
        return Nearest.of(name, known)
                .map(nearest -> sentence + ", did you mean \"" + nearest + "\"?")
                .orElse(sentence);
    }

    private Optional<Value> value(String name) {
        known.add(name);
        Value.Member member = fields.members().get(name);
        if (member == null) {
            problems.add(fields.place(), path(name), "is missing");
            return Optional.empty();
        }
        return Optional.of(member.value());
    }

    private List<Value> items(String name, int least, int most) {
        Optional<Value> value = value(name);
        if (value.isEmpty()) {
            return List.of();
        }
        if (!(value.get() instanceof Value.Items(var _, var values))) {
            wrongKind(value.get(), path(name), "an array");
            return List.of();
        }
        if (values.size() < least || values.size() > most) {
            String allowed = "allowed are " + least + " to " + most;
            problem(name, "has " + values.size() + " items, " + allowed);
            return values.subList(0, Math.min(values.size(), most));
        }
        return values;
    }

    private Optional<FieldReader> object(Value value, String where) {
        if (value instanceof Value.Fields inner) {
            return Optional.of(new FieldReader(inner, where, problems));
        }
        wrongKind(value, where, "an object");
        return Optional.empty();
    }

    private <T> Optional<T> parsed(Value value, String where, Function<String, T> parse) {
        if (!(value instanceof Value.Text(var place, var text))) {
            wrongKind(value, where, "a text");
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(text));
        } catch (IllegalArgumentException refused) {
            String sentence = String.valueOf(refused.getMessage());
            problems.add(place, where, Problems.quote(text) + ": " + sentence);
            return Optional.empty();
        }
    }

    private void wrongKind(Value value, String where, String wanted) {
        if (!(value instanceof Value.Refused)) {
            problems.add(value.place(), where, "must be " + wanted);
        }
    }
}
