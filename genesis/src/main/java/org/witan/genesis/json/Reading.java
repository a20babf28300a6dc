package org.witan.genesis.json;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What became of reading a document: a value, or everything that is wrong with it.
 *
 * @param <T> the type of the value
 */
public sealed interface Reading<T> {
    /**
     * The document is in order.
     *
     * @param value what it means
     */
    record Ok<T>(T value) implements Reading<T> {}

    /**
     * The document is refused.
     *
     * @param problems all that was found, in the order of their places, at least one and at most
     *     101
     */
    record Bad<T>(List<Problem> problems) implements Reading<T> {
        /** Problems that have no place in a text. */
        public static <T> Bad<T> of(List<String> sentences) {
            return new Bad<>(
                    sentences.stream()
                            .map(sentence -> new Problem(Place.NONE, "", sentence))
                            .toList());
        }

        /** One line for each problem. */
        public String lines() {
            return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
        }
    }

    /** The value, or what {@code refusal} makes of the problems, thrown. */
    default T orThrow(Function<Bad<T>, ? extends RuntimeException> refusal) {
        return switch (this) {
            case Ok<T>(var value) -> value;
            case Bad<T> bad -> throw refusal.apply(bad);
        };
    }
}
