package org.witan.validator.bad;

import java.util.List;
import java.util.Optional;

/**
 * One kind of input.
 *
 * @param folder where its bad files stand
 * @param ending of their names
 * @param good an input that is taken
 * @param reader who takes it
 * @param bad those that are refused
 */
record Kind(String folder, String ending, byte[] good, Reader reader, List<BadInput> bad) {
    /** Takes an input. */
    @FunctionalInterface
    interface Reader {
        /** What is said against it; empty if it is taken. */
        Optional<Refusal> read(byte[] input) throws Exception;
    }

    @Override
    public String toString() {
        return folder;
    }
}
