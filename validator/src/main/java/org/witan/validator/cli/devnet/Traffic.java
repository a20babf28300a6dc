package org.witan.validator.cli.devnet;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import org.witan.chain.block.Operation;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.cli.ask.Author;
import org.witan.validator.cli.ask.Submitter;
import org.witan.validator.cli.http.NodeClient;

/** Writes an entry of v1 again and again, since a network without work makes no blocks. */
final class Traffic {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String KEY = "devnet/counter";

    private final Submitter submitter;
    private long count;

    Traffic(DevnetFolder devnet, NodeClient client) {
        submitter = new Author(devnet.settings(1)).submitter(client);
    }

    /** Writes once and waits until it is final; the answer is the block's height. */
    long once() {
        byte[] value = String.valueOf(++count).getBytes(StandardCharsets.UTF_8);
        Operation put = new Operation.Put(KEY, value, OptionalLong.empty());
        return submitter.submit(put, PATIENCE).height();
    }

    /** Writes until a block of this height is final; goes on over refusals. */
    void until(long height) {
        long reached = 0;
        while (reached < height && !Thread.currentThread().isInterrupted()) {
            try {
                reached = once();
            } catch (OperatorError refused) {
                // A validator may be down for a while; the table shows it.
                Thread.onSpinWait();
            }
        }
    }
}
