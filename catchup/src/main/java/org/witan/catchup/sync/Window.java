package org.witan.catchup.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.genesis.membership.NodeId;

/** The heights above the tip: which are asked for, which are here, which are neither. */
final class Window {
    /**
     * Heights that somebody owes us.
     *
     * @param to last height
     * @param number of the request
     * @param expectedBytes size of the answer, a guess
     */
    private record Asked(long to, long number, long expectedBytes) {}

    /**
     * Heights that nobody was asked for.
     *
     * @param from first height
     * @param to last height
     * @param urgent whether nothing can be appended before they are here
     */
    record Gap(long from, long to, boolean urgent) {}

    /**
     * Verified blocks that wait until their parent is committed.
     *
     * @param blocks consecutive, at least one
     * @param finalization of the last one, if it has its own
     * @param sizeBytes of their encodings
     */
    record Held(List<Block> blocks, Optional<Certificate> finalization, long sizeBytes) {
        /** Holds blocks. */
        static Held of(List<Block> blocks, Optional<Certificate> finalization) {
            return new Held(blocks, finalization, Window.sizeBytes(blocks));
        }

        long from() {
            return blocks.getFirst().height();
        }

        long to() {
            return blocks.getLast().height();
        }

        /** The part above a height. */
        Held above(long height) {
            int first = (int) (height - from() + 1);
            return of(blocks.subList(first, blocks.size()), finalization);
        }

        /** The part below a height; what is cut off takes the finalization with it. */
        Held below(long height) {
            return of(blocks.subList(0, (int) (height - from())), Optional.empty());
        }
    }

    /** Finalizations that trails led to, by height: each ends a run that reaches it. */
    private final NavigableMap<Long, Certificate> promised = new TreeMap<>();

    private final NavigableMap<Long, Asked> asked = new TreeMap<>();
    private final NavigableMap<Long, Held> held = new TreeMap<>();

    /** The lowest gap above {@code tip} and not above {@code goal}, cut to {@code most} heights. */
    Optional<Gap> gap(long tip, long goal, int most) {
        long run = heldTo(tip + 1);
        long at = tip + 1;
        for (long next = after(at); next != at; next = after(at)) {
            at = next;
        }
        if (at > goal) {
            return Optional.empty();
        }
        long to = Math.min(goal, at + most - 1);
        to = Math.min(to, startAbove(asked, at) - 1);
        to = Math.min(to, startAbove(held, at) - 1);
        return Optional.of(new Gap(at, to, at == run));
    }

    /** Notes that heights were asked for. */
    void ask(Gap gap, long number, long expectedBytes) {
        asked.put(gap.from, new Asked(gap.to, number, expectedBytes));
    }

    /** Forgets that this request owes us anything. */
    void forget(long from, long number) {
        Asked entry = asked.get(from);
        if (entry != null && entry.number == number) {
            asked.remove(from);
        }
    }

    /** Whether blocks from this height on are still of use. */
    boolean wants(long from, long tip) {
        Map.Entry<Long, Held> below = held.floorEntry(from);
        return from > tip && (below == null || below.getValue().to() < from);
    }

    /** Keeps verified blocks, as far as they are not here yet; the caller asked {@link #wants}. */
    void hold(Held blocks) {
        long next = startAbove(held, blocks.from());
        held.put(blocks.from(), next > blocks.to() ? blocks : blocks.below(next));
    }

    /**
     * Keeps the finalization that the trail of a range ended with. Without it, whoever answers with
     * trails only would make the blocks that wait grow for ever; with it they end where the first
     * trail did.
     */
    void promise(long height, Certificate finalization) {
        promised.put(height, finalization);
    }

    /**
     * Takes out the blocks that follow the tip, up to one with a finalization; nothing if there is
     * none.
     */
    List<Held> take(long tip) {
        List<Held> run = new ArrayList<>();
        Held next = held.get(tip + 1);
        while (next != null) {
            Optional<Held> last = lastOfRun(next);
            run.add(last.orElse(next));
            if (last.isPresent()) {
                run.forEach(piece -> held.remove(piece.from()));
                if (last.get().to() < next.to()) {
                    Held rest = next.above(last.get().to());
                    held.put(rest.from(), rest);
                }
                return run;
            }
            next = held.get(next.to() + 1);
        }
        return List.of();
    }

    /** The part of a piece up to its first block with a known finalization. */
    private Optional<Held> lastOfRun(Held piece) {
        for (var promise : promised.subMap(piece.from(), true, piece.to(), true).entrySet()) {
            long height = promise.getKey();
            Block block = piece.blocks().get((int) (height - piece.from()));
            if (promise.getValue().ballot().blockHash().equals(block.hash())) {
                List<Block> blocks = piece.below(height + 1).blocks();
                return Optional.of(Held.of(blocks, Optional.of(promise.getValue())));
            }
        }
        return piece.finalization().isPresent() ? Optional.of(piece) : Optional.empty();
    }

    /** Lets go of what is not above the tip. */
    void drop(long tip) {
        promised.headMap(tip, true).clear();
        held.headMap(tip, true).values().removeIf(here -> here.to() <= tip);
        Map.Entry<Long, Held> across = held.floorEntry(tip);
        if (across != null) {
            held.remove(across.getKey());
            Held rest = across.getValue().above(tip);
            held.put(rest.from(), rest);
        }
    }

    /** Bytes that are here or expected. */
    long loadBytes() {
        return asked.values().stream().mapToLong(Asked::expectedBytes).sum()
                + held.values().stream().mapToLong(Held::sizeBytes).sum();
    }

    /** The first height from {@code at} on that is not held. */
    private long heldTo(long at) {
        long end = at;
        for (Held here = held.get(end); here != null; here = held.get(end)) {
            end = here.to() + 1;
        }
        return end;
    }

    private long after(long at) {
        Map.Entry<Long, Asked> owed = asked.floorEntry(at);
        if (owed != null && owed.getValue().to >= at) {
            return owed.getValue().to + 1;
        }
        Map.Entry<Long, Held> here = held.floorEntry(at);
        return here != null && here.getValue().to() >= at ? here.getValue().to() + 1 : at;
    }

    private static long startAbove(NavigableMap<Long, ?> spans, long at) {
        Long start = spans.higherKey(at);
        return start == null ? Long.MAX_VALUE : start;
    }

    /** Size of the encodings of blocks. */
    static long sizeBytes(List<Block> blocks) {
        return blocks.stream().mapToLong(Window::sizeBytes).sum();
    }

    private static long sizeBytes(Block block) {
        int idBytes = block.header().proposer().value().length();
        return (long) BlockHeader.MAX_BYTES
                - NodeId.MAX_BYTES
                + idBytes
                + block.header().bodyBytes();
    }
}
