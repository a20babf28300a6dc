package org.witan.chain.rocks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.witan.chain.rocks.column.Database;
import org.witan.chain.store.StoreFailed;
import org.witan.genesis.failure.Check;
import org.witan.genesis.membership.Founding;

/**
 * Where the store lies and how much memory it may take.
 *
 * @param folder holds {@code db/}, {@code high-water.mark} and {@code lock}; made if missing
 * @param cacheBytes bound of the block cache that all columns share
 * @param writeBufferBytes bound of what all columns hold before they write a table
 * @param keepStates how many heights behind the tip their states stay readable, from 1
 */
public record StoreSettings(Path folder, long cacheBytes, long writeBufferBytes, int keepStates) {
    /** What a node takes unless it is told otherwise. */
    public static StoreSettings in(Path folder) {
        return new StoreSettings(folder, 32L << 20, 32L << 20, 64);
    }

    /** The same with another bound of the block cache. */
    public StoreSettings withCacheBytes(long bytes) {
        return new StoreSettings(folder, bytes, writeBufferBytes, keepStates);
    }

    /** The same with another number of states that stay readable. */
    public StoreSettings withKeepStates(int heights) {
        return new StoreSettings(folder, cacheBytes, writeBufferBytes, heights);
    }

    Database.Memory memory() {
        return new Database.Memory(cacheBytes, writeBufferBytes);
    }

    Path database() {
        return folder.resolve("db");
    }

    Path mark() {
        return folder.resolve("high-water.mark");
    }

    Path lock() {
        return folder.resolve("lock");
    }

    /**
     * Notes, where a store is to be made, that this node's key has voted before and that nobody
     * here remembers on what. Only for a folder that {@link #isVacant}.
     */
    public void noteLoss(Founding founding) {
        Check.invariant(isVacant(), "%s holds a store", folder);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StoreFailed("making " + folder, e);
        }
        VoteGuard.noteLoss(mark(), founding);
    }

    /** Whether there is neither a database nor a mark of what was voted. */
    public boolean isVacant() {
        return !Files.exists(mark()) && !Files.exists(database());
    }

    /** Bytes that are free where the store lies. */
    long freeBytes() {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw new StoreFailed("asking for free space", e);
        }
    }

    /** Size of the file system where the store lies. */
    long totalBytes() {
        try {
            return Files.getFileStore(folder).getTotalSpace();
        } catch (IOException e) {
            throw new StoreFailed("asking for free space", e);
        }
    }
}
