package org.witan.chain.rocks.guard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import org.witan.chain.store.StoreFailed;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.file.PersistPoint;

/**
 * Rule D6: two slots of 4 KiB, written in turn, so that a torn write leaves the other one.
 *
 * <p>A slot is a u16 length, a {@link Mark}, and zeros.
 *
 * <p>The file has its full size from the beginning: a write then changes one block and no metadata,
 * which makes syncing it the cheapest sync there is.
 */
public final class HighWaterMark implements AutoCloseable {
    private static final int SLOT_BYTES = 4096;

    private final FileChannel file;
    private final ByteBuffer block = ByteBuffer.allocateDirect(SLOT_BYTES);
    private Mark mark;

    private HighWaterMark(FileChannel file, Mark mark) {
        this.file = file;
        this.mark = mark;
    }

    /** The mark of the file, empty if there is no file. */
    public static Optional<HighWaterMark> open(Path path) {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            FileChannel file =
                    FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Optional<Mark> first = read(file, 0);
            Optional<Mark> second = read(file, 1);
            if (first.isEmpty() && second.isEmpty()) {
                file.close();
                throw unreadable(path);
            }
            boolean secondCounts =
                    first.isEmpty()
                            || second.isPresent()
                                    && second.get().sequence() > first.get().sequence();
            return Optional.of(
                    new HighWaterMark(
                            file, secondCounts ? second.orElseThrow() : first.orElseThrow()));
        } catch (IOException e) {
            throw new StoreFailed("reading " + path, e);
        }
    }

    /**
     * Makes the file, with {@code mark} in both slots, and makes its name durable. It appears whole
     * or not at all: one that is torn would keep a node from starting.
     */
    public static HighWaterMark create(Path path, Mark mark) {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try {
            Files.deleteIfExists(fresh);
            FileChannel file =
                    FileChannel.open(
                            fresh,
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            HighWaterMark made = new HighWaterMark(file, mark);
            made.write(PersistPoint.MARK_CONTENT, mark);
            made.write(PersistPoint.MARK_CONTENT, mark);
            PersistPoint.MARK_MADE.write(
                    () -> Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE));
            try (FileChannel folder = FileChannel.open(path.toAbsolutePath().getParent())) {
                folder.force(true);
            }
            return made;
        } catch (IOException e) {
            throw new StoreFailed("making " + path, e);
        }
    }

    /** What was written last. */
    public Mark mark() {
        return mark;
    }

    /** Writes into the older slot and waits until it is on the disk. */
    public void write(PersistPoint point, Mark content) {
        mark = content.numbered(mark.sequence() + 1);
        byte[] bytes = Mark.CODEC.encode(mark);
        block.clear();
        block.putShort((short) bytes.length).put(bytes).put(new byte[block.remaining()]).flip();
        try {
            point.write(this::put);
        } catch (IOException e) {
            throw new StoreFailed("writing the high-water mark", e);
        }
    }

    private void put() throws IOException {
        long at = mark.sequence() % 2 * SLOT_BYTES;
        while (block.hasRemaining()) {
            at += file.write(block, at);
        }
        file.force(false);
    }

    private static Optional<Mark> read(FileChannel file, int slot) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(SLOT_BYTES);
        long at = (long) slot * SLOT_BYTES;
        int count = 0;
        while (block.hasRemaining() && count >= 0) {
            count = file.read(block, at + block.position());
        }
        int length = block.getShort(0) & 0xffff;
        if (block.hasRemaining() || length > SLOT_BYTES - 2) {
            return Optional.empty();
        }
        byte[] bytes = Arrays.copyOfRange(block.array(), 2, 2 + length);
        return switch (Mark.CODEC.decode(bytes)) {
            case Decoded.Ok<Mark>(var mark) -> Optional.of(mark);
            case Decoded.Bad<Mark> _ -> Optional.empty();
        };
    }

    private static OperatorError unreadable(Path path) {
        return new OperatorError(
                ExitCode.REFUSED_FOR_SAFETY,
                "HIGH_WATER_MARK_UNREADABLE",
                "what this node has voted for cannot be read from " + path,
                "both copies in the file are damaged, so nobody can tell which votes were cast",
                "keep a copy of the file and move it away: the node then follows the ledger"
                        + " and votes again from the next epoch on");
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new StoreFailed("closing the high-water mark", e);
        }
    }
}
