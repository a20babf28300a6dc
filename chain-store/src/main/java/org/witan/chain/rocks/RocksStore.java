package org.witan.chain.rocks;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BiPredicate;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Block;
import org.witan.chain.merkle.TreeRoot;
import org.witan.chain.rocks.column.Database;
import org.witan.chain.rocks.column.Scrub;
import org.witan.chain.rocks.guard.HighWaterMark;
import org.witan.chain.rocks.guard.StoreLock;
import org.witan.chain.state.StatePath;
import org.witan.chain.store.Recovered;
import org.witan.chain.store.Store;
import org.witan.chain.store.StoreFailed;
import org.witan.chain.store.StoreWrite;
import org.witan.chain.store.StoreWrite.Commit;
import org.witan.chain.store.Tip;
import org.witan.genesis.failure.Check;
import org.witan.genesis.file.PersistPoint;
import org.witan.genesis.membership.Founding;

/**
 * The store on disk. {@link #apply} and {@link #close} belong to the node loop, the rest to
 * anybody.
 *
 * <p>One call of {@link #apply} is one atomic write to one log, synced on demand; a promise is then
 * noted in the high-water mark, which costs one more sync of one block.
 */
public final class RocksStore extends RocksLedger implements Store {
    private final StoreSettings settings;
    private final Opened opened;
    private final Unfinalized unfinalized;
    private final CommitWriter writer;
    private final VoteGuard guard;
    private final Recovered recovered;
    private Optional<Ballot> finalized;
    private boolean failed;

    /** What is open, in the order of opening. */
    private record Opened(StoreLock lock, Database database, Columns columns, Meta meta)
            implements AutoCloseable {
        Opened(StoreLock lock, Database database) {
            this(lock, database, new Columns(database));
        }

        private Opened(StoreLock lock, Database database, Columns columns) {
            this(lock, database, columns, new Meta(columns.meta));
        }

        @Override
        public void close() {
            try (lock) {
                database.close();
            }
        }
    }

    private RocksStore(StoreSettings settings, Opened opened) {
        super(opened.columns, opened.meta);
        this.settings = settings;
        this.opened = opened;
        unfinalized = new Unfinalized(columns);
        writer = new CommitWriter(columns, pages);
        finalized = opened.meta.finalized();
        guard =
                VoteGuard.open(
                        settings,
                        HighWaterMark.open(settings.mark()),
                        opened.meta.instance(),
                        tip());
        try {
            guard.compare(columns, opened.meta, tip());
        } catch (RuntimeException e) {
            guard.close();
            throw e;
        }
        recovered =
                new Recovered(
                        unfinalized.votes(),
                        unfinalized.certificates(),
                        unfinalized.bodies(),
                        guard.hindrance().isEmpty(),
                        guard.hindrance().orElse(""),
                        guard.past());
    }

    /**
     * Opens the store of a network, or makes it.
     *
     * @throws org.witan.genesis.failure.OperatorError if another process has it, or it belongs to
     *     another network or program
     * @throws StoreFailed if the disk fails or holds what was not written
     */
    public static RocksStore open(StoreSettings settings, Founding founding) {
        try {
            Files.createDirectories(settings.database());
        } catch (IOException e) {
            throw new StoreFailed("making " + settings.database(), e);
        }
        StoreLock lock = StoreLock.take(settings.lock());
        try {
            Database database =
                    new Database(settings.database(), settings.memory(), Columns.uses());
            try {
                return open(settings, founding, new Opened(lock, database));
            } catch (RuntimeException | Error e) {
                database.close();
                throw e;
            }
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    private static RocksStore open(StoreSettings settings, Founding founding, Opened opened) {
        boolean fresh = opened.meta.isNew();
        if (fresh) {
            VoteGuard.begin(settings, founding);
            NewStore.create(opened.database, opened.columns, founding, settings);
        }
        opened.meta.check(founding, settings);
        NewStore.indexPaths(opened.database, opened.columns);
        return new RocksStore(settings, opened);
    }

    @Override
    public void apply(List<StoreWrite> writes, boolean sync) {
        if (failed) {
            throw new StoreFailed("an earlier write failed; the store must be opened anew");
        }
        failed = true;
        Step step = new Step();
        try (WriteBatch batch = new WriteBatch()) {
            writing(heightAfter(writes));
            for (StoreWrite write : writes) {
                step.add(batch, write);
            }
            step.finish(batch);
            pruning(step.oldestState);
            opened.database.write(PersistPoint.TURN, batch, sync);
        } catch (RocksDBException e) {
            throw new StoreFailed("writing", e);
        }
        step.publish();
        if (sync) {
            guard.save();
        }
        failed = false;
    }

    private long heightAfter(List<StoreWrite> writes) {
        long commits = writes.stream().filter(write -> write instanceof Commit).count();
        return tip().height() + commits;
    }

    /** One call of apply: what becomes visible when its batch is written. */
    private final class Step {
        private Tip tip = tip();
        private TreeRoot root = state().treeRoot();
        private long oldestState = oldestState();

        void add(WriteBatch batch, StoreWrite write) throws RocksDBException {
            switch (write) {
                case StoreWrite.OwnVote(var vote) -> {
                    Check.invariant(guard.hindrance().isEmpty(), "a vote that is not allowed");
                    unfinalized.add(batch, vote);
                    guard.voted(vote.ballot());
                    opened.meta.votes(batch, guard.votes());
                }
                case StoreWrite.Certified(var certificate) -> unfinalized.add(batch, certificate);
                case StoreWrite.Body(var block) when block.height() > tip.height() ->
                        unfinalized.add(batch, block);
                case StoreWrite.Body _ -> {}
                case Commit commit -> commit(batch, commit);
                case StoreWrite.EpochStarted(var link) ->
                        columns.epochs.put(batch, link.number(), link);
                case StoreWrite.Accused(var evidence) -> {
                    Columns.Suspect suspect = Columns.Suspect.of(evidence);
                    if (columns.evidence.get(suspect).isEmpty()) {
                        columns.evidence.put(batch, suspect, evidence);
                    }
                }
            }
        }

        private void commit(WriteBatch batch, Commit commit) throws RocksDBException {
            Block block = commit.block();
            Check.invariant(
                    block.height() == tip.height() + 1
                            && block.header().parentHash().equals(tip.hash())
                            && block.header().stateRoot().equals(commit.after().root()),
                    "block %d does not follow %d",
                    block.height(),
                    tip.height());
            writer.write(batch, commit, unfinalized.hasBody(block.hash()));
            unfinalized.committed(batch, block);
            if (commit.finalization().isPresent()) {
                Ballot ballot = commit.finalization().get().ballot();
                finalized = Optional.of(ballot);
                unfinalized.finalized(batch, ballot);
                opened.meta.finalized(batch, ballot);
            }
            tip = new Tip(block.header(), block.hash(), commit.finalization());
            root = commit.after().treeRoot();
            oldestState = writer.prune(batch, oldestState, kept(tip.height()));
        }

        /** The oldest state to keep when the tip stands there. */
        private long kept(long tipHeight) {
            return Math.min(held(), tipHeight - settings.keepStates());
        }

        void finish(WriteBatch batch) throws RocksDBException {
            if (tip.height() > tip().height()) {
                opened.meta.height(batch, tip.height());
                opened.meta.oldestState(batch, oldestState);
            }
        }

        void publish() {
            if (tip.height() > tip().height()) {
                RocksStore.this.publish(tip, root);
                guard.committed(tip, finalized);
            }
        }
    }

    @Override
    public Recovered recovered() {
        return recovered;
    }

    @Override
    public Optional<String> voteHindrance() {
        return guard.hindrance();
    }

    /** Gives every value of the newest state, ascending by path, until {@code more} says false. */
    public void eachValue(BiPredicate<StatePath, byte[]> more) {
        columns.state.from(StatePath.FIRST, more);
    }

    /** Writes all that is in memory into tables. */
    void flush() {
        opened.database.flush();
    }

    /** Reads the whole store through, for what the disk may have lost. */
    public Scrub scrub() {
        return opened.database.scrub();
    }

    /** Bytes of finished tables by column. */
    public SortedMap<String, Long> sizes() {
        return opened.database.sizes();
    }

    /** 16 random bytes that name this store and go with its high-water mark. */
    public byte[] instanceName() {
        return HexFormat.of().parseHex(opened.meta.instance());
    }

    /** How often a process opened this store before this one. */
    public int boot() {
        return guard.boot();
    }

    @Override
    public long freeBytes() {
        return settings.freeBytes();
    }

    @Override
    public long totalBytes() {
        return settings.totalBytes();
    }

    @Override
    public void close() {
        try (opened) {
            guard.close();
        } catch (StoreFailed again) {
            // After a failed write, closing the log fails, too; that is told already.
            if (!failed) {
                throw again;
            }
        }
    }
}
