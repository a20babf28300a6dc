package org.witan.chain.rocks;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.chain.block.Intent;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Operation.Put;
import org.witan.chain.block.Operation.Write;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.chain.merkle.Proof;
import org.witan.chain.merkle.TreeUpdate;
import org.witan.chain.state.StatePath;
import org.witan.chain.state.StateReader;
import org.witan.chain.store.StoreWrite;
import org.witan.chain.store.StoreWrite.Commit;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Purpose;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.membership.NodeId;

/**
 * Figures for docs/performance.md. Signatures are made up, since execution below a finalization
 * does not look at them. {@code ./mvnw -pl chain-store -am test -Dgroups=bench}, entries by {@code
 * -Dentries=1000000}.
 */
@Tag("bench")
final class StoreBenchmark {
    private static final int ENTRIES = Integer.getInteger("entries", 1_000_000);
    private static final int VALUE_BYTES = 200;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @TempDir Path folder;
    private final TestNetwork network = TestNetwork.of(4);
    private final TestChain chain = new TestChain(network);
    private final Random random = new Random(1);
    private final Signer anybody =
            new Signer() {
                @Override
                public PublicKey publicKey() {
                    return network.validatorKey(1).publicKey();
                }

                @Override
                public Signature sign(Purpose purpose, byte[] content) {
                    byte[] noise = new byte[Signature.SIZE_BYTES];
                    random.nextBytes(noise);
                    return Signature.of(noise);
                }
            };

    private long nonce;

    @Test
    void treeOfManyEntries() {
        try (RocksStore store = open()) {
            long start = cpuNanos();
            fill(store);
            say("fill with %d entries: %.1f s", ENTRIES, seconds(start));
        }
        long start = cpuNanos();
        try (RocksStore store = open()) {
            say("open: %.0f ms", seconds(start) * 1e3);
            say("disk: %.1f MiB", size() / 1048576.0);
            chain.committed(store);
            update(store);
            prove(store);
            commits(store, 1000, 30);
            commits(store, 100, 100);
            commits(store, 1, 200);
        }
        try (RocksStore store =
                RocksStore.open(
                        StoreSettings.in(folder).withCacheBytes(256L << 20), network.founding())) {
            say("with a cache of 256 MiB:");
            update(store);
            update(store);
            prove(store);
        }
    }

    @Test
    void diskForEachPut() {
        int puts = Integer.getInteger("puts", 100_000);
        try (RocksStore store = open()) {
            for (int done = 0; done < puts; done += 50) {
                List<Transaction> transactions = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    transactions.add(put(done + i));
                }
                store.apply(List.of(chain.next(transactions, true)), done % 1000 == 0);
                chain.committed(store);
            }
        }
        try (RocksStore store = open()) {
            say("columns: %s", store.sizes());
        }
        say("disk for each of %d puts, 50 in a block: %d B", puts, size() / puts);
    }

    @Test
    void catchUp() {
        try (RocksStore store = open()) {
            List<StoreWrite> batch = new ArrayList<>();
            long start = cpuNanos();
            for (int block = 0; block < 2000; block++) {
                List<Transaction> transactions = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    transactions.add(put(block * 50 + i));
                }
                batch.add(chain.next(transactions, block % 100 == 99));
                if (batch.size() == 100) {
                    store.apply(batch, true);
                    chain.committed(store);
                    batch.clear();
                }
            }
            double took = seconds(start);
            say("100000 puts in 2000 blocks made, executed, committed: %.1f s", took);
            say("= %.0f puts/s", 100_000 / took);
        }
    }

    private RocksStore open() {
        return RocksStore.open(StoreSettings.in(folder), network.founding());
    }

    private void fill(RocksStore store) {
        int each = Operation.MAX_WRITES;
        for (int done = 0; done < ENTRIES; ) {
            List<Transaction> transactions = new ArrayList<>();
            for (int t = 0; t < 100 && done < ENTRIES; t++) {
                List<Write> writes = new ArrayList<>();
                for (int w = 0; w < each; w++) {
                    writes.add(new Put(key(done++), value(), OptionalLong.empty()));
                }
                transactions.add(transaction(new Operation.Batch(writes)));
            }
            store.apply(List.of(chain.next(transactions, true)), true);
            chain.committed(store);
        }
    }

    private void update(RocksStore store) {
        StateReader state = store.state();
        double[] millis = new double[21];
        for (int run = 0; run < millis.length; run++) {
            SortedMap<Hash, Optional<Hash>> changes = new TreeMap<>();
            while (changes.size() < 1000) {
                changes.put(path(random.nextInt(ENTRIES)).hash(), Optional.of(hash()));
            }
            long start = cpuNanos();
            TreeUpdate.apply(state, state.treeRoot(), state.height() + 1, changes);
            millis[run] = seconds(start) * 1e3;
        }
        say(
                "tree update of 1000 entries: first %.1f ms, median %.1f ms",
                millis[0], median(millis));
    }

    private void prove(RocksStore store) {
        StateReader state = store.state();
        double[] micros = new double[2000];
        for (int run = 0; run < micros.length; run++) {
            Hash path = path(random.nextInt(ENTRIES)).hash();
            long start = cpuNanos();
            Proof.of(state, state.treeRoot(), path);
            micros[run] = seconds(start) * 1e6;
        }
        say("proof: median %.0f µs, p99 %.0f µs", median(micros), percentile(micros, 99));
    }

    private void commits(RocksStore store, int puts, int runs) {
        double[] execute = new double[runs];
        double[] apply = new double[runs];
        for (int run = 0; run < runs; run++) {
            List<Transaction> transactions = new ArrayList<>();
            for (int i = 0; i < puts; i++) {
                transactions.add(put(random.nextInt(ENTRIES)));
            }
            long start = cpuNanos();
            Commit commit = chain.next(transactions, true);
            execute[run] = seconds(start) * 1e3;
            start = cpuNanos();
            store.apply(List.of(commit), true);
            apply[run] = seconds(start) * 1e3;
            chain.committed(store);
        }
        say(
                "block of %d puts: make and execute %.2f ms, apply with sync %.2f ms (p99 %.2f)",
                puts, median(execute), median(apply), percentile(apply, 99));
    }

    private Transaction put(int number) {
        return transaction(new Put(key(number), value(), OptionalLong.empty()));
    }

    private Transaction transaction(Operation operation) {
        long validUntil = chain.last().height() + 10;
        return Transaction.sign(
                new Intent(
                        network.id(),
                        Sender.member(new NodeId("v1")),
                        0,
                        nonce++,
                        validUntil,
                        operation),
                anybody);
    }

    private static String key(int number) {
        return "account/%09d/balance-of-it".formatted(number);
    }

    private static StatePath path(int number) {
        return StatePath.entry(new NodeId("v1"), key(number));
    }

    private byte[] value() {
        byte[] value = new byte[VALUE_BYTES];
        random.nextBytes(value);
        return value;
    }

    private Hash hash() {
        return Digest.plain()
                .add(Long.toString(random.nextLong()).getBytes(StandardCharsets.US_ASCII))
                .done();
    }

    private long size() {
        Map<String, Long> kinds = new TreeMap<>();
        for (Path place : List.of(folder, folder.resolve("db"))) {
            // Not a stream: compaction deletes files meanwhile.
            for (File file : Objects.requireNonNull(place.toFile().listFiles(File::isFile))) {
                String kind = file.getName().substring(file.getName().lastIndexOf('.') + 1);
                kinds.merge(kind, file.length(), Long::sum);
            }
        }
        say("files by kind: %s", kinds);
        return kinds.values().stream().mapToLong(Long::longValue).sum();
    }

    private static double seconds(long startNanos) {
        return (cpuNanos() - startNanos) / 1e9;
    }

    /** Processor time of this thread, since the machine may be busy with other things. */
    private static long cpuNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }

    private static double median(double[] values) {
        return percentile(values, 50);
    }

    private static double percentile(double[] values, int percent) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    private static void say(String format, Object... values) {
        System.out.println("bench: " + String.format(java.util.Locale.ROOT, format, values));
    }
}
