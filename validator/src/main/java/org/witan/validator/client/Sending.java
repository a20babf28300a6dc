package org.witan.validator.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;
import org.witan.chain.block.Transaction;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.OperatorError;

/** One transaction on its way to one node after the other, until one of them knows its fate. */
final class Sending {
    static final String PATH = "/v1/transactions";

    private final Nodes nodes;
    private final Hash id;
    private final byte[] bytes;
    private final Duration wait;
    private Optional<String> unknown = Optional.empty();
    private OperatorError last;

    Sending(Nodes nodes, Transaction transaction, Duration wait) {
        this.nodes = nodes;
        id = transaction.id();
        bytes = Transaction.CODEC.encode(transaction);
        this.wait = wait;
        last = nodes.unreachable("nobody was asked");
    }

    /**
     * Asks each node once.
     *
     * @throws OperatorError if it was refused, or certainly taken by nobody
     */
    Sent send() {
        int first = nodes.preferred();
        for (int attempt = 0; attempt < nodes.count(); attempt++) {
            Optional<Sent> fate = ask((first + attempt) % nodes.count());
            if (fate.isPresent()) {
                return fate.get();
            }
        }
        if (unknown.isPresent()) {
            return new Sent.Pending(id, "nobody could say: " + unknown.get());
        }
        throw last;
    }

    private Optional<Sent> ask(int node) {
        String query = wait.isPositive() ? "?wait=commit&timeout=" + wait.toMillis() + "ms" : "";
        try {
            Reply reply = nodes.post(node, PATH + query, bytes, wait);
            if (reply.ok()) {
                nodes.prefer(node);
                return Optional.of(taken(reply));
            }
            if (unknown.isPresent() && reply.code().equals("NONCE_USED")) {
                return Optional.of(lookUp());
            }
            last = reply.error();
            if (!reply.elsewhere()) {
                throw last;
            }
        } catch (ConnectException nothingSent) {
            last = nodes.unreachable(Nodes.sentence(nothingSent));
        } catch (IOException cut) {
            unknown = Optional.of(Nodes.sentence(cut));
        }
        return Optional.empty();
    }

    private Sent taken(Reply reply) {
        JsonNode body = reply.json();
        return reply.status() == 200
                ? committed(id, body)
                : new Sent.Pending(id, body.path("why").asText());
    }

    /** After an attempt with an unknown end, a used nonce is most likely this transaction's own. */
    private Sent lookUp() {
        Reply reply = nodes.get(PATH + "/" + id.hex());
        return reply.ok()
                ? committed(id, reply.json())
                : new Sent.Pending(id, "its nonce is used, and it is not in the ledger yet");
    }

    static Sent.Committed committed(Hash id, JsonNode body) {
        return new Sent.Committed(
                id, body.path("height").asLong(), body.path("index").asInt(), Reply.receipt(body));
    }
}
