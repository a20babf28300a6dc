package org.witan.validator.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import org.witan.validator.history.Ledger.Logged;
import org.witan.validator.history.Ledger.LoggedBlock;

/**
 * Compares what clients saw with what correct nodes hold, in time that grows with the length.
 *
 * <ol>
 *   <li>ledgers are prefixes of one another, with equal state roots
 *   <li>what was acknowledged is there exactly once, where it was said to be, with that end; what
 *       was refused is not there
 *   <li>what ended before another one began stands before it
 *   <li>a read sees the state of the height that it names, and none older than what the same node
 *       had acknowledged to anybody, or shown to the same client
 *   <li>no sender's nonce is used twice, and none lies outside of its window
 * </ol>
 */
public final class LedgerCheck {
    private static final int NONCE_WINDOW = 1024;

    private final List<String> broken = new ArrayList<>();
    private final Map<String, Position> places = new HashMap<>();
    private final Map<String, Logged> logged = new HashMap<>();
    private final Map<String, TreeMap<Position, Logged>> writes = new HashMap<>();

    private LedgerCheck() {}

    /** What is wrong, one sentence each; empty if nothing is. */
    public static List<String> problems(List<Event> history, List<Ledger> ledgers) {
        return problems(history, ledgers, 0);
    }

    /** The same for ledgers of which only what follows a height is told. */
    public static List<String> problems(List<Event> history, List<Ledger> ledgers, long base) {
        LedgerCheck check = new LedgerCheck();
        check.prefixes(ledgers, base);
        ledgers.stream()
                .max(Comparator.comparingInt(ledger -> ledger.blocks().size()))
                .ifPresent(check::index);
        List<Operation> operations = Operation.of(history);
        check.acknowledged(operations);
        check.realTime(operations);
        check.reads(operations);
        return check.broken;
    }

    private void prefixes(List<Ledger> ledgers, long base) {
        Map<Long, LoggedBlock> known = new HashMap<>();
        Map<Long, String> from = new HashMap<>();
        for (Ledger ledger : ledgers) {
            long height = base;
            for (LoggedBlock block : ledger.blocks()) {
                height++;
                LoggedBlock other = known.putIfAbsent(block.height(), block);
                from.putIfAbsent(block.height(), ledger.node());
                if (block.height() != height) {
                    broken.add("a gap before height " + block.height() + " of " + ledger.node());
                    return;
                }
                if (other != null
                        && !(other.hash().equals(block.hash())
                                && other.stateRoot().equals(block.stateRoot()))) {
                    broken.add(
                            "split brain: height %d differs at %s and %s"
                                    .formatted(height, from.get(height), ledger.node()));
                    return;
                }
            }
        }
    }

    private void index(Ledger longest) {
        Map<String, Set<Long>> nonces = new HashMap<>();
        Map<String, Long> highest = new HashMap<>();
        for (LoggedBlock block : longest.blocks()) {
            int at = 0;
            for (Logged one : block.transactions()) {
                Position place = new Position(block.height(), at++);
                if (places.putIfAbsent(one.id(), place) != null) {
                    broken.add("duplicate: transaction " + one.id() + " stands twice");
                }
                logged.put(one.id(), one);
                if (one.done()) {
                    writes.computeIfAbsent(one.key(), key -> new TreeMap<>()).put(place, one);
                }
                long top = highest.merge(one.sender(), one.nonce(), Math::max);
                if (!nonces.computeIfAbsent(one.sender(), s -> new HashSet<>()).add(one.nonce())
                        || one.nonce() <= top - NONCE_WINDOW) {
                    broken.add(
                            "nonce %d of %s is used wrongly".formatted(one.nonce(), one.sender()));
                }
            }
        }
    }

    private void acknowledged(List<Operation> operations) {
        for (Operation operation : operations) {
            String id = operation.said().tx();
            boolean claimed = operation.said().pos().isPresent();
            if (id.isEmpty() || operation.unknown()) {
                continue;
            }
            Optional<Position> place = Optional.ofNullable(places.get(id));
            if (operation.failed() && !claimed) {
                place.ifPresent(p -> broken.add("refused, but in the ledger: " + id));
            } else if (place.isEmpty()) {
                broken.add("lost: acknowledged, but not in the ledger: " + id);
            } else if (!place.equals(operation.said().pos())) {
                broken.add("moved: " + id + " was acknowledged elsewhere than at " + place.get());
            } else {
                end(operation, logged.getOrDefault(id, nothing()));
            }
        }
    }

    private void end(Operation operation, Logged one) {
        boolean sameEnd = operation.ok() == one.done();
        if (!sameEnd || operation.said().version().orElse(one.version()) != one.version()) {
            broken.add("another end than acknowledged: " + one.id());
        }
    }

    private static Logged nothing() {
        return new Logged("", "", 0, "", java.util.OptionalLong.empty(), false, 0);
    }

    /** Sweeps by time and keeps the greatest place of all that had ended. */
    private void realTime(List<Operation> operations) {
        List<Operation> placed =
                operations.stream()
                        .filter(operation -> places.containsKey(operation.said().tx()))
                        .sorted(Comparator.comparingLong(operation -> operation.invoke().time()))
                        .toList();
        PriorityQueue<Operation> ends =
                new PriorityQueue<>(Comparator.comparingLong(Operation::latest));
        placed.stream().filter(operation -> !operation.unknown()).forEach(ends::add);
        Position greatest = new Position(0, 0);
        for (Operation operation : placed) {
            while (!ends.isEmpty() && ends.peek().latest() < operation.invoke().time()) {
                Position ended = placeOf(ends.remove());
                greatest = ended.compareTo(greatest) > 0 ? ended : greatest;
            }
            if (placeOf(operation).compareTo(greatest) <= 0) {
                broken.add(
                        "real time: %s stands at %s, behind it one that ended before it began"
                                .formatted(operation.said().tx(), placeOf(operation)));
            }
        }
    }

    private Position placeOf(Operation operation) {
        return places.getOrDefault(operation.said().tx(), new Position(0, 0));
    }

    /** Sweeps by time and keeps the greatest height that each node, and each client, has shown. */
    private void reads(List<Operation> operations) {
        Map<String, Long> seen = new HashMap<>();
        PriorityQueue<Operation> acknowledged =
                new PriorityQueue<>(Comparator.comparingLong(Operation::latest));
        List<Operation> reads = new ArrayList<>();
        for (Operation operation : operations) {
            boolean told = !operation.unknown() && operation.said().pos().isPresent();
            if (told && operation.invoke().f().equals("read")) {
                reads.add(operation);
            } else if (told) {
                acknowledged.add(operation);
            }
        }
        reads.sort(Comparator.comparingLong(operation -> operation.invoke().time()));
        for (Operation read : reads) {
            while (!acknowledged.isEmpty() && acknowledged.peek().latest() < read.invoke().time()) {
                Said said = acknowledged.remove().said();
                seen.merge(said.node(), heightOf(said), Math::max);
            }
            read(read, seen);
        }
    }

    private void read(Operation read, Map<String, Long> seen) {
        Said said = read.said();
        long height = heightOf(said);
        String session = read.invoke().process() + "@" + said.node();
        long known = Math.max(seen.getOrDefault(said.node(), 0L), seen.getOrDefault(session, 0L));
        if (height < known) {
            broken.add(
                    "stale read: %s shows height %d after %d"
                            .formatted(said.node(), height, known));
        }
        seen.put(session, height);
        value(said, height);
    }

    private static long heightOf(Said said) {
        return said.pos().map(Position::height).orElse(0L);
    }

    private void value(Said said, long height) {
        TreeMap<Position, Logged> ofKey = writes.getOrDefault(said.key(), new TreeMap<>());
        var last = ofKey.floorEntry(new Position(height, Integer.MAX_VALUE));
        long version = last == null ? 0 : last.getValue().version();
        boolean sameValue = last == null || last.getValue().value().equals(said.value());
        if (said.version().orElse(0) != version || !sameValue) {
            broken.add(
                    "stale read: %s at height %d of %s is version %d, read was %s"
                            .formatted(said.key(), height, said.node(), version, said));
        }
    }
}
