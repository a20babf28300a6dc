package org.witan.validator.api.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.witan.chain.block.Transaction;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.crypto.Hash;
import org.witan.validator.api.NodeAccess;
import org.witan.validator.api.NodeSnapshot;
import org.witan.validator.api.Submission;
import org.witan.validator.api.Why;
import org.witan.validator.api.json.Json;
import org.witan.validator.api.json.LedgerBodies;

/** Takes transactions, and waits for their commit if the caller wants to. */
final class SubmitEndpoint {
    private static final String BINARY = "application/octet-stream";
    private static final Duration ADMISSION = Duration.ofSeconds(5);
    private static final Map<String, Integer> STATUS_BY_CODE =
            Map.ofEntries(
                    Map.entry("TRANSACTION_TOO_LARGE", 413),
                    Map.entry("TOO_LARGE", 413),
                    Map.entry("VALUE_TOO_LARGE", 413),
                    Map.entry("NO_QUORUM", 503),
                    Map.entry("CATCHING_UP", 503),
                    Map.entry("HALTED", 503),
                    Map.entry("STORAGE_LOW", 503),
                    Map.entry("DRAINING", 503),
                    Map.entry("STOPPING", 503),
                    Map.entry("READ_ONLY", 403),
                    Map.entry("POOL_FULL", 429),
                    Map.entry("QUOTA_EXCEEDED", 429),
                    Map.entry("NONCE_USED", 409),
                    Map.entry("NONCE_TOO_OLD", 409),
                    Map.entry("DUPLICATE", 409));

    private final NodeAccess node;
    private final InstantSource clock;
    private final Duration maxWait;

    SubmitEndpoint(NodeAccess node, InstantSource clock, Duration maxWait) {
        this.node = node;
        this.clock = clock;
        this.maxWait = maxWait;
    }

    Route route() {
        return new Route("POST", "/v1/transactions", Set.of("wait", "timeout"), this::submit);
    }

    private Answer submit(Call call) {
        Optional<Duration> wait = wait(call);
        requireDecidable(node.snapshot());
        Transaction transaction = read(call.body());
        CompletableFuture<Submission> stage =
                node.submit(transaction, wait.isPresent()).toCompletableFuture();
        Duration patience = wait.orElse(ADMISSION);
        Submission.Unknown late =
                new Submission.Unknown(
                        transaction.id(),
                        "it was not committed within " + patience.toMillis() + " ms");
        try {
            return answer(stage.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException tooLate) {
            // Completing it tells the node that nobody waits any more; its own answer may win.
            stage.complete(late);
            return answer(stage.getNow(late));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return answer(late);
        } catch (ExecutionException bug) {
            throw new IllegalStateException("a submission never fails", bug);
        }
    }

    private Answer answer(Submission submission) {
        return switch (submission) {
            case Submission.Accepted(var id) -> pending(id, "it waits to be put into a block");
            case Submission.Unknown(var id, var why) -> pending(id, why);
            case Submission.Committed(var id, var height, var index, var receipt) -> {
                ObjectNode body = Json.body(node.founding().networkId().toString(), height);
                body.put("id", id.hex()).put("status", "committed").put("index", index);
                LedgerBodies.receipt(body, receipt);
                yield Answer.ok(body);
            }
            case Submission.Refused(var code, var why, var fix) ->
                    throw new Refused(
                            STATUS_BY_CODE.getOrDefault(code, 422),
                            code,
                            "the transaction was refused",
                            why,
                            fix);
        };
    }

    private Answer pending(Hash id, String why) {
        ObjectNode body = Json.body(node.snapshot());
        body.put("id", id.hex()).put("status", "pending").put("why", why);
        return new Answer(
                202,
                Json.MEDIA_TYPE,
                Json.bytes(body),
                Map.of("Location", "/v1/transactions/" + id.hex()));
    }

    /** Without a quorum nothing can be committed: better said now than after a time-out. */
    private void requireDecidable(NodeSnapshot snapshot) {
        if (snapshot.health().halted().isPresent()) {
            throw unavailable("HALTED", snapshot);
        }
        if (snapshot.health().margin() < 0) {
            throw unavailable("NO_QUORUM", snapshot);
        }
        if (snapshot.health().draining()) {
            throw new Refused(
                    503,
                    "DRAINING",
                    "this node takes no new transactions",
                    "its operator is about to stop it; the network goes on",
                    "hand the same transaction in at another node");
        }
    }

    private Refused unavailable(String code, NodeSnapshot snapshot) {
        Why why = Why.of(snapshot, clock.millis());
        return new Refused(
                503,
                code,
                "nothing can be committed now",
                String.join(" ", why.lines()),
                "witan why; then hand in the same transaction again");
    }

    private Optional<Duration> wait(Call call) {
        Optional<String> wait = call.text("wait");
        if (wait.isPresent() && !wait.get().equals("commit")) {
            throw Call.badQuery("there is nothing else to wait for", "wait is commit");
        }
        Duration timeout = call.text("timeout").map(this::duration).orElse(Duration.ofSeconds(5));
        return wait.map(_ -> timeout);
    }

    private Duration duration(String text) {
        boolean millis = text.endsWith("ms");
        boolean seconds = !millis && text.endsWith("s");
        String digits = text.substring(0, text.length() - (millis ? 2 : seconds ? 1 : 0));
        long most = millis ? maxWait.toMillis() : maxWait.toSeconds();
        OptionalLong number = Call.parse(digits, 1, most);
        if (!millis && !seconds || number.isEmpty()) {
            throw Call.badQuery(
                    "a time cannot be read",
                    "timeout is a number with ms or s, at most " + maxWait.toSeconds() + "s");
        }
        return millis
                ? Duration.ofMillis(number.getAsLong())
                : Duration.ofSeconds(number.getAsLong());
    }

    private Transaction read(Call.Body body) {
        if (!body.mediaType().equals(BINARY) && !body.mediaType().equals(Json.MEDIA_TYPE)) {
            throw new Refused(
                    415,
                    "UNSUPPORTED_MEDIA_TYPE",
                    "a body of this type is not taken",
                    "Content-Type is " + BINARY + " or " + Json.MEDIA_TYPE,
                    "send the transaction's bytes as " + BINARY);
        }
        if (body.lengthBytes() > Transaction.MAX_BYTES) {
            throw tooLarge(body.lengthBytes());
        }
        byte[] bytes = body.read();
        if (body.mediaType().equals(Json.MEDIA_TYPE)) {
            bytes = unwrap(bytes);
        }
        return switch (Transaction.CODEC.decode(bytes)) {
            case Decoded.Ok(var transaction) -> transaction;
            case Decoded.Bad(var offset, var why) ->
                    throw malformed("at byte " + offset + ": " + why);
        };
    }

    private static byte[] unwrap(byte[] json) {
        Optional<ObjectNode> object = Json.readObject(json);
        if (object.isEmpty()
                || object.get().size() != 1
                || !object.get().path("transaction").isTextual()) {
            throw malformed(
                    "the body is not {\"transaction\": \"…\"} with at most "
                            + Json.MAX_STRING
                            + " hex digits; larger ones go as "
                            + BINARY);
        }
        try {
            return HexFormat.of().parseHex(object.get().path("transaction").textValue());
        } catch (IllegalArgumentException noHex) {
            throw malformed("the transaction is not written in hex digits");
        }
    }

    private static Refused tooLarge(long bytes) {
        return new Refused(
                413,
                "TRANSACTION_TOO_LARGE",
                "the transaction is too large",
                bytes + " bytes, the limit is " + Transaction.MAX_BYTES,
                "split it into several transactions");
    }

    private static Refused malformed(String why) {
        return new Refused(
                400,
                "MALFORMED_TRANSACTION",
                "the body is not a transaction",
                why,
                "make it with the Java client, or by docs/protocol/ledger.md");
    }
}
