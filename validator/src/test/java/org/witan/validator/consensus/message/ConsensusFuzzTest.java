package org.witan.validator.consensus.message;

import java.util.List;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.fuzz.FormatsTarget;
import org.witan.validator.pool.TransactionBatch;

/** Messages of consensus, and transactions that are passed on. */
final class ConsensusFuzzTest extends FormatsTarget {
    ConsensusFuzzTest() {
        MessageTest.messages()
                .map(named -> named.get())
                .forEach(named ->
                        format(
                                String.valueOf(named[0]),
                                ConsensusMessage.CODEC,
                                (ConsensusMessage) named[1]));
        TestNetwork network = TestNetwork.of(4);
        format(
                "batch",
                TransactionBatch.CODEC,
                new TransactionBatch(List.of(network.put(1, "a", "1"), network.put(2, "b", "2"))));
    }
}
