package org.witan.validator.node.join;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.witan.catchup.snapshot.SnapshotJoin;
import org.witan.chain.store.Base;
import org.witan.chain.store.StateChunk;
import org.witan.chain.store.StoreFailed;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.file.PersistPoint;

/**
 * Keeps a base and verified chunks of its state in one file: each a u31 length and its canonical
 * bytes. Nothing in it is believed: whoever reads it verifies it, and what does not hold is cut off
 * with all that follows. One thread.
 */
final class Staging implements AutoCloseable {
    private static final int MAX_RECORD_BYTES = 64 << 20;

    private final Path path;
    private final FileChannel file;
    private final TreeMap<Hash, Long> chunks = new TreeMap<>();

    private Staging(Path path, FileChannel file) {
        this.path = path;
        this.file = file;
    }

    /** Opens the file in a folder that exists, or makes it. */
    static Staging open(Path folder) {
        Path path = folder.resolve("snapshot.part");
        try {
            return new Staging(
                    path,
                    FileChannel.open(
                            path,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw new StoreFailed("opening " + path, e);
        }
    }

    /** Gives back to {@code join} what was kept before; how many chunks held. */
    int restore(SnapshotJoin join) {
        long end = 0;
        Optional<Base> base = read(0, Base.CODEC);
        if (base.isPresent() && join.restore(base.get())) {
            end = next(0);
            Optional<StateChunk> chunk = read(end, StateChunk.CODEC);
            while (chunk.isPresent() && join.restore(chunk.get())) {
                chunks.put(chunk.get().from(), end);
                end = next(end);
                chunk = read(end, StateChunk.CODEC);
            }
        }
        cut(end);
        return chunks.size();
    }

    /** Forgets what was kept and begins anew. */
    void begin(Base base) {
        cut(0);
        chunks.clear();
        append(Base.CODEC.encode(base));
    }

    /** Keeps a chunk. */
    void add(StateChunk chunk) {
        chunks.put(chunk.from(), append(StateChunk.CODEC.encode(chunk)));
    }

    /** Gives every chunk, ascending. */
    void each(Consumer<StateChunk> taker) {
        for (long at : chunks.values()) {
            taker.accept(
                    read(at, StateChunk.CODEC)
                            .orElseThrow(() -> new StoreFailed(path + " cannot be read again")));
        }
    }

    /** Removes the file. */
    void remove() {
        close();
        try {
            PersistPoint.STAGING_REMOVED.write(() -> Files.deleteIfExists(path));
        } catch (IOException e) {
            throw new StoreFailed("removing " + path, e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new StoreFailed("closing " + path, e);
        }
    }

    private long append(byte[] record) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + record.length);
        bytes.putInt(record.length).put(record).flip();
        try {
            long start = file.size();
            PersistPoint.STAGING_RECORD.write(() -> put(bytes, start));
            return start;
        } catch (IOException e) {
            throw new StoreFailed("writing " + path, e);
        }
    }

    private void put(ByteBuffer bytes, long start) throws IOException {
        long at = start;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
    }

    private <T> Optional<T> read(long at, Codec<T> codec) {
        int length = length(at);
        if (length < 0) {
            return Optional.empty();
        }
        ByteBuffer bytes = bytes(at + Integer.BYTES, length);
        return codec.decode(bytes.array()) instanceof Decoded.Ok<T>(var value)
                ? Optional.of(value)
                : Optional.empty();
    }

    /** Length of the record there; -1 if it is not wholly there. */
    private int length(long at) {
        try {
            if (at + Integer.BYTES > file.size()) {
                return -1;
            }
            int length = bytes(at, Integer.BYTES).getInt(0);
            boolean whole =
                    length >= 0
                            && length <= MAX_RECORD_BYTES
                            && at + Integer.BYTES + length <= file.size();
            return whole ? length : -1;
        } catch (IOException e) {
            throw new StoreFailed("reading " + path, e);
        }
    }

    private long next(long at) {
        return at + Integer.BYTES + length(at);
    }

    private ByteBuffer bytes(long at, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        try {
            int read = 0;
            while (bytes.hasRemaining() && read >= 0) {
                read = file.read(bytes, at + bytes.position());
            }
        } catch (IOException e) {
            throw new StoreFailed("reading " + path, e);
        }
        return bytes;
    }

    private void cut(long end) {
        try {
            PersistPoint.STAGING_CUT.write(() -> file.truncate(end));
        } catch (IOException e) {
            throw new StoreFailed("cutting " + path, e);
        }
    }
}
