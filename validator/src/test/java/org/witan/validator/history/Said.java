package org.witan.validator.history;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a client asked or was told; empty where it does not apply.
 *
 * @param key what is written or read, with its owner before the first slash
 * @param node who was asked
 * @param tx id of the transaction, in hex
 * @param value what was written or read; every write has a value of its own
 * @param expected the version that a {@code cas} wants to find
 * @param version the entry's version after a write, or the one that a read or a conflict found
 * @param pos where the transaction stands; for a read the height whose state was read, index 0
 * @param err why it failed, or why its end is not known
 */
public record Said(
        String key,
        String node,
        String tx,
        OptionalLong value,
        OptionalLong expected,
        OptionalLong version,
        Optional<Position> pos,
        String err) {
    /** Something about a key at a node, with nothing else known. */
    public static Said of(String key, String node) {
        OptionalLong no = OptionalLong.empty();
        return new Said(key, node, "", no, no, no, Optional.empty(), "");
    }

    /** The same at another node. */
    public Said at(String other) {
        return new Said(key, other, tx, value, expected, version, pos, err);
    }

    /** The same with the id of its transaction. */
    public Said tx(String id) {
        return new Said(key, node, id, value, expected, version, pos, err);
    }

    /** The same with what is written or was read. */
    public Said value(long number) {
        return new Said(key, node, tx, OptionalLong.of(number), expected, version, pos, err);
    }

    /** The same with the version that it wants to find. */
    public Said expected(long number) {
        return new Said(key, node, tx, value, OptionalLong.of(number), version, pos, err);
    }

    /** The same with the version that was made or found. */
    public Said version(long number) {
        return new Said(key, node, tx, value, expected, OptionalLong.of(number), pos, err);
    }

    /** The same with its place. */
    public Said pos(long height, int index) {
        Position place = new Position(height, index);
        return new Said(key, node, tx, value, expected, version, Optional.of(place), err);
    }

    /** The same with a reason. */
    public Said err(String reason) {
        return new Said(key, node, tx, value, expected, version, pos, reason);
    }
}
