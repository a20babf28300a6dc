package org.witan.validator.cli.bench;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.witan.chain.block.Intent;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.membership.NetworkId;
import org.witan.validator.cli.http.Fields;
import org.witan.validator.cli.http.HttpConnection;
import org.witan.validator.cli.http.NodeClient;

/** One sender of the load: signs puts with nonces of its window. Safe for any thread. */
final class BenchSender {
    private static final int LIFETIME_BLOCKS = 900;

    private final NetworkId network;
    private final Sender sender;
    private final int keyNumber;
    private final Signer signer;
    private final NonceSource nonces;
    private final AtomicLong height;

    private BenchSender(NetworkId network, Sender sender, Signer signer, Fields window) {
        this.network = network;
        this.sender = sender;
        this.signer = signer;
        keyNumber = Math.toIntExact(window.number("keyNumber").orElse(0L));
        nonces = new NonceSource(window.number("highestNonce").orElse(-1L));
        height = new AtomicLong(window.number("height").orElse(0L));
    }

    /** A sender whose window is asked of a node. */
    static BenchSender of(NodeClient node, NetworkId network, Sender sender, Signer signer) {
        Fields window = node.get("/v1/senders/" + HttpConnection.encode(sender.toString()));
        return new BenchSender(network, sender, signer, window);
    }

    /** A signed put with the next nonce; its nonce is in flight until {@link #settled}. */
    Transaction put(String key, byte[] value) throws InterruptedException {
        return Transaction.sign(
                new Intent(
                        network,
                        sender,
                        keyNumber,
                        nonces.take(),
                        height.get() + LIFETIME_BLOCKS,
                        new Operation.Put(key, value, OptionalLong.empty())),
                signer);
    }

    /** Says that a transaction is no longer in flight. */
    void settled(Transaction transaction) {
        nonces.settled(transaction.intent().nonce());
    }

    /** Says that a block of this height is final. */
    void reached(long newest) {
        height.accumulateAndGet(newest, Math::max);
    }
}
