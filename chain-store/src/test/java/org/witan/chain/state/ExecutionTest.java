package org.witan.chain.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.Intent;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Operation.Batch;
import org.witan.chain.block.Operation.Delete;
import org.witan.chain.block.Operation.Put;
import org.witan.chain.block.Operation.Write;
import org.witan.chain.block.Receipt;
import org.witan.chain.block.Receipt.Outcome;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.chain.state.Execution.Executed;
import org.witan.chain.state.Execution.Invalid;
import org.witan.chain.state.Refusal.Code;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.membership.NodeId;

/** Rules X1 to X8, one by one. */
final class ExecutionTest {
    private static final OptionalLong ANY = OptionalLong.empty();

    private final TestNetwork network = TestNetwork.of(4);
    private final Execution execution =
            new Execution(network.id(), SignatureCheck.by(Ed25519.VERIFIER));
    private StateReader state = GenesisState.of(network.founding());
    private long nonce;

    @Test
    void putMakesAndChangesAnEntry() {
        assertThat(run(put("a", "one", ANY))).isEqualTo(new Receipt(Outcome.DONE, 1));
        assertThat(run(put("a", "two", ANY))).isEqualTo(new Receipt(Outcome.DONE, 2));
        Entry entry = entry("a").orElseThrow();
        assertThat(entry.version()).isEqualTo(2);
        assertThat(entry.height()).isEqualTo(2);
        assertThat(new String(entry.content(), StandardCharsets.UTF_8)).isEqualTo("two");
    }

    @Test
    void ifVersionComparesBeforeItSets() {
        assertThat(run(put("a", "x", OptionalLong.of(1))))
                .isEqualTo(new Receipt(Outcome.VERSION_CONFLICT, 0));
        assertThat(run(put("a", "x", OptionalLong.of(0)))).isEqualTo(new Receipt(Outcome.DONE, 1));
        assertThat(run(put("a", "y", OptionalLong.of(0))))
                .isEqualTo(new Receipt(Outcome.VERSION_CONFLICT, 1));
        assertThat(run(put("a", "y", OptionalLong.of(1)))).isEqualTo(new Receipt(Outcome.DONE, 2));
        assertThat(run(delete("a", OptionalLong.of(1))))
                .isEqualTo(new Receipt(Outcome.VERSION_CONFLICT, 2));
        assertThat(run(delete("a", OptionalLong.of(2)))).isEqualTo(new Receipt(Outcome.DONE, 0));
    }

    @Test
    void anEntryMadeAgainBeginsWithVersionOne() {
        run(put("a", "x", ANY));
        run(put("a", "y", ANY));
        run(delete("a", ANY));
        assertThat(entry("a")).isEmpty();
        assertThat(run(put("a", "z", ANY))).isEqualTo(new Receipt(Outcome.DONE, 1));
    }

    @Test
    void deletingNothingIsSaidSo() {
        assertThat(run(delete("a", ANY))).isEqualTo(new Receipt(Outcome.NO_SUCH_ENTRY, 0));
    }

    @Test
    void aBatchIsAllOrNothingAndSeesItself() {
        Receipt done =
                run(
                        new Batch(
                                List.of(
                                        put("a", "1", OptionalLong.of(0)),
                                        put("a", "2", OptionalLong.of(1)),
                                        put("b", "1", ANY),
                                        delete("b", OptionalLong.of(1)))));
        assertThat(done).isEqualTo(new Receipt(Outcome.DONE, 0));
        assertThat(entry("a").orElseThrow().version()).isEqualTo(2);
        assertThat(entry("b")).isEmpty();

        Receipt failed =
                run(new Batch(List.of(put("a", "3", ANY), put("c", "1", ANY), delete("d", ANY))));
        assertThat(failed.outcome()).isEqualTo(Outcome.NO_SUCH_ENTRY);
        assertThat(entry("a").orElseThrow().version()).isEqualTo(2);
        assertThat(entry("c")).isEmpty();
    }

    @Test
    void aValueOverTheRuleIsTooLarge() {
        int max = network.founding().rules().entryMaxBytes();
        assertThat(run(new Put("a", new byte[max], ANY)).outcome()).isEqualTo(Outcome.DONE);
        assertThat(run(new Put("b", new byte[max + 1], ANY)).outcome())
                .isEqualTo(Outcome.TOO_LARGE);
    }

    @Test
    void aValueOverTheRuleIsKeptOutOfPoolsAndNotOutOfBlocks() {
        int max = network.founding().rules().entryMaxBytes();
        Put fits = new Put("a", new byte[max], ANY);
        Put large = new Put("b", new byte[max + 1], ANY);
        assertThat(refusal(network.sign(1, 1, 100, fits))).isEmpty();
        Transaction alone = network.sign(1, 1, 100, large);
        assertThat(execution.refusal(state, alone, at(1)).orElseThrow().toString())
                .isEqualTo(
                        "VALUE_TOO_LARGE: the value for 'b' has %d bytes, the rule entryMaxBytes"
                                        .formatted(max + 1)
                                + " allows "
                                + max);
        Transaction batch = network.sign(1, 1, 100, new Batch(List.of(fits, large)));
        assertThat(refusal(batch)).contains(Code.VALUE_TOO_LARGE);
        assertThat(execution.execute(state, at(1), List.of(alone))).isInstanceOf(Executed.class);
    }

    @Test
    void anOrganisationOwnsNoEntries() {
        Sender acme = new Sender(true, new NodeId("acme"));
        Intent intent = new Intent(network.id(), acme, 0, 1, 100, put("a", "x", ANY));
        assertThat(run(Transaction.sign(intent, network.governanceKey())).outcome())
                .isEqualTo(Outcome.NOT_PERMITTED);
    }

    @Test
    void aFailedTransactionChangesItsWindowOnly() {
        Transaction failing = network.sign(1, 5, 100, delete("a", ANY));
        StateReader before = state;
        run(failing);
        assertThat(((PostState) state).changes().keySet())
                .containsExactly(StatePath.window(Sender.member(new NodeId("v1"))));
        assertThat(state.root()).isNotEqualTo(before.root());
        assertThat(refusal(failing)).contains(Code.NONCE_USED);
    }

    @Test
    void refusesWhatWouldHarmEverybody() {
        Operation write = put("a", "x", ANY);
        NodeId v1 = new NodeId("v1");
        assertThat(refusal(network.sign(1, 1, 1000, write))).isEmpty();
        assertThat(refusal(network.sign(1, 1, 0, write))).contains(Code.EXPIRED);
        assertThat(refusal(network.sign(1, 1, 1, write))).isEmpty();
        assertThat(refusal(network.sign(1, 1, 1001, write))).isEmpty();
        assertThat(refusal(network.sign(1, 1, 1002, write))).contains(Code.TOO_FAR_AHEAD);
        assertThat(refusal(network.sign(1, 1, Long.MAX_VALUE, write))).contains(Code.TOO_FAR_AHEAD);
        assertThat(refusal(TestNetwork.named("x", 4).sign(1, 1, 9, write)))
                .contains(Code.WRONG_NETWORK);
        assertThat(refusal(by(Sender.member(new NodeId("v9")), 0))).contains(Code.UNKNOWN_SENDER);
        assertThat(refusal(by(new Sender(true, v1), 0))).contains(Code.UNKNOWN_SENDER);
        assertThat(refusal(by(Sender.member(v1), 1))).contains(Code.WRONG_KEY_NUMBER);
        assertThat(refusal(by(Sender.member(new NodeId("v2")), 0))).contains(Code.BAD_SIGNATURE);
        Put large = new Put("k", new byte[Operation.MAX_VALUE_BYTES], ANY);
        assertThat(refusal(network.sign(1, 1, 9, new Batch(List.of(large, large)))))
                .contains(Code.TOO_LARGE);
    }

    @Test
    void refusesNoncesBelowTheWindow() {
        run(network.sign(1, 5000, 100, put("a", "x", ANY)));
        assertThat(refusal(network.sign(1, 3977, 100, put("a", "x", ANY)))).isEmpty();
        assertThat(refusal(network.sign(1, 3976, 100, put("a", "x", ANY))))
                .contains(Code.NONCE_TOO_OLD);
    }

    @Test
    void aBlockWithARefusedTransactionIsInvalid() {
        Transaction good = network.put(1, "a", "x");
        assertThat(execution.execute(state, at(1), List.of(good, network.put(2, "b", "y"), good)))
                .isInstanceOfSatisfying(
                        Invalid.class,
                        invalid -> {
                            assertThat(invalid.index()).isEqualTo(2);
                            assertThat(invalid.refusal().code()).isEqualTo(Code.NONCE_USED);
                        });
    }

    @Test
    void executionOnOverlaysEqualsExecutionOnCommittedState() {
        PostState first = executed(state, 1, network.put(1, "a", "x"));
        PostState second = executed(first, 2, network.put(2, "a", "y"), network.put(3, "b", "z"));
        PostState third = executed(second, 3, network.put(4, "b", "w"));
        second.rebase(first);
        PostState again = executed(second, 3, network.put(4, "b", "w"));
        assertThat(again.root()).isEqualTo(third.root());
        assertThat(again.changes().keySet()).isEqualTo(third.changes().keySet());
    }

    @Test
    void anEmptyBlockLeavesTheRoot() {
        PostState after = executed(state, 1);
        assertThat(after.treeRoot()).isEqualTo(state.treeRoot());
        assertThat(after.changes()).isEmpty();
        assertThat(after.addedPages()).isEmpty();
    }

    @Test
    void aValueThatEndsAsItBeganIsNoChange() {
        PostState after =
                executed(
                        state,
                        1,
                        network.put(1, "a", "x"),
                        network.sign(1, 2, 100, delete("a", ANY)));
        assertThat(after.changes().keySet())
                .containsExactly(StatePath.window(Sender.member(new NodeId("v1"))));
    }

    private PostState executed(StateReader parent, long height, Transaction... transactions) {
        return ((Executed) execution.execute(parent, at(height), List.of(transactions))).after();
    }

    private Transaction by(Sender sender, int keyNumber) {
        Intent intent = new Intent(network.id(), sender, keyNumber, 1, 9, put("a", "x", ANY));
        return Transaction.sign(intent, network.validatorKey(1));
    }

    private Optional<Code> refusal(Transaction transaction) {
        return execution.refusal(state, transaction, at(state.height() + 1)).map(Refusal::code);
    }

    private Receipt run(Operation operation) {
        return run(network.sign(1, nonce++, state.height() + 10, operation));
    }

    private Receipt run(Transaction transaction) {
        long height = state.height() + 1;
        Executed executed = (Executed) execution.execute(state, at(height), List.of(transaction));
        state = executed.after();
        return executed.receipts().getFirst();
    }

    private static Execution.At at(long height) {
        return new Execution.At(height, 0);
    }

    private Optional<Entry> entry(String key) {
        return state.value(StatePath.entry(new NodeId("v1"), key))
                .map(bytes -> Entry.CODEC.decode(bytes).orThrow());
    }

    private static Write put(String key, String value, OptionalLong ifVersion) {
        return new Put(key, value.getBytes(StandardCharsets.UTF_8), ifVersion);
    }

    private static Write delete(String key, OptionalLong ifVersion) {
        return new Delete(key, ifVersion);
    }
}
