package org.witan.genesis.membership;

import java.util.Arrays;
import java.util.List;
import org.witan.genesis.codec.Codec;

/**
 * The network rules in force: parameters that validity or timing of all nodes depends on.
 *
 * <p>Set by the genesis file, changed only through the ledger.
 *
 * @param networkDelayMillis bound on one message's way that timers start from (Δ), 10 to 10 000
 * @param blockMaxBytes greatest size of a block's body, 64 KiB to 4 MiB
 * @param blockMaxTransactions greatest number of transactions in a block, 1 to 65 535
 * @param blockMinIntervalMillis pause that a leader keeps between blocks, 0 to 10 000
 * @param heartbeatSeconds an idle network makes one empty block in this time, 1 to 86 400
 * @param entryMaxBytes greatest size of an entry's value, 1 KiB to 192 KiB
 * @param changeLifetimeBlocks heights after which an open change expires, 10 to 10 000 000
 * @param minimumValidators least size of the validator set, 1 to 100
 */
public record Rules(
        int networkDelayMillis,
        int blockMaxBytes,
        int blockMaxTransactions,
        int blockMinIntervalMillis,
        int heartbeatSeconds,
        int entryMaxBytes,
        int changeLifetimeBlocks,
        int minimumValidators) {
    /** What a draft starts with. */
    public static final Rules DEFAULT = new Rules(100, 1 << 20, 4096, 20, 60, 1 << 16, 100_000, 4);

    /** Eight u31 in the order of the components. */
    public static final Codec<Rules> CODEC =
            new Codec<>(
                    (rules, out) ->
                            out.u31(rules.networkDelayMillis)
                                    .u31(rules.blockMaxBytes)
                                    .u31(rules.blockMaxTransactions)
                                    .u31(rules.blockMinIntervalMillis)
                                    .u31(rules.heartbeatSeconds)
                                    .u31(rules.entryMaxBytes)
                                    .u31(rules.changeLifetimeBlocks)
                                    .u31(rules.minimumValidators),
                    in -> {
                        Rules rules =
                                new Rules(
                                        in.u31(), in.u31(), in.u31(), in.u31(), in.u31(), in.u31(),
                                        in.u31(), in.u31());
                        List<String> problems = rules.problems();
                        if (!problems.isEmpty()) {
                            throw in.refuse(problems.getFirst());
                        }
                        return rules;
                    });

    /** A sentence for each rule that is out of its range, in the order of the components. */
    public List<String> problems() {
        return Arrays.stream(Parameter.values())
                .flatMap(parameter -> parameter.problem(this).stream())
                .toList();
    }
}
