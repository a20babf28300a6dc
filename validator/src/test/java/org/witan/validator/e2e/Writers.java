package org.witan.validator.e2e;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.witan.chain.block.Operation;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.cli.ask.Author;
import org.witan.validator.cli.ask.Submitter;
import org.witan.validator.cli.config.Settings;
import org.witan.validator.cli.config.SettingsSources;
import org.witan.validator.cli.http.NodeClient;

/** Writers that put entries, one after another each, and remember what was acknowledged. */
public final class Writers implements AutoCloseable {
    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicLong written = new AtomicLong();
    private final Map<String, String> acknowledged = new ConcurrentSkipListMap<>();
    private final Queue<Failed> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads;
    private final long restNanos;

    /**
     * A put that was not acknowledged.
     *
     * @param validator the one that was asked
     * @param begun when, by {@link System#nanoTime}
     * @param failed when that was told
     * @param why what was told
     */
    public record Failed(int validator, long begun, long failed, String why) {}

    /** Starts one writer at each of these validators; it signs as that validator. */
    public Writers(Network network, int... indexes) {
        this(network, Duration.ZERO, indexes);
    }

    /** Starts writers that rest for so long after each put. */
    public Writers(Network network, Duration rest, int... indexes) {
        restNanos = rest.toNanos();
        threads =
                IntStream.of(indexes)
                        .mapToObj(i -> Thread.ofPlatform().start(() -> write(network, i)))
                        .toList();
    }

    /** Keys ({@code owner/key}) that were acknowledged, with the ids of their transactions. */
    public Map<String, String> acknowledged() {
        return acknowledged;
    }

    /** Puts that were not acknowledged. */
    public List<Failed> failures() {
        return List.copyOf(failures);
    }

    /** Waits until so many more puts were acknowledged. */
    public void awaitMore(int count, Duration patience) {
        long goal = written.get() + count;
        Await.until(count + " more puts", patience, () -> written.get() >= goal);
    }

    private void write(Network network, int i) {
        Settings settings =
                new SettingsSources(
                                Map.of(), Map.of(), Optional.of(network.home(i)), Optional.empty())
                        .resolve();
        try (NodeClient client = network.client(i)) {
            Submitter submitter = new Author(settings).submitter(client);
            for (int n = 0; !ending.get(); n++) {
                String key = "load/" + n;
                byte[] value = key.getBytes(StandardCharsets.UTF_8);
                Operation put = new Operation.Put(key, value, OptionalLong.empty());
                long begun = System.nanoTime();
                try {
                    Submitter.Settled settled = submitter.submit(put, Duration.ofSeconds(5));
                    acknowledged.put("v" + i + "/" + key, settled.id());
                    written.incrementAndGet();
                    LockSupport.parkNanos(restNanos);
                } catch (OperatorError down) {
                    // Not acknowledged, so nothing was promised.
                    failures.add(new Failed(i, begun, System.nanoTime(), "" + down.getMessage()));
                    LockSupport.parkNanos(20_000_000);
                }
            }
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** Ends the writers; puts in flight are waited for. */
    public void stop() {
        ending.set(true);
        Await.ended(threads);
    }
}
