package org.witan.chain.rocks.column;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.witan.chain.store.StoreFailed;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Decoded;

/**
 * One column family: a sorted map whose keys and values have one encoding each.
 *
 * <p>Reading is safe for any thread. Writing appends to a batch.
 *
 * @param <K> keys, ordered as their encodings
 * @param <V> values
 */
public final class Column<K, V> {
    private final Database database;
    private final String name;
    private final ColumnFamilyHandle family;
    private final Codec<K> keys;
    private final Codec<V> values;

    /** The column of this name in an open database. */
    public Column(Database database, String name, Codec<K> keys, Codec<V> values) {
        this.database = database;
        this.name = name;
        this.family = database.handle(name);
        this.keys = keys;
        this.values = values;
    }

    /**
     * A key and its value.
     *
     * @param <K> see the column
     * @param <V> see the column
     */
    public record Item<K, V>(K key, V value) {}

    /** The value of a key. */
    public Optional<V> get(K key) {
        return bytes(key).map(bytes -> ours(values, bytes));
    }

    /** The value as it was written, not decoded. */
    public Optional<byte[]> bytes(K key) {
        database.enter();
        try {
            return Optional.ofNullable(database.db().get(family, keys.encode(key)));
        } catch (RocksDBException e) {
            throw new StoreFailed("reading " + name, e);
        } finally {
            database.leave();
        }
    }

    /** The first item whose key is {@code from} or above. */
    public Optional<Item<K, V>> ceiling(K from) {
        List<Item<K, V>> first = new ArrayList<>(1);
        scan(
                keys.encode(from),
                (key, value) -> {
                    first.add(new Item<>(key, value));
                    return false;
                });
        return first.stream().findFirst();
    }

    /** Every item, ascending; for columns that are small by their nature. */
    public List<Item<K, V>> all() {
        List<Item<K, V>> items = new ArrayList<>();
        scan(new byte[0], (key, value) -> items.add(new Item<>(key, value)));
        return items;
    }

    /** Gives the items from {@code from} on to {@code more}, ascending, until it says false. */
    public void from(K from, BiPredicate<K, V> more) {
        scan(keys.encode(from), more);
    }

    private void scan(byte[] from, BiPredicate<K, V> more) {
        database.enter();
        try (RocksIterator cursor = database.db().newIterator(family)) {
            boolean wanted = true;
            for (cursor.seek(from); wanted && cursor.isValid(); cursor.next()) {
                wanted = more.test(ours(keys, cursor.key()), ours(values, cursor.value()));
            }
            // isValid() is false at the end, but also after an I/O error.
            cursor.status();
        } catch (RocksDBException e) {
            throw new StoreFailed("walking " + name, e);
        } finally {
            database.leave();
        }
    }

    /** Sets a value with the batch. */
    public void put(WriteBatch batch, K key, V value) throws RocksDBException {
        batch.put(family, keys.encode(key), values.encode(value));
    }

    /** Removes a key with the batch. */
    public void delete(WriteBatch batch, K key) throws RocksDBException {
        batch.delete(family, keys.encode(key));
    }

    /** Deletes a key that was put exactly once since it last was deleted. */
    public void deleteOnce(WriteBatch batch, K key) throws RocksDBException {
        batch.singleDelete(family, keys.encode(key));
    }

    /** We wrote these bytes, so failing to read them is corruption: stop rather than guess. */
    private <T> T ours(Codec<T> codec, byte[] bytes) {
        return switch (codec.decode(bytes)) {
            case Decoded.Ok<T>(var value) -> value;
            case Decoded.Bad<T>(var offset, var why) ->
                    throw new StoreFailed(
                            "%s is corrupt at byte %d of %s: %s"
                                    .formatted(name, offset, head(bytes), why));
        };
    }

    private static String head(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(Arrays.copyOf(bytes, Math.min(bytes.length, 16)));
    }
}
