package org.witan.genesis.membership;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;

/**
 * All that consensus reads: protocol level, rules, and the validator set with its keys.
 *
 * <p>Its {@link #hash} stands in every header, vote and certificate. It is in force for one epoch;
 * the boundary block that ends an epoch names the next one.
 *
 * <p>Wire v1: version u8, protocol level u16, rules, validators u16 count. Golden: {@code
 * configuration.v1.hex}.
 *
 * @param protocolLevel which rules of validity apply, from 1
 * @param rules the parameters
 * @param validators 1 to 100, strictly ascending by id
 */
public record Configuration(int protocolLevel, Rules rules, List<Validator> validators) {
    /** Greatest size of a validator set. */
    public static final int MAX_VALIDATORS = 100;

    /** See the type. */
    public static final Codec<Configuration> CODEC =
            new Codec<>(
                    (configuration, out) -> {
                        out.u8(1).u16(configuration.protocolLevel);
                        Rules.CODEC.write(configuration.rules, out);
                        out.list16(configuration.validators, Validator.CODEC);
                    },
                    in -> {
                        in.version(1);
                        int level = in.u16();
                        Rules rules = Rules.CODEC.read(in);
                        List<Validator> set = in.list16(MAX_VALIDATORS, 38, Validator.CODEC);
                        if (set.isEmpty() || !ascends(set)) {
                            throw in.refuse("validators must be at least one, ascending by id");
                        }
                        return new Configuration(level, rules, set);
                    });

    /**
     * Sorts and checks the set.
     *
     * @throws IllegalArgumentException if it is empty, too large or names an id twice
     */
    public Configuration {
        validators = validators.stream().sorted(Comparator.comparing(Validator::id)).toList();
        if (validators.isEmpty() || validators.size() > MAX_VALIDATORS || !ascends(validators)) {
            throw new IllegalArgumentException("1 to 100 validators, each id once");
        }
    }

    /** SHA-256 of the encoding behind its tag. */
    public Hash hash() {
        return Digest.tagged("witan/configuration/1").add(CODEC.encode(this)).done();
    }

    /** How many of this set decide. */
    public Quorum quorum() {
        return new Quorum(validators.size());
    }

    /** The place of a member in the set, from 0, by binary search; empty for others. */
    public OptionalInt indexOf(NodeId id) {
        int low = 0;
        int high = validators.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = validators.get(middle).id().compareTo(id);
            if (order == 0) {
                return OptionalInt.of(middle);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return OptionalInt.empty();
    }

    private static boolean ascends(List<Validator> set) {
        for (int i = 1; i < set.size(); i++) {
            if (set.get(i - 1).id().compareTo(set.get(i).id()) >= 0) {
                return false;
            }
        }
        return true;
    }
}
