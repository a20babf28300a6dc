package org.witan.validator.sim.oracle;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Transaction;
import org.witan.chain.store.MemoryStore;
import org.witan.chain.store.StoreWrite;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;

/** Entries by hand are held against all that stand on a disk, also those that nobody touches. */
class HandLedgerTest {
    private static final TestNetwork NETWORK = TestNetwork.of(4);

    private final HandLedger byHand = new HandLedger();
    private final TestChain chain = new TestChain(NETWORK);
    private final MemoryStore disk = new MemoryStore(NETWORK.founding());
    private long nonce;

    /** A block that the disk takes, and the ledger by hand only if it is to know of it. */
    private void write(boolean isKnown, Operation operation) {
        nonce++;
        Transaction transaction = NETWORK.sign(1, nonce, 1000, operation);
        StoreWrite.Commit commit = chain.next(transaction);
        disk.apply(List.of(commit), true);
        if (isKnown) {
            byHand.apply(commit.block(), commit.receipts(), commit.after());
        }
    }

    private static Operation put(String key, int content) {
        return new Operation.Put(key, new byte[] {(byte) content}, OptionalLong.empty());
    }

    private static Operation delete(String key) {
        return new Operation.Delete(key, OptionalLong.empty());
    }

    private void isFound(String words) {
        assertThatThrownBy(() -> byHand.compare(disk))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("P9:")
                .hasMessageContaining(words);
    }

    @Test
    void whatBothHavePasses() {
        write(true, put("one", 1));
        write(true, put("two", 2));
        write(true, delete("one"));
        write(true, put("two", 3));
        assertThatCode(() -> byHand.compare(disk)).doesNotThrowAnyException();
    }

    @Test
    void anEntryTooManyIsFound() {
        write(false, put("one", 1));
        write(true, put("two", 2));
        isFound("v1/one stands on a disk");
    }

    @Test
    void anEntryThatIsGoneIsFound() {
        write(true, put("one", 1));
        write(false, delete("one"));
        write(true, put("two", 2));
        isFound("[v1/one] are not on a disk");
    }

    @Test
    void anotherContentIsFound() {
        write(true, put("one", 1));
        write(false, delete("one"));
        write(false, put("one", 2));
        write(true, put("two", 2));
        isFound("v1/one stands on a disk");
    }
}
