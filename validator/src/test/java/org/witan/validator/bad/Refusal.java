package org.witan.validator.bad;

import org.witan.genesis.failure.OperatorError;

/**
 * What is said of an input that is refused.
 *
 * @param what is wrong
 * @param why what was found
 * @param fix what to try
 */
record Refusal(String what, String why, String fix) {
    static Refusal of(OperatorError error) {
        return new Refusal(error.what(), error.why(), error.fix());
    }

    String all() {
        return what + "\n" + why + "\n" + fix;
    }
}
