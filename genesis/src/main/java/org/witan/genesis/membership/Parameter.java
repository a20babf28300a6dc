package org.witan.genesis.membership;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * One of the network rules: its name, unit, range and value. The order is that of the components of
 * {@link Rules}.
 */
public enum Parameter {
    /** See {@link Rules#networkDelayMillis}. */
    NETWORK_DELAY("networkDelayMillis", "ms", 10, 10_000, Rules::networkDelayMillis),
    /** See {@link Rules#blockMaxBytes}. */
    BLOCK_BYTES("blockMaxBytes", "bytes", 1 << 16, 4 << 20, Rules::blockMaxBytes),
    /** See {@link Rules#blockMaxTransactions}. */
    BLOCK_TRANSACTIONS(
            "blockMaxTransactions", "transactions", 1, 65_535, Rules::blockMaxTransactions),
    /** See {@link Rules#blockMinIntervalMillis}. */
    BLOCK_INTERVAL("blockMinIntervalMillis", "ms", 0, 10_000, Rules::blockMinIntervalMillis),
    /** See {@link Rules#heartbeatSeconds}. */
    HEARTBEAT("heartbeatSeconds", "s", 1, 86_400, Rules::heartbeatSeconds),
    /** See {@link Rules#entryMaxBytes}. */
    ENTRY_BYTES("entryMaxBytes", "bytes", 1 << 10, 192 << 10, Rules::entryMaxBytes),
    /** See {@link Rules#changeLifetimeBlocks}. */
    CHANGE_LIFETIME("changeLifetimeBlocks", "blocks", 10, 10_000_000, Rules::changeLifetimeBlocks),
    /** See {@link Rules#minimumValidators}. */
    MINIMUM_VALIDATORS("minimumValidators", "validators", 1, 100, Rules::minimumValidators);

    private final String title;
    private final String unit;
    private final int least;
    private final int most;
    private final ToIntFunction<Rules> value;

    Parameter(String title, String unit, int least, int most, ToIntFunction<Rules> value) {
        this.title = title;
        this.unit = unit;
        this.least = least;
        this.most = most;
        this.value = value;
    }

    /** The names of all, in their order. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Parameter::title).toList();
    }

    /** As documents and people write it. */
    public String title() {
        return title;
    }

    /** What the value counts. */
    public String unit() {
        return unit;
    }

    /** Least value that is allowed. */
    public int least() {
        return least;
    }

    /** Greatest value that is allowed. */
    public int most() {
        return most;
    }

    /** The value that a draft starts with. */
    public int standard() {
        return of(Rules.DEFAULT);
    }

    /** Its value among {@code rules}. */
    public int of(Rules rules) {
        return value.applyAsInt(rules);
    }

    /** A sentence if its value among {@code rules} is out of its range. */
    Optional<String> problem(Rules rules) {
        int present = of(rules);
        return present < least || present > most
                ? Optional.of(title + " is " + present + ", allowed are " + least + " to " + most)
                : Optional.empty();
    }
}
