package org.witan.chain.rocks;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.VoteKind;
import org.witan.chain.merkle.TreeKey;
import org.witan.chain.merkle.TreePage;
import org.witan.chain.merkle.TreeRoot;
import org.witan.chain.merkle.TreeUpdate;
import org.witan.chain.rocks.column.Database;
import org.witan.chain.rocks.guard.HighWaterMark;
import org.witan.chain.rocks.guard.Mark;
import org.witan.chain.rocks.guard.StoreLock;
import org.witan.chain.store.Base;
import org.witan.chain.store.EpochLink;
import org.witan.chain.store.StateChunk;
import org.witan.chain.store.StoreFailed;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.Check;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.file.PersistPoint;
import org.witan.genesis.membership.Founding;

/**
 * Makes a store that begins with a base, in place of one that holds the genesis only: {@link #add}
 * for each chunk in order, then {@link #finish}.
 *
 * <p>The database is built in a folder of its own, which takes the place of the other one by a
 * rename when it is durable: after a crash either all of it is there or nothing. One thread.
 * Source: docs/protocol/ledger.md, D13.
 */
public final class BaseInstall implements AutoCloseable {
    /**
     * Views above the base in which a node may have voted whose mark is lost: it has seen the
     * finalization of the base, so the others were not far.
     */
    static final long UNKNOWN_VIEWS = 8;

    private final StoreSettings settings;
    private final Founding founding;
    private final Base base;
    private final StoreLock lock;
    private final Database database;
    private final Columns columns;

    /** Pages on the way to the last leaf so far, which the next chunk may still change. */
    private final SortedMap<TreeKey, TreePage> open = new TreeMap<>();

    private TreeRoot root = TreeRoot.EMPTY;
    private Optional<Hash> next = Optional.of(Hash.NONE);

    private BaseInstall(StoreSettings settings, Founding founding, Base base, StoreLock lock) {
        this.settings = settings;
        this.founding = founding;
        this.base = base;
        this.lock = lock;
        try {
            checkEmpty(settings);
            PersistPoint.BASE_CLEARED.write(() -> remove(fresh()));
            Files.createDirectories(fresh());
        } catch (IOException e) {
            throw new StoreFailed("making " + fresh(), e);
        }
        database = new Database(fresh(), settings.memory(), Columns.uses());
        columns = new Columns(database);
    }

    /**
     * Begins; what an earlier attempt left is removed.
     *
     * @param base verified
     * @throws OperatorError {@code STORE_NOT_EMPTY} if blocks would be lost, {@code STORE_IN_USE}
     *     if a process has the store
     */
    public static BaseInstall begin(StoreSettings settings, Founding founding, Base base) {
        StoreLock lock = StoreLock.take(settings.lock());
        try {
            return new BaseInstall(settings, founding, base, lock);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Adds a part of the state.
     *
     * @param chunk verified against the base's state root; begins where the one before ended
     */
    public void add(StateChunk chunk) {
        Check.invariant(
                next.filter(chunk.from()::equals).isPresent(), "chunk %s", chunk.from().shortHex());
        SortedMap<Hash, Optional<Hash>> leaves = new TreeMap<>();
        chunk.leaves().forEach((path, value) -> leaves.put(path, Optional.of(value)));
        TreeUpdate update = TreeUpdate.apply(this::page, root, base.height(), leaves);
        root = update.root();
        open.putAll(update.added());
        try (WriteBatch batch = new WriteBatch()) {
            for (StateChunk.Item item : chunk.items()) {
                columns.state.put(batch, item.path(), item.value());
                columns.paths.put(batch, item.path().hash(), item.path());
            }
            writePages(batch, Optional.of(chunk.to()));
            database.write(PersistPoint.BASE_CHUNK, batch, false);
        } catch (RocksDBException e) {
            throw new StoreFailed("writing a chunk", e);
        }
        next = StateChunk.after(chunk.to());
    }

    /**
     * Makes the store durable and puts it in its place.
     *
     * @throws StoreFailed if the chunks do not give the base's state, or the disk fails
     */
    public void finish() {
        if (next.isPresent() || !root.hash().equals(base.stateRoot())) {
            throw new StoreFailed("the chunks do not give the state of height " + base.height());
        }
        try (WriteBatch batch = new WriteBatch()) {
            writePages(batch, Optional.empty());
            writeHead(batch);
            database.write(PersistPoint.BASE_HEAD, batch, true);
        } catch (RocksDBException e) {
            throw new StoreFailed("writing the base", e);
        }
        database.flush();
        doubtVotes();
        database.close();
        try {
            replace();
        } catch (IOException e) {
            throw new StoreFailed("putting the new database in its place", e);
        }
    }

    /** Ends; without {@link #finish} nothing has happened. */
    @Override
    public void close() {
        try (lock) {
            database.close();
        }
    }

    private Optional<TreePage> page(TreeKey key) {
        TreePage here = open.get(key);
        return here != null ? Optional.of(here) : columns.tree.get(key);
    }

    /** Writes the pages that no later chunk changes, so that each is written exactly once. */
    private void writePages(WriteBatch batch, Optional<Hash> last) throws RocksDBException {
        for (var all = open.entrySet().iterator(); all.hasNext(); ) {
            var page = all.next();
            TreeKey key = page.getKey();
            boolean onTheWay =
                    last.filter(to -> TreeKey.of(base.height(), key.depth(), to).equals(key))
                            .isPresent();
            if (!onTheWay) {
                columns.tree.put(batch, key, page.getValue());
                all.remove();
            }
        }
    }

    private void writeHead(WriteBatch batch) throws RocksDBException {
        long height = base.height();
        Meta meta = new Meta(columns.meta);
        meta.create(batch, founding, NewStore.instance(settings));
        meta.height(batch, height);
        meta.oldestState(batch, height);
        meta.base(batch, height);
        meta.finalized(batch, base.finalization().ballot());
        HeightRecord record = new HeightRecord(base.header().hash(), root.version(), base.header());
        columns.heights.put(batch, height, record);
        columns.finalizations.put(batch, height, base.finalization());
        for (EpochLink link : base.links()) {
            columns.epochs.put(batch, link.number(), link);
        }
    }

    /** A node without a mark may have voted before it lost it; it waits until that is history. */
    private void doubtVotes() {
        Optional<HighWaterMark> found = HighWaterMark.open(settings.mark());
        if (found.isEmpty()) {
            String instance = new Meta(columns.meta).instance();
            Mark none = new Mark(0, instance, 0, 0, Optional.empty(), 0, Hash.NONE);
            HighWaterMark.create(settings.mark(), none.voted(unknownVote())).close();
            return;
        }
        try (HighWaterMark file = found.get()) {
            if (file.mark().highest().isEmpty() && file.mark().height() == 0) {
                file.write(PersistPoint.MARK_DOUBTED, file.mark().voted(unknownVote()));
            }
        }
    }

    private Ballot unknownVote() {
        boolean boundary = base.header().isBoundary();
        return new Ballot(
                VoteKind.NULLIFY,
                base.header().epoch() + (boundary ? 1 : 0),
                Hash.NONE,
                (boundary ? 0 : base.header().view()) + UNKNOWN_VIEWS,
                Hash.NONE);
    }

    private void replace() throws IOException {
        Path old = settings.folder().resolve("db-old");
        remove(old);
        if (Files.exists(settings.database())) {
            PersistPoint.BASE_OLD_ASIDE.write(() -> Files.move(settings.database(), old));
        }
        PersistPoint.BASE_IN_PLACE.write(() -> Files.move(fresh(), settings.database()));
        try (FileChannel folder = FileChannel.open(settings.folder().toAbsolutePath())) {
            folder.force(true);
        }
        PersistPoint.BASE_OLD_REMOVED.write(() -> remove(old));
    }

    private Path fresh() {
        return settings.folder().resolve("db-new");
    }

    private static void checkEmpty(StoreSettings settings) {
        if (!Files.exists(settings.database().resolve("CURRENT"))) {
            return;
        }
        try (Database there =
                new Database(settings.database(), settings.memory(), Columns.uses())) {
            Meta meta = new Meta(new Columns(there).meta);
            if (!meta.isNew() && meta.height() > 0) {
                throw new OperatorError(
                        ExitCode.REFUSED_FOR_SAFETY,
                        "STORE_NOT_EMPTY",
                        "the store in " + settings.folder() + " holds blocks",
                        "it ends at height " + meta.height() + ", and a snapshot would replace it",
                        "start without a snapshot: the node fetches the blocks that it lacks");
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
