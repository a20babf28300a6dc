package org.witan.validator.fire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.witan.validator.e2e.Await;
import org.witan.validator.history.Event;
import org.witan.validator.history.Recorder;

/**
 * Programs outside the nodes that write, compare-and-set and read without a pause, and record what
 * they ask and what they are told.
 */
final class Clients implements AutoCloseable {
    private static final int CAS_PER_KEY = 100;

    /** Above all that a ledger has used which a test made before its network ran. */
    private static final long FIRST_NONCE = 1L << 32;

    final Fleet fleet;
    final Recorder recorder;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicLong values = new AtomicLong();
    private final AtomicLong compared = new AtomicLong();
    private final AtomicLong height = new AtomicLong();
    private final AtomicLongArray nonces;
    private final Map<String, Long> versions = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile int valueBytes = 1;

    private Clients(Fleet fleet, Recorder recorder) {
        this.fleet = fleet;
        this.recorder = recorder;
        nonces = new AtomicLongArray(fleet.size() + 1);
    }

    /** Starts so many; each asks another validator first. */
    static Clients start(Fleet fleet, Recorder recorder, int count, long seed) {
        Clients clients = new Clients(fleet, recorder);
        clients.knowHeight(fleet.height(1));
        for (int i = 0; i < count; i++) {
            OneClient client = new OneClient(clients, i % fleet.size() + 1, seed * 31 + i);
            clients.threads.add(Thread.ofPlatform().name("client-" + i).start(client));
        }
        return clients;
    }

    /** From now on writes of new entries have at least so many bytes. */
    void writeLarge(int bytes) {
        valueBytes = bytes;
    }

    int valueBytes() {
        return valueBytes;
    }

    boolean ended() {
        return ending.get();
    }

    long nextValue() {
        return values.incrementAndGet();
    }

    /** A number that this sender did not use before. */
    long nextNonce(int sender) {
        return FIRST_NONCE + nonces.incrementAndGet(sender);
    }

    /**
     * A key that all compare and set for a while; few operations on each, so they can be judged.
     */
    String casKey() {
        return "cas/" + compared.getAndIncrement() / CAS_PER_KEY;
    }

    long knownVersion(String key) {
        return versions.getOrDefault(key, 0L);
    }

    void knowVersion(String key, long version) {
        versions.merge(key, version, Math::max);
    }

    long knownHeight() {
        return height.get();
    }

    void knowHeight(long seen) {
        height.accumulateAndGet(seen, Math::max);
    }

    /** Writes that were acknowledged so far. */
    long acknowledged() {
        return recorder.events().stream().filter(Clients::isAcknowledgement).count();
    }

    static boolean isAcknowledgement(Event event) {
        return event.type() == Event.Type.OK && !event.f().equals("read");
    }

    /** Waits until so many writes were begun and acknowledged after a moment of the history. */
    void awaitWrites(Event since, int count, Duration patience) {
        Await.until(
                count + " writes after " + since.f(),
                patience,
                () -> Timeline.writesAfter(recorder.events(), since) >= count);
    }

    /** Ends all; what they are waiting for is waited for. */
    void stop() {
        ending.set(true);
        Await.ended(threads);
    }

    @Override
    public void close() {
        stop();
    }
}
