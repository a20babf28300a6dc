package org.witan.validator.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.witan.chain.block.Intent;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.cli.http.NodeClient;
import org.witan.validator.cli.http.Request;

/**
 * All validators hand in 25 transactions a second, whatever becomes of them: far more than blocks
 * of one transaction hold, and no more than a machine can read.
 */
final class Spenders implements AutoCloseable {
    private static final long REST_NANOS = 40_000_000;
    private static final int LIFETIME_BLOCKS = 500;

    private final AtomicBoolean ending = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();

    /** Starts one for each validator of the network, at its own node. */
    Spenders(Network network, NetworkId id) {
        for (int i = 1; i <= network.size(); i++) {
            int index = i;
            threads.add(Thread.ofPlatform().start(() -> spend(network, id, index)));
        }
    }

    private void spend(Network network, NetworkId id, int i) {
        Sender sender = Sender.member(new NodeId("v" + i));
        SigningKey key = Governors.key(network.home(i), "node.key");
        try (NodeClient client = network.client(i)) {
            var window = client.get("/v1/senders/" + sender);
            long nonce = window.number("highestNonce").orElse(-1L) + 1;
            long until = window.number("height").orElse(0L) + LIFETIME_BLOCKS;
            while (!ending.get()) {
                Operation put = new Operation.Put("spent", new byte[100], OptionalLong.empty());
                Transaction next =
                        Transaction.sign(new Intent(id, sender, 0, nonce, until, put), key);
                if (isTaken(client, next)) {
                    nonce++;
                }
                LockSupport.parkNanos(REST_NANOS);
            }
        }
    }

    /** What is refused, for its quota or since its sender is suspended, is tried again. */
    private static boolean isTaken(NodeClient client, Transaction transaction) {
        try {
            byte[] bytes = Transaction.CODEC.encode(transaction);
            return client.send(Request.post("/v1/transactions", bytes)).status() < 300;
        } catch (OperatorError busy) {
            return false;
        }
    }

    @Override
    public void close() {
        ending.set(true);
        Await.ended(threads);
    }
}
