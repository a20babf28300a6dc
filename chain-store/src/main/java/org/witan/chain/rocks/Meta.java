package org.witan.chain.rocks;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.witan.chain.block.Ballot;
import org.witan.chain.rocks.column.Column;
import org.witan.chain.store.StoreFailed;
import org.witan.genesis.codec.Writer;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.Organisation;
import org.witan.genesis.words.SixWords;

/** Rule D3: what a store says about itself. */
final class Meta {
    /** The layout that this program writes. */
    static final long FORMAT = 1;

    private static final String FORMAT_KEY = "format";
    private static final String NETWORK = "network";
    private static final String FOUNDING = "founding";
    private static final String INSTANCE = "instance";
    private static final String HEIGHT = "height";
    private static final String VOTES = "votes";
    private static final String FINALIZED = "finalized";
    private static final String OLDEST_STATE = "oldest-state";
    private static final String PATHS = "paths";
    private static final String BASE = "base";

    private final Column<String, byte[]> column;

    Meta(Column<String, byte[]> column) {
        this.column = column;
    }

    boolean isNew() {
        return column.bytes(FORMAT_KEY).isEmpty();
    }

    void create(WriteBatch batch, Founding founding, String instance) throws RocksDBException {
        putNumber(batch, FORMAT_KEY, FORMAT);
        column.put(batch, NETWORK, founding.networkId().hash().toBytes());
        column.put(batch, FOUNDING, FoundingText.of(founding).getBytes(StandardCharsets.UTF_8));
        column.put(batch, INSTANCE, instance.getBytes(StandardCharsets.US_ASCII));
        putNumber(batch, VOTES, 0);
        putNumber(batch, OLDEST_STATE, 0);
        pathsAreIndexed(batch);
    }

    /**
     * Refuses a store of another layout or another network.
     *
     * @throws OperatorError saying which
     */
    void check(Founding founding, StoreSettings settings) {
        long format = number(FORMAT_KEY);
        if (format != FORMAT) {
            throw new OperatorError(
                    ExitCode.INVALID_CONFIGURATION,
                    "STORE_FORMAT",
                    "the store in %s has format %d".formatted(settings.folder(), format),
                    "this program knows format " + FORMAT,
                    format > FORMAT
                            ? "run the newer program that wrote the store"
                            : "run witan store migrate");
        }
        NetworkId ours = networkId();
        if (!ours.equals(founding.networkId())) {
            String difference =
                    FoundingText.firstDifference(
                            new String(required(FOUNDING), StandardCharsets.UTF_8),
                            FoundingText.of(founding));
            throw new OperatorError(
                    ExitCode.REFUSED_FOR_SAFETY,
                    "GENESIS_MISMATCH",
                    "the store in " + settings.folder() + " belongs to another network",
                    "store:   %s%ngenesis: %s%n%s"
                            .formatted(shown(ours), shown(founding.networkId()), difference),
                    "start with the genesis file of that network, or choose another folder");
        }
    }

    private static String shown(NetworkId id) {
        return id.shortName() + "  " + SixWords.of(id.hash());
    }

    NetworkId networkId() {
        return new NetworkId(Hash.of(required(NETWORK)));
    }

    String instance() {
        return new String(required(INSTANCE), StandardCharsets.US_ASCII);
    }

    /** The height that the ledger begins with; 0 if that is the genesis. */
    long base() {
        return column.bytes(BASE).isPresent() ? number(BASE) : 0;
    }

    void base(WriteBatch batch, long height) throws RocksDBException {
        putNumber(batch, BASE, height);
    }

    /** Whether the column of paths holds all that the state has. */
    boolean pathsAreIndexed() {
        return column.bytes(PATHS).isPresent();
    }

    void pathsAreIndexed(WriteBatch batch) throws RocksDBException {
        putNumber(batch, PATHS, 1);
    }

    long height() {
        return number(HEIGHT);
    }

    long votes() {
        return number(VOTES);
    }

    long oldestState() {
        return number(OLDEST_STATE);
    }

    /** Ballot of the finalization with the greatest view, empty before the first. */
    Optional<Ballot> finalized() {
        return column.bytes(FINALIZED).map(bytes -> Ballot.CODEC.decode(bytes).orThrow());
    }

    void height(WriteBatch batch, long height) throws RocksDBException {
        putNumber(batch, HEIGHT, height);
    }

    void votes(WriteBatch batch, long votes) throws RocksDBException {
        putNumber(batch, VOTES, votes);
    }

    void oldestState(WriteBatch batch, long height) throws RocksDBException {
        putNumber(batch, OLDEST_STATE, height);
    }

    void finalized(WriteBatch batch, Ballot ballot) throws RocksDBException {
        column.put(batch, FINALIZED, Ballot.CODEC.encode(ballot));
    }

    private void putNumber(WriteBatch batch, String key, long number) throws RocksDBException {
        column.put(batch, key, new Writer().u63(number).toBytes());
    }

    private long number(String key) {
        byte[] bytes = required(key);
        long number = 0;
        for (byte part : bytes) {
            number = number << 8 | part & 0xff;
        }
        return number;
    }

    private byte[] required(String key) {
        return column.bytes(key).orElseThrow(() -> new StoreFailed("meta lacks " + key));
    }

    /** Names of what {@link #create} writes, for tests of damage. */
    static List<String> keys() {
        return List.of(FORMAT_KEY, NETWORK, FOUNDING, INSTANCE, VOTES, OLDEST_STATE);
    }

    /** A founding as lines for people, kept in the store to say later what differs. */
    private static final class FoundingText {
        private FoundingText() {}

        static String of(Founding founding) {
            StringBuilder text = new StringBuilder();
            line(text, "name", founding.name());
            line(text, "created", founding.createdMillis());
            line(text, "devnet", founding.devnet());
            line(text, "protocol level", founding.protocolLevel());
            line(text, "rules", founding.rules());
            for (Organisation organisation : founding.organisations()) {
                line(
                        text,
                        "organisation " + organisation.id(),
                        organisation.governanceKey() + " " + organisation.recoveryKey());
            }
            for (Member member : founding.members()) {
                line(
                        text,
                        "validator " + member.id(),
                        member.key() + " " + member.organisation() + " " + member.endpoints());
            }
            return text.toString();
        }

        /** The first line that one has and the other has not, as a sentence. */
        static String firstDifference(String stored, String given) {
            List<String> before = stored.lines().toList();
            List<String> after = given.lines().toList();
            for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
                String ours = i < before.size() ? before.get(i) : "nothing";
                String theirs = i < after.size() ? after.get(i) : "nothing";
                if (!ours.equals(theirs)) {
                    return "first difference: the store has \"%s\", the genesis has \"%s\""
                            .formatted(ours, theirs);
                }
            }
            return "both found the same members; the files differ in what is not shown here";
        }

        private static void line(StringBuilder text, String name, Object value) {
            text.append(name).append(": ").append(value).append('\n');
        }
    }
}
