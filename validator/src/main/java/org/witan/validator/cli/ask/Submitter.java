package org.witan.validator.cli.ask;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.witan.chain.block.Intent;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.NetworkId;
import org.witan.validator.cli.http.Answer;
import org.witan.validator.cli.http.Fields;
import org.witan.validator.cli.http.HttpConnection;
import org.witan.validator.cli.http.NodeClient;
import org.witan.validator.cli.http.Problems;
import org.witan.validator.cli.http.Request;

/**
 * Signs operations of one sender and hands them in, until each is final or refused.
 *
 * <p>Nonces: a sender may use each number once, within a window of 1024 that ends at the highest
 * one used. One is drawn at random from the {@value #SPREAD} above the highest, so that several
 * programs with one key rarely draw the same; if they do, the node says so and another is drawn.
 * Far fewer than 1024 above the highest leaves room for the hundreds that may be in flight.
 */
public final class Submitter {
    private static final int SPREAD = 256;
    private static final int ATTEMPTS = 8;
    private static final int LIFETIME_BLOCKS = 500;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(50);

    private final NodeClient node;
    private final NetworkId network;
    private final Sender sender;
    private final Signer signer;

    /** A submitter for one sender of one network, through one node. */
    public Submitter(NodeClient node, NetworkId network, Sender sender, Signer signer) {
        this.node = node;
        this.network = network;
        this.sender = sender;
        this.signer = signer;
    }

    /**
     * What became of a transaction that is final.
     *
     * @param id the transaction
     * @param height its block
     * @param outcome done, or why not, as the HTTP API writes it
     * @param version the entry's version after it
     */
    public record Settled(String id, long height, String outcome, long version) {}

    /**
     * Signs an operation, hands it in and waits until it is final.
     *
     * @throws OperatorError if it is refused; OUTCOME_UNKNOWN if time runs out, in which case it
     *     may still be executed
     */
    public Settled submit(Operation operation, Duration patience) {
        for (int attempt = 1; ; attempt++) {
            Transaction transaction = sign(operation);
            Answer answer = handIn(transaction, patience);
            boolean nonceTaken = answer.status() == 409 && answer.text().contains("\"NONCE_USED\"");
            if (!nonceTaken || attempt == ATTEMPTS) {
                return settled(transaction, answer, patience);
            }
        }
    }

    private Transaction sign(Operation operation) {
        Answer answer =
                node.send(Request.get("/v1/senders/" + HttpConnection.encode(sender.toString())));
        SameNetwork.require(network, node.address(), answer);
        Fields window = node.fields(answer);
        long highest = window.number("highestNonce").orElse(-1L);
        long nonce = highest + ThreadLocalRandom.current().nextInt(1, SPREAD + 1);
        long validUntil = window.number("height").orElse(0L) + LIFETIME_BLOCKS;
        int keyNumber = Math.toIntExact(window.number("keyNumber").orElse(0L));
        return Transaction.sign(
                new Intent(network, sender, keyNumber, nonce, validUntil, operation), signer);
    }

    private Answer handIn(Transaction transaction, Duration patience) {
        long waitMillis = Math.clamp(patience.toMillis() - 500, 100, LONGEST_WAIT.toMillis());
        String path = "/v1/transactions?wait=commit&timeout=" + waitMillis + "ms";
        try {
            return node.send(Request.post(path, Transaction.CODEC.encode(transaction)));
        } catch (OperatorError lost) {
            throw unknown(transaction.id(), lost.why());
        }
    }

    private Settled settled(Transaction transaction, Answer answer, Duration patience) {
        if (answer.status() >= 300) {
            throw Problems.of(node.address(), answer);
        }
        Fields body = node.fields(answer);
        if (answer.status() == 202) {
            String why = body.text("why").orElse("it was not final within " + patience);
            throw unknown(transaction.id(), why);
        }
        Fields receipt = body.inner("receipt");
        return new Settled(
                transaction.id().hex(),
                body.number("height").orElse(0L),
                receipt.text("outcome").orElse("done"),
                receipt.number("version").orElse(0L));
    }

    private static OperatorError unknown(Hash id, String why) {
        return new OperatorError(
                ExitCode.UNREACHABLE,
                "OUTCOME_UNKNOWN",
                "nobody can say yet what becomes of the transaction " + id.hex(),
                why + "; it may still be executed",
                "witan why; then GET /v1/transactions/" + id.hex());
    }
}
