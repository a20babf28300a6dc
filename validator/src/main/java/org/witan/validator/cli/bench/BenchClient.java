package org.witan.validator.cli.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.witan.chain.block.Transaction;
import org.witan.validator.cli.http.Answer;
import org.witan.validator.cli.http.HttpConnection;
import org.witan.validator.cli.http.NodeAddress;
import org.witan.validator.cli.http.Request;

/** One client: a connection that stays open, and one put in flight at a time. */
final class BenchClient implements Runnable {
    private static final int TIMEOUT_MILLIS = 15_000;
    private static final String PATH = "/v1/transactions?wait=commit&timeout=10s";
    private static final long PAUSE_AFTER_ERROR_NANOS = 20_000_000;
    private static final long NANOS_PER_MICRO = 1000;
    private static final String OUTCOME = "\"outcome\":\"";
    private static final String HEIGHT = "\"height\":";

    private final BenchPlan plan;
    private final int number;
    private final NodeAddress address;
    private final BenchSender sender;
    private final LatencyHistogram latencies = new LatencyHistogram();
    private final Map<String, Long> errors = new TreeMap<>();
    private @Nullable HttpConnection connection;

    BenchClient(BenchPlan plan, int number, NodeAddress address, BenchSender sender) {
        this.plan = plan;
        this.number = number;
        this.address = address;
        this.sender = sender;
    }

    @Override
    public void run() {
        SplittableRandom random = new SplittableRandom(plan.seed() + number);
        try {
            Schedule schedule = plan.schedule();
            for (long i = 0; ; i++) {
                OptionalLong due = schedule.next();
                if (due.isEmpty()) {
                    break;
                }
                byte[] value = new byte[plan.valueBytes()];
                random.nextBytes(value);
                put(plan.key(number, i), value, due.getAsLong());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    /** What this client measured; to be asked when it has ended. */
    LatencyHistogram latencies() {
        return latencies;
    }

    /** How many puts failed, by reason; to be asked when it has ended. */
    Map<String, Long> errors() {
        return errors;
    }

    private void put(String key, byte[] value, long dueNanos) throws InterruptedException {
        Transaction transaction = sender.put(key, value);
        try {
            Answer answer = exchange(Request.post(PATH, Transaction.CODEC.encode(transaction)));
            long now = System.nanoTime();
            Optional<String> failure = failure(answer);
            if (failure.isPresent()) {
                failed(failure.get());
            } else if (plan.schedule().counts(now)) {
                latencies.record((now - dueNanos) / NANOS_PER_MICRO);
                sender.reached(height(answer));
            }
        } catch (IOException lost) {
            close();
            failed("connection: " + lost.getMessage());
        } finally {
            sender.settled(transaction);
        }
    }

    private void failed(String reason) {
        if (plan.schedule().counts(System.nanoTime())) {
            errors.merge(reason, 1L, Long::sum);
        }
        LockSupport.parkNanos(PAUSE_AFTER_ERROR_NANOS);
    }

    private Answer exchange(Request request) throws IOException {
        HttpConnection open = connection;
        if (open == null) {
            open = HttpConnection.open(address, TIMEOUT_MILLIS);
            connection = open;
        }
        return open.exchange(request);
    }

    private void close() {
        HttpConnection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException ignored) {
                // It is of no further use either way.
            }
        }
    }

    /** Why a put did not do what it should; empty if it is final and done. */
    static Optional<String> failure(Answer answer) {
        if (answer.status() != 200) {
            return Optional.of(reason(answer));
        }
        String text = answer.text();
        int at = text.indexOf(OUTCOME) + OUTCOME.length();
        if (at < OUTCOME.length()) {
            return Optional.of("no receipt");
        }
        String outcome = text.substring(at, Math.max(at, text.indexOf('"', at)));
        return Optional.of(outcome).filter(said -> !said.equals("done"));
    }

    private static String reason(Answer answer) {
        String text = answer.text();
        int at = text.indexOf("\"code\":\"");
        return at < 0
                ? answer.status() == 202 ? "not final in time" : "HTTP " + answer.status()
                : text.substring(at + 8, text.indexOf('"', at + 8));
    }

    /** Reading one number does not need a JSON parser four thousand times a second. */
    private static long height(Answer answer) {
        byte[] body = answer.body();
        String text = new String(body, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(HEIGHT);
        long height = 0;
        for (int i = at + HEIGHT.length(); at >= 0 && i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                break;
            }
            height = height * 10 + (c - '0');
        }
        return height;
    }
}
