package org.witan.validator.sim.oracle;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockBody;
import org.witan.chain.block.Transaction;
import org.witan.chain.state.Entry;
import org.witan.chain.state.StatePath;
import org.witan.chain.store.LedgerReader;
import org.witan.chain.store.MemoryStore;
import org.witan.chain.store.StateItem;
import org.witan.chain.store.StoreWrite;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.membership.NodeId;

/** What a disk lacks, has twice or has from nobody is found when all of it is read. */
class LedgersTest {
    private static final TestNetwork NETWORK = TestNetwork.of(4);
    private static final NodeId NODE = new NodeId("v1");
    private static final StatePath FOREIGN = StatePath.entry(NODE, "foreign");

    private final Members members = new Members(NETWORK.founding());
    private final EpochOracle epochs = new EpochOracle(NETWORK.founding(), members);
    private final Ledgers ledgers =
            new Ledgers(NETWORK.founding(), new VoteBook(NETWORK.founding(), members), epochs);
    private final TestChain chain = new TestChain(NETWORK);
    private final MemoryStore disk = new MemoryStore(NETWORK.founding());
    private final MemoryStore shorter = new MemoryStore(NETWORK.founding());
    private final Transaction first = NETWORK.put(1, "key", "value");
    private final Transaction second = NETWORK.put(2, "key", "another value");
    private final Transaction third = NETWORK.put(3, "another key", "value");

    /** Three blocks, of which one disk has all and another one the first. */
    @BeforeEach
    void writeThreeBlocks() {
        for (Transaction transaction : List.of(first, second, third)) {
            StoreWrite.Commit commit = chain.next(List.of(transaction), false);
            ledgers.submitted(transaction);
            ledgers.committed(NODE, commit);
            ledgers.acknowledged(transaction.id());
            disk.apply(List.of(commit), true);
            if (shorter.tip().height() == 0) {
                shorter.apply(List.of(commit), true);
            }
        }
    }

    /** A disk on which this method answers something else. */
    @FunctionalInterface
    private interface Answer {
        /** What is answered in place of the proper answer. */
        Object of(Object proper, Object[] given);
    }

    private LedgerReader but(String name, Answer answer) {
        return (LedgerReader)
                Proxy.newProxyInstance(
                        LedgerReader.class.getClassLoader(),
                        new Class<?>[] {LedgerReader.class},
                        (proxy, method, given) -> {
                            Object proper = method.invoke(disk, given);
                            return method.getName().equals(name)
                                    ? answer.of(proper, given)
                                    : proper;
                        });
    }

    /** The disk with these transactions in the block of a height. */
    private LedgerReader withBlock(long height, Transaction... transactions) {
        return but(
                "block",
                (proper, given) ->
                        given[0].equals(height)
                                ? Optional.of(
                                        new Block(
                                                disk.header(height).orElseThrow(),
                                                new BlockBody(List.of(transactions))))
                                : proper);
    }

    /** The disk with one more entry, or with another value of one. */
    private LedgerReader withEntry(StatePath path, Entry entry) {
        return but(
                "list",
                (proper, given) -> {
                    List<StateItem> items = new ArrayList<>();
                    ((List<?>) proper).forEach(item -> items.add((StateItem) item));
                    if (path.startsWith((StatePath) given[0])) {
                        items.removeIf(item -> item.path().equals(path));
                        items.add(new StateItem(path, Entry.CODEC.encode(entry)));
                    }
                    return items;
                });
    }

    private void breaks(Promise promise, String words, LedgerReader broken) {
        assertThatThrownBy(() -> ledgers.read(List.of(disk, broken)))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(promise + ":")
                .hasMessageContaining(words);
    }

    @Test
    void whatWasWrittenPassesAlsoOnADiskThatLacksTheLastBlocks() {
        assertThatCode(() -> ledgers.read(List.of(disk, shorter))).doesNotThrowAnyException();
    }

    @Test
    void aPromiseThatNoDiskReachesIsFound() {
        assertThatThrownBy(() -> ledgers.read(List.of(shorter)))
                .hasMessageStartingWith("P8:")
                .hasMessageContaining("no disk has height 3");
    }

    @Test
    void anAcknowledgedWriteThatOneDiskLacksIsFound() {
        breaks(Promise.P8, "is lost", withBlock(2));
    }

    @Test
    void anAcknowledgedWriteInAnotherBlockIsFound() {
        breaks(Promise.P8, "is lost", withBlock(2, NETWORK.put(9, "key", "nobody's")));
    }

    @Test
    void aWriteThatStandsTwiceIsFound() {
        breaks(Promise.P8, "twice on one disk", withBlock(3, second));
    }

    @Test
    void aWriteThatItsNameDoesNotLeadToIsFound() {
        breaks(
                Promise.P8,
                "not found by its name",
                but("transaction", (proper, given) -> Optional.empty()));
    }

    @Test
    void aValueThatNobodyWroteIsFound() {
        breaks(
                Promise.P9,
                "the values on a disk",
                withEntry(FOREIGN, new Entry(1, 3, new byte[] {1})));
    }

    @Test
    void aValueThatIsGoneIsFound() {
        breaks(Promise.P9, "the values on a disk", but("list", (proper, given) -> List.of()));
    }
}
