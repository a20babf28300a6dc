package org.witan.validator.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.genesis.crypto.Hash;

/**
 * Transactions that wait for a block, bounded in all and for each sender.
 *
 * <p>A transaction leaves when it is committed or can no longer be; being proposed does not remove
 * it, so a block that dies loses nothing. Senders take turns when a block is filled, so that none
 * starves the others.
 */
public final class Pool {
    /** Organisations' share of a block: one part in so many. */
    private static final int LANE = 10;

    private final PoolLimits limits;

    /** By id, in order of arrival. */
    private final Map<Hash, Pending> byId = new LinkedHashMap<>();

    private final TreeMap<Sender, Account> bySender = new TreeMap<>();
    private long bytes;

    /** Whose transaction was the last one taken out. */
    private Optional<Sender> served = Optional.empty();

    /** An empty pool. */
    public Pool(PoolLimits limits) {
        this.limits = limits;
    }

    /**
     * Takes a transaction in, if there is room.
     *
     * <p>A sender may have as much waiting as there is room left, and no more than its limit: so k
     * senders who send without end leave a part in k + 1 of the pool to all others, where fixed
     * limits let two of them fill it.
     *
     * @param own whether a client of this node sent it
     */
    public Admission add(Transaction transaction, long nowMillis, boolean own) {
        if (byId.containsKey(transaction.id())) {
            return new Admission.Known();
        }
        int size = transaction.sizeBytes();
        if (byId.size() >= limits.transactions() || bytes + size > limits.bytes()) {
            return new Admission.Refused(
                    "POOL_FULL",
                    "%d transactions with %d bytes wait; the limits are %d and %d"
                            .formatted(byId.size(), bytes, limits.transactions(), limits.bytes()));
        }
        Sender sender = transaction.intent().sender();
        Account account = bySender.computeIfAbsent(sender, s -> new Account());
        int most = Math.min(limits.perSender(), 1 + limits.transactions() - byId.size());
        long mostBytes = Math.min(limits.bytesPerSender(), limits.bytes() - bytes);
        if (account.waiting.size() >= most || account.bytes + size > mostBytes) {
            return new Admission.Refused(
                    "QUOTA_EXCEEDED",
                    "%s has %d transactions with %d bytes waiting; its limits are %d and %d now"
                            .formatted(
                                    sender,
                                    account.waiting.size(),
                                    account.bytes,
                                    most,
                                    mostBytes));
        }
        Pending pending = new Pending(transaction, nowMillis, own);
        byId.put(transaction.id(), pending);
        account.waiting.put(transaction.id(), pending);
        account.bytes += size;
        bytes += size;
        return new Admission.Admitted();
    }

    /** A client of this node sent what came from elsewhere before; whether it waits here. */
    public boolean claim(Hash id) {
        Pending known = byId.get(id);
        if (known == null) {
            return false;
        }
        Pending own = new Pending(known.transaction(), known.arrivedMillis(), true);
        byId.put(id, own);
        Sender sender = own.transaction().intent().sender();
        bySender.computeIfAbsent(sender, s -> new Account()).waiting.put(id, own);
        return true;
    }

    /** Whether it waits here. */
    public boolean contains(Hash id) {
        return byId.containsKey(id);
    }

    /**
     * Takes out what was committed.
     *
     * @return whether a client of this node sent any of it
     */
    public boolean remove(List<Transaction> committed) {
        boolean own = false;
        for (Transaction transaction : committed) {
            own |= remove(transaction.id());
            if (!transaction.intent().sender().organisation()) {
                served = Optional.of(transaction.intent().sender());
            }
        }
        return own;
    }

    /**
     * Takes out what can no longer be executed at {@code height}, or is larger than {@code
     * mostBytes}; answers it, oldest first.
     */
    public List<Transaction> expire(long height, int mostBytes) {
        List<Transaction> expired = new ArrayList<>();
        for (Pending pending : byId.values()) {
            if (pending.transaction().intent().validUntil() < height
                    || pending.transaction().sizeBytes() > mostBytes) {
                expired.add(pending.transaction());
            }
        }
        remove(expired);
        return expired;
    }

    /**
     * Transactions for a block, senders in turn, each sender's in order of arrival: organisations
     * first, up to a tenth of the block but at least one, so that no flood keeps a decision out;
     * the others go on where the last committed block ended, so that none is always the last.
     *
     * @param maxBytes bound on the sum of their sizes
     * @param maxCount bound on their number
     * @param usable asked once for each candidate; what it refuses stays in the pool
     */
    public List<Transaction> select(int maxBytes, int maxCount, Predicate<Transaction> usable) {
        Block block = new Block(usable);
        block.fill(
                turns(true),
                Math.max(maxBytes / LANE, mostOfOrganisations(maxBytes)),
                Math.max(1, maxCount / LANE));
        block.fill(turns(false), maxBytes, maxCount);
        return block.chosen;
    }

    /** One transaction of theirs has room in any block that can hold it at all. */
    private int mostOfOrganisations(int maxBytes) {
        return bySender.entrySet().stream()
                .filter(account -> account.getKey().organisation())
                .flatMap(account -> account.getValue().waiting.values().stream().limit(1))
                .mapToInt(pending -> pending.transaction().sizeBytes())
                .filter(size -> size <= maxBytes)
                .max()
                .orElse(0);
    }

    /** Those who wait, beginning behind the one whose turn was last in a committed block. */
    private Deque<Iterator<Pending>> turns(boolean organisationsOnly) {
        Deque<Iterator<Pending>> turns = new ArrayDeque<>();
        for (var some : List.of(behindServed(), upToServed())) {
            some.forEach((sender, account) -> {
                if (sender.organisation() || !organisationsOnly) {
                    turns.add(account.waiting.values().iterator());
                }
            });
        }
        return turns;
    }

    private SortedMap<Sender, Account> behindServed() {
        return served.isEmpty() ? bySender : bySender.tailMap(served.get(), false);
    }

    private SortedMap<Sender, Account> upToServed() {
        return served.isEmpty() ? new TreeMap<>() : bySender.headMap(served.get(), true);
    }

    /** A block that is being filled. */
    private static final class Block {
        private final List<Transaction> chosen = new ArrayList<>();
        private final Set<Hash> asked = new TreeSet<>();
        private final Predicate<Transaction> usable;
        private int size;

        Block(Predicate<Transaction> usable) {
            this.usable = usable;
        }

        void fill(Deque<Iterator<Pending>> turns, int maxBytes, int maxCount) {
            while (!turns.isEmpty() && chosen.size() < maxCount) {
                Iterator<Pending> turn = turns.removeFirst();
                if (!turn.hasNext()) {
                    continue;
                }
                turns.addLast(turn);
                Transaction candidate = turn.next().transaction();
                boolean fits = size + candidate.sizeBytes() <= maxBytes;
                if (fits && asked.add(candidate.id()) && usable.test(candidate)) {
                    chosen.add(candidate);
                    size += candidate.sizeBytes();
                }
            }
        }
    }

    /**
     * Own clients' transactions that arrived before {@code beforeMillis}, oldest first, but those
     * of organisations before all others.
     */
    public List<Transaction> ownOlderThan(long beforeMillis, int most) {
        return byId.values().stream()
                .filter(pending -> pending.own() && pending.arrivedMillis() < beforeMillis)
                .map(Pending::transaction)
                .sorted(Gossip.DECISIONS_FIRST)
                .limit(most)
                .toList();
    }

    /** How many wait. */
    public int size() {
        return byId.size();
    }

    /** Size of all that wait. */
    public long sizeBytes() {
        return bytes;
    }

    private boolean remove(Hash id) {
        Pending pending = byId.remove(id);
        if (pending == null) {
            return false;
        }
        Sender sender = pending.transaction().intent().sender();
        Account account = bySender.computeIfAbsent(sender, s -> new Account());
        account.waiting.remove(id);
        account.bytes -= pending.transaction().sizeBytes();
        bytes -= pending.transaction().sizeBytes();
        if (account.waiting.isEmpty()) {
            bySender.remove(sender);
        }
        return pending.own();
    }

    private record Pending(Transaction transaction, long arrivedMillis, boolean own) {}

    private static final class Account {
        private final Map<Hash, Pending> waiting = new LinkedHashMap<>();
        private long bytes;
    }
}
