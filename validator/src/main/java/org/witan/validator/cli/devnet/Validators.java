package org.witan.validator.cli.devnet;

import java.util.Optional;

/** The running validators of a devnet. */
interface Validators {
    /** Starts validator {@code i}, from 1; returns before it is ready. */
    void start(int i);

    /** Why validator {@code i} cannot become ready any more; empty while it can. */
    Optional<String> failure(int i);

    /** Whether each validator is a process of its own. */
    boolean separate();

    /** Ends all of them in an orderly way, and waits until they have ended. */
    void endAll();
}
