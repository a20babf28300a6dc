package org.witan.validator.history;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether operations on one entry can be put in one order that fits to their times and ends,
 * looking at nothing else: the algorithm of Wing, Gong and Lowe with memory of what was tried.
 *
 * <p>The entry is its version. A write makes the next one and says which; a {@code cas} does so if
 * it finds the version that it wants, otherwise it says which one it found; a read says one. An
 * operation whose end is not known may have happened at any time since its begin, or never.
 *
 * <p>Its cost grows fast with the number of operations that overlap: for few clients, and some
 * hundred operations on a key.
 */
public final class Register {
    private final List<Operation> operations;
    private final List<long[]> times = new ArrayList<>();
    private final Set<Tried> tried = new HashSet<>();
    private final long deadlineNanos;

    /** What was put in order already, and the version that this gave. */
    private record Tried(BitSet placed, long version) {}

    /** One step of a search: which operation was placed, and the version before it. */
    private record Placed(int operation, long before) {}

    /** What a search comes to. */
    public enum Verdict {
        /** There is such an order. */
        LINEARIZABLE,
        /** There is none. */
        NOT_LINEARIZABLE,
        /** Time ran out. */
        UNKNOWN
    }

    private Register(List<Operation> operations, long limitNanos) {
        this.operations = operations;
        deadlineNanos = System.nanoTime() + limitNanos;
        for (Operation operation : operations) {
            times.add(new long[] {operation.invoke().time(), operation.latest()});
        }
    }

    /** Judges every key by itself. */
    public static Map<String, Verdict> check(List<Event> history, long limitNanosPerKey) {
        Map<String, List<Operation>> byKey = new TreeMap<>();
        for (Operation operation : Operation.of(history)) {
            boolean refused = operation.failed() && operation.said().version().isEmpty();
            if (!refused && !operation.invoke().said().key().isEmpty()) {
                byKey.computeIfAbsent(operation.invoke().said().key(), key -> new ArrayList<>())
                        .add(operation);
            }
        }
        Map<String, Verdict> verdicts = new TreeMap<>();
        byKey.forEach((key, own) -> {
            own.sort(Comparator.comparingLong(operation -> operation.invoke().time()));
            verdicts.put(key, new Register(own, limitNanosPerKey).search());
        });
        return verdicts;
    }

    private Verdict search() {
        BitSet placed = new BitSet();
        long version = 0;
        int next = 0;
        List<Placed> path = new ArrayList<>();
        while (!allKnownPlaced(placed)) {
            if (System.nanoTime() - deadlineNanos > 0) {
                return Verdict.UNKNOWN;
            }
            int found = candidate(placed, version, next);
            if (found >= 0) {
                path.add(new Placed(found, version));
                placed.set(found);
                version = after(operations.get(found), version).orElseThrow();
                next = 0;
            } else if (path.isEmpty()) {
                return Verdict.NOT_LINEARIZABLE;
            } else {
                Placed last = path.removeLast();
                placed.clear(last.operation);
                version = last.before;
                next = last.operation + 1;
            }
        }
        return Verdict.LINEARIZABLE;
    }

    private boolean allKnownPlaced(BitSet placed) {
        int at = placed.nextClearBit(0);
        while (at < operations.size() && operations.get(at).unknown()) {
            at = placed.nextClearBit(at + 1);
        }
        return at >= operations.size();
    }

    /** The first operation from {@code next} on that may come now and leads somewhere new. */
    private int candidate(BitSet placed, long version, int next) {
        long bound = Long.MAX_VALUE;
        for (int i = placed.nextClearBit(0);
                i < operations.size();
                i = placed.nextClearBit(i + 1)) {
            if (times.get(i)[0] > bound) {
                break;
            }
            bound = Math.min(bound, times.get(i)[1]);
        }
        for (int i = placed.nextClearBit(next);
                i < operations.size();
                i = placed.nextClearBit(i + 1)) {
            if (times.get(i)[0] > bound) {
                return -1;
            }
            OptionalLong after = after(operations.get(i), version);
            if (after.isPresent()) {
                BitSet with = (BitSet) placed.clone();
                with.set(i);
                if (tried.add(new Tried(with, after.getAsLong()))) {
                    return i;
                }
            }
        }
        return -1;
    }

    /** The version after it if it comes at {@code version}; empty if it cannot have come there. */
    private static OptionalLong after(Operation operation, long version) {
        Said said = operation.said();
        boolean wanted = said.expected().orElse(version) == version;
        return switch (operation.invoke().f()) {
            case "write" ->
                    operation.unknown() || said.version().orElse(-1) == version + 1
                            ? OptionalLong.of(version + 1)
                            : OptionalLong.empty();
            case "cas" -> {
                if (operation.unknown()) {
                    yield wanted ? OptionalLong.of(version + 1) : OptionalLong.empty();
                }
                boolean fits =
                        operation.ok()
                                ? wanted && said.version().orElse(-1) == version + 1
                                : !wanted && said.version().orElse(-1) == version;
                yield fits
                        ? OptionalLong.of(operation.ok() ? version + 1 : version)
                        : OptionalLong.empty();
            }
            default ->
                    operation.unknown() || said.version().orElse(0) == version
                            ? OptionalLong.of(version)
                            : OptionalLong.empty();
        };
    }
}
