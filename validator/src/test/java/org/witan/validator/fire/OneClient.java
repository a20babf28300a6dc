package org.witan.validator.fire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.witan.chain.block.Intent;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.cli.http.Answer;
import org.witan.validator.cli.http.Fields;
import org.witan.validator.cli.http.HttpConnection;
import org.witan.validator.cli.http.Request;
import org.witan.validator.history.Event;
import org.witan.validator.history.Said;

/** One program: one thing at a time, at one validator until that one does not answer. */
final class OneClient implements Runnable {
    private static final int WAIT_MILLIS = 4000;
    private static final int TIMEOUT_MILLIS = 6000;
    private static final long LIFETIME_BLOCKS = 500;
    private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();
    private static final long LONG_PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    private final Clients all;
    private final SplittableRandom random;
    private final Map<Integer, HttpConnection> connections = new TreeMap<>();
    private int node;
    private String process;
    private String lastKey = "v1/none";

    /** A request was certainly not sent. */
    private static final class NotSent extends IOException {
        private static final long serialVersionUID = 1;

        NotSent(IOException cause) {
            super(cause);
        }
    }

    OneClient(Clients all, int node, long seed) {
        this.all = all;
        this.node = node;
        random = new SplittableRandom(seed);
        process = all.recorder.newProcess();
    }

    @Override
    public void run() {
        try {
            while (!all.ended()) {
                int dice = random.nextInt(10);
                if (dice < 6) {
                    write(node, "load/" + process + "/" + all.nextValue(), OptionalLong.empty());
                } else if (dice < 8) {
                    String key = all.casKey();
                    write(1, key, OptionalLong.of(all.knownVersion(key)));
                } else {
                    read(dice == 8 ? lastKey : "v1/cas/0");
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } finally {
            connections.keySet().stream().toList().forEach(this::drop);
        }
    }

    /** Puts an entry of validator {@code owner}, signed with its key; or only over a version. */
    private void write(int owner, String key, OptionalLong expected) {
        long value = all.nextValue();
        int digits = expected.isPresent() ? 1 : all.valueBytes();
        byte[] content = ("%0" + digits + "d").formatted(value).getBytes(StandardCharsets.UTF_8);
        Intent intent =
                new Intent(
                        all.fleet.founding().networkId(),
                        Sender.member(new NodeId("v" + owner)),
                        0,
                        all.nextNonce(owner),
                        all.knownHeight() + LIFETIME_BLOCKS,
                        new Operation.Put(key, content, expected));
        Transaction transaction = Transaction.sign(intent, all.fleet.key(owner));
        String f = expected.isPresent() ? "cas" : "write";
        Said said =
                Said.of("v" + owner + "/" + key, "v" + node)
                        .value(value)
                        .tx(transaction.id().hex());
        Said asked = expected.isPresent() ? said.expected(expected.getAsLong()) : said;
        all.recorder.add(process, Event.Type.INVOKE, f, asked);
        byte[] bytes = Transaction.CODEC.encode(transaction);
        // The same bytes may be handed in again anywhere: they are executed at most once.
        if (!handIn(bytes, f, asked, false) && !handIn(bytes, f, asked.at("v" + node), true)) {
            process = all.recorder.newProcess();
        }
        if (expected.isEmpty()) {
            lastKey = said.key();
        }
    }

    /** Answers false if its end is not known; the last attempt then tells so. */
    private boolean handIn(byte[] bytes, String f, Said asked, boolean last) {
        String why;
        boolean nothingSent = false;
        try {
            String path = "/v1/transactions?wait=commit&timeout=" + WAIT_MILLIS + "ms";
            Answer answer = exchange(Request.post(path, bytes));
            if (answer.status() == 200) {
                settled(f, asked, Fields.parse(answer.body()));
                return true;
            }
            why = answer.status() + " " + Fields.parse(answer.body()).shown("code");
            if (answer.status() >= 400 && answer.status() < 500 && !last) {
                all.recorder.add(process, Event.Type.FAIL, f, asked.err(why));
                return true;
            }
        } catch (IOException failed) {
            nothingSent = failed instanceof NotSent;
            why = String.valueOf(failed.getMessage());
        }
        elsewhere();
        if (nothingSent && !last) {
            all.recorder.add(process, Event.Type.FAIL, f, asked.err("not sent: " + why));
            LockSupport.parkNanos(LONG_PAUSE_NANOS);
            return true;
        }
        if (last) {
            all.recorder.add(process, Event.Type.INFO, f, asked.err(why));
        }
        return false;
    }

    private void settled(String f, Said asked, Fields body) {
        Fields receipt = body.inner("receipt");
        long height = body.number("height").orElseThrow();
        long version = receipt.number("version").orElseThrow();
        boolean done = receipt.shown("outcome").equals("done");
        int index = Math.toIntExact(body.number("index").orElseThrow());
        all.recorder.add(
                process,
                done ? Event.Type.OK : Event.Type.FAIL,
                f,
                asked.pos(height, index).version(version));
        all.knowHeight(height);
        if (f.equals("cas")) {
            all.knowVersion(asked.key().substring("v1/".length()), version);
        }
    }

    private void read(String key) {
        Said asked = Said.of(key, "v" + node);
        all.recorder.add(process, Event.Type.INVOKE, "read", asked);
        String why;
        try {
            Answer answer = exchange(Request.get("/v1/entries/" + key));
            Fields body = Fields.parse(answer.body());
            if (answer.status() == 200 || answer.status() == 404) {
                Said found = asked.pos(body.number("height").orElseThrow(), 0);
                Said version = found.version(body.number("version").orElse(0L));
                all.recorder.add(
                        process,
                        Event.Type.OK,
                        "read",
                        answer.status() == 404
                                ? version
                                : version.value(Long.parseLong(body.shown("value"))));
                return;
            }
            why = answer.status() + " " + body.shown("code");
        } catch (IOException failed) {
            why = String.valueOf(failed.getMessage());
        }
        // A read changes nothing: not to know its end is the same as that it failed.
        all.recorder.add(process, Event.Type.FAIL, "read", asked.err(why));
        elsewhere();
    }

    private Answer exchange(Request request) throws IOException {
        HttpConnection connection = connections.get(node);
        if (connection == null) {
            try {
                connection = HttpConnection.open(all.fleet.site(node).api(), TIMEOUT_MILLIS);
            } catch (IOException refused) {
                throw new NotSent(refused);
            }
            connections.put(node, connection);
        }
        try {
            return connection.exchange(request);
        } catch (IOException broken) {
            drop(node);
            throw broken;
        }
    }

    private void elsewhere() {
        node = node % all.fleet.size() + 1;
    }

    private void drop(int which) {
        HttpConnection connection = connections.remove(which);
        if (connection != null) {
            try {
                connection.close();
            } catch (IOException gone) {
                // It was of no more use anyway.
                connections.remove(which);
            }
        }
    }
}
