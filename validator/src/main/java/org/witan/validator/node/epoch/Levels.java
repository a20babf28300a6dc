package org.witan.validator.node.epoch;

import org.witan.chain.state.StateReader;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;

/**
 * What a node does about a protocol level that its program does not speak: it stops, by its own
 * rules it could only disagree. Source: docs/protocol/governance.md, GV13.
 */
public final class Levels {
    private Levels() {}

    /**
     * Refuses to run on a ledger whose next block is of a level that this program does not speak.
     *
     * @param speaks the greatest level that it speaks
     * @throws OperatorError LEVEL_TOO_LOW
     */
    public static void require(StateReader newest, int speaks) {
        int level = newest.configuration().protocolLevel();
        if (level > speaks) {
            throw error(sentence(level, speaks));
        }
    }

    /** Why, for the operator. */
    public static String sentence(int level, int speaks) {
        return "protocol level " + level + " is in force, and this program speaks up to " + speaks;
    }

    /** The error that ends the process; its exit code is one that no supervisor starts again. */
    public static OperatorError error(String why) {
        return new OperatorError(
                ExitCode.REFUSED_FOR_SAFETY,
                "LEVEL_TOO_LOW",
                "this program is too old for the network",
                why,
                "install the release that the network has agreed on, and start again: the home"
                        + " is whole, and nothing is to be fetched anew");
    }
}
