package org.witan.chain.rocks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Block;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Vote;
import org.witan.chain.rocks.column.Column;
import org.witan.chain.store.StoreFailed;
import org.witan.genesis.crypto.Hash;

/**
 * What stands above the finalized view. Its keys are few and kept in memory, so that a commit knows
 * what to delete without a search. Confined to the writer.
 */
final class Unfinalized {
    private final Columns columns;
    private final SortedSet<Place> votes = new TreeSet<>();
    private final SortedSet<Place> certificates = new TreeSet<>();
    private final Map<Hash, Long> bodies = new LinkedHashMap<>();

    Unfinalized(Columns columns) {
        this.columns = columns;
        columns.votes.all().forEach(item -> votes.add(item.key()));
        columns.certificates.all().forEach(item -> certificates.add(item.key()));
        columns.bodies.all().forEach(item -> bodies.put(item.key(), item.value()));
    }

    List<Vote> votes() {
        return columns.votes.all().stream().map(Column.Item::value).toList();
    }

    List<Certificate> certificates() {
        return columns.certificates.all().stream().map(Column.Item::value).toList();
    }

    /** Ascending by height, then by hash. */
    List<Block> bodies() {
        List<Block> blocks = new ArrayList<>();
        for (Hash hash : bodies.keySet()) {
            blocks.add(
                    columns.blocks
                            .get(hash)
                            .orElseThrow(
                                    () -> new StoreFailed("the body of " + hash + " is gone")));
        }
        blocks.sort(Comparator.comparingLong(Block::height).thenComparing(Block::hash));
        return blocks;
    }

    boolean hasBody(Hash hash) {
        return bodies.containsKey(hash);
    }

    void add(WriteBatch batch, Vote vote) throws RocksDBException {
        Place place = Place.of(vote.ballot());
        votes.add(place);
        columns.votes.put(batch, place, vote);
    }

    /** Keeps the first certificate of a place; a second one says the same. */
    void add(WriteBatch batch, Certificate certificate) throws RocksDBException {
        Place place = Place.of(certificate.ballot());
        if (certificates.add(place)) {
            columns.certificates.put(batch, place, certificate);
        }
    }

    void add(WriteBatch batch, Block block) throws RocksDBException {
        if (bodies.put(block.hash(), block.height()) == null) {
            columns.blocks.put(batch, block.hash(), block);
            columns.bodies.put(batch, block.hash(), block.height());
        }
    }

    /** Drops the bodies that can no longer be committed; the committed one stays in its column. */
    void committed(WriteBatch batch, Block block) throws RocksDBException {
        var each = bodies.entrySet().iterator();
        while (each.hasNext()) {
            var body = each.next();
            if (body.getValue() <= block.height()) {
                columns.bodies.delete(batch, body.getKey());
                if (!body.getKey().equals(block.hash())) {
                    columns.blocks.delete(batch, body.getKey());
                }
                each.remove();
            }
        }
    }

    /** Drops votes and certificates up to the finalized view. */
    void finalized(WriteBatch batch, Ballot limit) throws RocksDBException {
        while (!votes.isEmpty() && votes.first().isUpTo(limit)) {
            columns.votes.delete(batch, votes.removeFirst());
        }
        while (!certificates.isEmpty() && certificates.first().isUpTo(limit)) {
            columns.certificates.delete(batch, certificates.removeFirst());
        }
    }
}
