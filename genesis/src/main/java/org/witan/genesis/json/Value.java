package org.witan.genesis.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** A JSON value of the kinds that documents of Witan may hold, with the place it was read from. */
public sealed interface Value {
    /** Where the value starts; {@link Place#NONE} if it was not read. */
    Place place();

    /**
     * An object.
     *
     * @param place where it starts
     * @param members its fields in the order of the text
     */
    record Fields(Place place, SequencedMap<String, Member> members) implements Value {
        /** A new object without fields, to be filled by {@link #with}. */
        public static Fields empty() {
            return new Fields(Place.NONE, new LinkedHashMap<>());
        }

        /** Appends a field to this object, which is also the answer. */
        public Fields with(String name, Value value) {
            members.put(name, new Member(Place.NONE, value));
            return this;
        }

        /** Appends a text. */
        public Fields with(String name, String text) {
            return with(name, new Text(Place.NONE, text));
        }

        /** Appends a whole number. */
        public Fields with(String name, long number) {
            return with(name, new Whole(Place.NONE, number));
        }

        /** Appends the value {@code true}. */
        public Fields withTrue(String name) {
            return with(name, new Truth(Place.NONE, true));
        }
    }

    /**
     * A field of an object.
     *
     * @param place where its name starts
     * @param value what it holds
     */
    record Member(Place place, Value value) {}

    /**
     * An array.
     *
     * @param place where it starts
     * @param values its items in the order of the text
     */
    record Items(Place place, List<Value> values) implements Value {
        /** An array of values that were not read. */
        public static Items of(List<? extends Value> values) {
            return new Items(Place.NONE, List.copyOf(values));
        }

        /** An array of texts that were not read. */
        public static Items ofTexts(List<String> texts) {
            List<Value> values = new ArrayList<>();
            texts.forEach(text -> values.add(new Text(Place.NONE, text)));
            return of(values);
        }
    }

    /**
     * A string of whole Unicode characters.
     *
     * @param place where it starts
     * @param text its content
     */
    record Text(Place place, String text) implements Value {}

    /**
     * An integer.
     *
     * @param place where it starts
     * @param number from -(2^53 - 1) to 2^53 - 1, which every reader of JSON keeps exactly
     */
    record Whole(Place place, long number) implements Value {}

    /**
     * A boolean.
     *
     * @param place where it starts
     * @param truth its value
     */
    record Truth(Place place, boolean truth) implements Value {}

    /**
     * Something that is not allowed and was reported already; asking for it reports nothing more.
     *
     * @param place where it starts
     */
    record Refused(Place place) implements Value {}
}
