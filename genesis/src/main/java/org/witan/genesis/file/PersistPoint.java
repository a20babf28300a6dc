package org.witan.genesis.file;

/**
 * Every moment at which a node makes something durable, by name: what a power cut there leaves is
 * stated here, and tests cut it there.
 *
 * <p>Whoever writes to the disk does it through {@link #write}; {@code PersistPointsTest} fails for
 * one who does not. In a running node this costs nothing: nobody watches. Any thread.
 */
public enum PersistPoint {
    /** The first content of a database, one batch: the genesis, or an empty database. */
    STORE_MADE,
    /** A part of the index of paths; the next start makes all of it again. */
    PATHS_PART,
    /** The mark that the index of paths is whole. */
    PATHS_DONE,
    /**
     * What a turn of the node decided, one batch: votes, certificates, blocks with their states,
     * epochs, evidence, and what pruning drops. All of it, or nothing.
     */
    TURN,
    /** The content of a new high-water mark, under another name. */
    MARK_CONTENT,
    /** The new high-water mark gets its name. */
    MARK_MADE,
    /** One more start, in the older slot of the mark. */
    MARK_BOOTED,
    /** Votes and a tip, in the older slot; the database has them already. */
    MARK_PROMISED,
    /** Before a snapshot is put in its place: what this key signed before is not known. */
    MARK_DOUBTED,
    /** What an earlier attempt to install a snapshot left is removed. */
    BASE_CLEARED,
    /** A chunk of a snapshot, in a database beside the one in use. */
    BASE_CHUNK,
    /** What makes those chunks a ledger. */
    BASE_HEAD,
    /** All of them in tables. */
    BASE_TABLES,
    /** The database that holds the genesis only goes aside. */
    BASE_OLD_ASIDE,
    /** The installed one takes its name: from here on the ledger begins with the snapshot. */
    BASE_IN_PLACE,
    /** The one that went aside is removed. */
    BASE_OLD_REMOVED,
    /** A base or a chunk that was verified, to be verified again when it is read. */
    STAGING_RECORD,
    /** What does not hold is cut off the staging file. */
    STAGING_CUT,
    /** The staging file is removed. */
    STAGING_REMOVED,
    /** The content of a small file, under another name: keys, documents, checkpoints. */
    FILE_CONTENT,
    /** A small file that was not there gets its name. */
    FILE_NAMED,
    /** A small file takes the place of another one. */
    FILE_REPLACED;

    private static final Witness NOBODY =
            new Witness() {
                @Override
                public void before(PersistPoint point) {}

                @Override
                public void after(PersistPoint point) {}
            };

    private static final ScopedValue<Witness> WITNESS = ScopedValue.newInstance();

    /** Sees what is durable before and after each write; what it throws ends the writer. */
    public interface Witness {
        /** Nothing of the write has happened. */
        void before(PersistPoint point);

        /** All of it has, as far as this process can tell. */
        void after(PersistPoint point);
    }

    /** Something that writes. */
    @FunctionalInterface
    public interface Write<E extends Exception> {
        /** Writes. */
        void run() throws E;
    }

    /** Writes at this point. */
    public <E extends Exception> void write(Write<E> write) throws E {
        Witness witness = WITNESS.orElse(NOBODY);
        witness.before(this);
        write.run();
        witness.after(this);
    }

    /** Does the work with a witness at each point that this thread comes to meanwhile. */
    public static void witnessed(Witness witness, Runnable work) {
        ScopedValue.where(WITNESS, witness).run(work);
    }
}
