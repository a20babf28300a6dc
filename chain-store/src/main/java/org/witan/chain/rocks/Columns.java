package org.witan.chain.rocks;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Block;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Evidence;
import org.witan.chain.block.Receipt;
import org.witan.chain.block.Vote;
import org.witan.chain.merkle.TreeKey;
import org.witan.chain.merkle.TreePage;
import org.witan.chain.rocks.column.Column;
import org.witan.chain.rocks.column.Database;
import org.witan.chain.state.StatePath;
import org.witan.chain.store.EpochLink;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Reader;
import org.witan.genesis.crypto.Hash;

/** Rule D2: every column family, with the types of its keys and values. */
final class Columns {
    static final Codec<Long> NUMBER = new Codec<>((n, out) -> out.u63(n), in -> in.u63());
    static final Codec<String> NAME =
            new Codec<>((name, out) -> out.text8(name), in -> in.text8(255));
    static final Codec<byte[]> BYTES =
            new Codec<>((bytes, out) -> out.fixed(bytes), in -> in.fixed(in.left()));

    /** The bytes alone, so that the order of the column is that of the paths. */
    static final Codec<StatePath> PATH =
            new Codec<>((path, out) -> out.fixed(path.toBytes()), Columns::path);

    static final Codec<List<Receipt>> RECEIPTS =
            new Codec<>(
                    (list, out) -> out.list16(list, Receipt.CODEC),
                    in -> in.list16(0xffff, 9, Receipt.CODEC));

    static final Codec<Spot> SPOT =
            new Codec<>(
                    (spot, out) -> out.u63(spot.height).u16(spot.index),
                    in -> new Spot(in.u63(), in.u16()));

    /** Committed blocks, and those that are voted on, by hash. */
    final Column<Hash, Block> blocks;

    /** Height and hash of the blocks that are not committed. */
    final Column<Hash, Long> bodies;

    final Column<Long, HeightRecord> heights;
    final Column<Long, Certificate> finalizations;
    final Column<Place, Vote> votes;
    final Column<Place, Certificate> certificates;
    final Column<Long, EpochLink> epochs;
    final Column<Hash, Spot> transactions;
    final Column<Long, List<Receipt>> receipts;
    final Column<StatePath, byte[]> state;
    final Column<Replaced.Key, Optional<byte[]>> stateBefore;

    /** Every path that ever had a value: the tree knows their hashes only. */
    final Column<Hash, StatePath> paths;

    final Column<TreeKey, TreePage> tree;
    final Column<Long, Replaced> stale;
    final Column<Suspect, Evidence> evidence;
    final Column<String, byte[]> meta;

    Columns(Database database) {
        blocks = new Column<>(database, "blocks", Hash.CODEC, Block.CODEC);
        bodies = new Column<>(database, "bodies", Hash.CODEC, NUMBER);
        heights = new Column<>(database, "heights", NUMBER, HeightRecord.CODEC);
        finalizations = new Column<>(database, "finalizations", NUMBER, Certificate.CODEC);
        votes = new Column<>(database, "votes", Place.CODEC, Vote.CODEC);
        certificates = new Column<>(database, "certs", Place.CODEC, Certificate.CODEC);
        epochs = new Column<>(database, "epochs", NUMBER, EpochLink.CODEC);
        transactions = new Column<>(database, "transactions", Hash.CODEC, SPOT);
        receipts = new Column<>(database, "receipts", NUMBER, RECEIPTS);
        state = new Column<>(database, "state", PATH, BYTES);
        stateBefore = new Column<>(database, "state-before", Replaced.Key.CODEC, Replaced.VALUE);
        paths = new Column<>(database, "paths", Hash.CODEC, PATH);
        tree = new Column<>(database, "tree", TreeKey.CODEC, TreePage.CODEC);
        stale = new Column<>(database, "tree-stale", NUMBER, Replaced.CODEC);
        evidence = new Column<>(database, "evidence", Suspect.CODEC, Evidence.CODEC);
        meta = new Column<>(database, "meta", NAME, BYTES);
    }

    private static StatePath path(Reader in) {
        byte[] bytes = in.fixed(in.left());
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean bounded = bytes.length > 0 && bytes.length <= StatePath.MAX_BYTES;
        if (!bounded || !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
            throw in.refuse("a path has 1 to " + StatePath.MAX_BYTES + " bytes of UTF-8");
        }
        return StatePath.parse(text);
    }

    /**
     * Where a transaction stands.
     *
     * @param height of its block
     * @param index in the block
     */
    record Spot(long height, int index) {}

    /**
     * Who is accused of what: one proof for each.
     *
     * @param epoch its number
     * @param view attempt within the epoch
     * @param signer the validator's index in the epoch
     */
    record Suspect(long epoch, long view, int signer) {
        static final Codec<Suspect> CODEC =
                new Codec<>(
                        (suspect, out) ->
                                out.u63(suspect.epoch).u63(suspect.view).u16(suspect.signer),
                        in -> new Suspect(in.u63(), in.u63(), in.u16()));

        static Suspect of(Evidence evidence) {
            Ballot ballot = evidence.first().ballot();
            return new Suspect(ballot.epoch(), ballot.view(), evidence.first().signer());
        }
    }

    /** Names and uses, for opening. */
    static Map<String, Database.Use> uses() {
        Map<String, Database.Use> uses = new LinkedHashMap<>();
        for (String small :
                List.of(
                        "meta",
                        "bodies",
                        "heights",
                        "finalizations",
                        "votes",
                        "certs",
                        "epochs",
                        "receipts",
                        "state",
                        "state-before",
                        "tree-stale",
                        "evidence")) {
            uses.put(small, Database.Use.SMALL);
        }
        uses.put("transactions", Database.Use.DENSE);
        uses.put("paths", Database.Use.DENSE);
        uses.put("tree", Database.Use.DENSE);
        uses.put("blocks", Database.Use.BULK);
        return uses;
    }
}
