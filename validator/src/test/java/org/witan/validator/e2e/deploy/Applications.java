package org.witan.validator.e2e.deploy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.witan.chain.block.Intent;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.cli.ask.Author;
import org.witan.validator.cli.config.SettingsSources;
import org.witan.validator.cli.http.HttpConnection;
import org.witan.validator.client.Sent;
import org.witan.validator.client.WitanClient;
import org.witan.validator.e2e.Await;
import org.witan.validator.e2e.Network;

/**
 * Applications that write with the client of {@code org.witan.validator.client}, as the page of the
 * API tells them to: each knows all nodes, prefers one, and asks again with the same bytes while
 * nobody can say what became of a write.
 */
final class Applications implements AutoCloseable {
    private static final Duration REST = Duration.ofMillis(200);
    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final int LIFETIME_BLOCKS = 500;
    private static final int ATTEMPTS = 5;

    /** Somebody else has used this nonce, or so many later ones that it is over. */
    private static final Set<String> TAKEN = Set.of("NONCE_USED", "NONCE_TOO_OLD");

    private final AtomicBoolean ending = new AtomicBoolean();
    private final Map<String, String> acknowledged = new ConcurrentSkipListMap<>();
    private final Queue<Trouble> troubles = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads;

    /**
     * A call that did not end with an acknowledgement.
     *
     * @param begun when, by {@link System#nanoTime}
     * @param ended when its caller was told
     * @param why what was told
     * @param refused whether it was refused; else its end was unknown, and it was handed in again
     */
    record Trouble(long begun, long ended, String why, boolean refused) {}

    /** Starts one at each validator; it signs as that validator. */
    Applications(Network network) {
        threads =
                IntStream.rangeClosed(1, network.size())
                        .mapToObj(i -> Thread.ofPlatform().start(() -> new One(network, i).run()))
                        .toList();
    }

    /** Keys ({@code owner/key}) that were acknowledged, with the ids of their transactions. */
    Map<String, String> acknowledged() {
        return acknowledged;
    }

    /** Calls that were not. */
    List<Trouble> troubles() {
        return List.copyOf(troubles);
    }

    /** Waits until so many more writes were acknowledged. */
    void awaitMore(int count, Duration patience) {
        int goal = acknowledged.size() + count;
        Await.until(count + " more writes", patience, () -> acknowledged.size() >= goal);
    }

    /** Ends them; calls in flight are waited for. */
    void stop() {
        ending.set(true);
        Await.ended(threads);
    }

    @Override
    public void close() {
        stop();
    }

    /** One application, on a thread of its own. */
    private final class One {
        private final Author author;
        private final WitanClient client;
        private long height;
        private long nonce;

        One(Network network, int i) {
            author =
                    new Author(
                            new SettingsSources(
                                            Map.of(),
                                            Map.of(),
                                            Optional.of(network.home(i)),
                                            Optional.empty())
                                    .resolve());
            List<URI> nodes = new ArrayList<>();
            for (int turn = 0; turn < network.size(); turn++) {
                int node = (i - 1 + turn) % network.size() + 1;
                nodes.add(URI.create("http://127.0.0.1:" + network.httpPort(node)));
            }
            client = WitanClient.of(nodes, Duration.ofSeconds(3));
        }

        void run() {
            try (client) {
                synchronise();
                for (int n = 0; !ending.get(); n++) {
                    write("app/" + n);
                    LockSupport.parkNanos(REST.toNanos());
                }
            }
        }

        /** Others sign with the same key, so the next free number is the ledger's to say. */
        private void synchronise() {
            Sender sender = Sender.member(author.id());
            var window = client.json("/v1/senders/" + HttpConnection.encode("" + sender));
            nonce = window.path("highestNonce").asLong(-1) + 1;
            height = window.path("height").asLong();
        }

        private void write(String key) {
            Transaction put = sign(key);
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                long begun = System.nanoTime();
                try {
                    Sent sent = client.submit(put, WAIT);
                    if (sent instanceof Sent.Committed committed) {
                        height = committed.height();
                        acknowledged.put(author.id() + "/" + key, put.id().hex());
                        return;
                    }
                    note(begun, ((Sent.Pending) sent).why(), false);
                } catch (OperatorError refused) {
                    if (!TAKEN.contains(refused.code())) {
                        note(begun, refused.code() + " " + refused.why(), true);
                        return;
                    }
                    // By the command line and the node itself, which draw theirs for the same key.
                    synchronise();
                    put = sign(key);
                }
            }
            note(System.nanoTime(), "nobody ever said what became of " + key, true);
        }

        private void note(long begun, String why, boolean refused) {
            troubles.add(new Trouble(begun, System.nanoTime(), why, refused));
        }

        private Transaction sign(String key) {
            Operation put =
                    new Operation.Put(
                            key, key.getBytes(StandardCharsets.UTF_8), OptionalLong.empty());
            return Transaction.sign(
                    new Intent(
                            author.network(),
                            Sender.member(author.id()),
                            0,
                            nonce++,
                            height + LIFETIME_BLOCKS,
                            put),
                    author.signer());
        }
    }
}
