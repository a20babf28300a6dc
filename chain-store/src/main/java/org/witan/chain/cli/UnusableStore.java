package org.witan.chain.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.witan.chain.store.StoreFailed;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;

/** A failure of a store's disk in the words of an operator's error. */
public final class UnusableStore {
    private static final long ROOM_TO_OPEN = 1 << 20;

    private UnusableStore() {}

    /** What to say of the store in a folder. */
    public static OperatorError of(Path folder, StoreFailed failure) {
        String found = String.valueOf(failure.getMessage());
        return isFull(folder)
                ? new OperatorError(
                        ExitCode.STORAGE_FAILED,
                        "STORAGE_FAILED",
                        "there is no room for the store in " + folder,
                        found,
                        "df -h "
                                + folder
                                + "; free some, such as the ballast, and run it again:"
                                + " nothing in the store has to be moved or deleted")
                : new OperatorError(
                        ExitCode.STORAGE_FAILED,
                        "STORE_DAMAGED",
                        "the store in " + folder + " cannot be used",
                        found,
                        "df -h, dmesg; if the disk is well, move the folder db aside and start: the"
                                + " node fetches the ledger anew; keep high-water.mark in its"
                                + " place");
    }

    /** A database is written to when it is opened, even by who only reads it. */
    private static boolean isFull(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace() < ROOM_TO_OPEN;
        } catch (IOException unknown) {
            return false;
        }
    }
}
