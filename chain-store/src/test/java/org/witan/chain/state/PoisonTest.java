package org.witan.chain.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.witan.chain.block.GovernanceOperation.SetEndpoints;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.chain.merkle.TreeKey;
import org.witan.chain.merkle.TreePage;
import org.witan.chain.merkle.TreeRoot;
import org.witan.chain.state.Execution.Invalid;
import org.witan.chain.state.Refusal.Code;
import org.witan.chain.store.StoreFailed;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.membership.NodeId;

/**
 * A mistake of the program that a transaction brings to light ends that transaction and nobody
 * else, wherever it is met; a disk that fails is no mistake of the program.
 */
final class PoisonTest {
    private static final Execution.At FIRST = new Execution.At(1, 0);
    private static final NodeId POISONER = new NodeId("v2");

    private final TestNetwork network = TestNetwork.of(4);
    private final Execution execution = new Execution(network.id(), SignatureCheck.FINALIZED);
    private final StateReader state = GenesisState.of(network.founding());
    private final Transaction sound = network.put(1, "a", "x");
    private final Transaction poison = network.put(2, 1, "poison", new byte[1]);
    private final Transaction decision = network.sign(3, 1, 9, new SetEndpoints(List.of()));

    static List<RuntimeException> mistakes() {
        return List.of(
                new IllegalStateException(),
                new ConcurrentModificationException(),
                new DateTimeException("no such day"),
                new ArrayStoreException());
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void itIsLeftOutWhereverItFails(RuntimeException mistake) {
        for (StatePath path :
                List.of(
                        StatePath.window(Sender.member(POISONER)),
                        StatePath.member(POISONER),
                        StatePath.entry(POISONER, "poison"))) {
            StateReader failing = new Failing(state, Optional.of(path), mistake);
            assertThat(blamed(failing, sound, poison)).as("%s", path).isEqualTo(1);
            assertThat(blamed(failing, poison, sound)).as("%s", path).isZero();
        }
    }

    /** Pools and the handshake's newcomers are checked outside of blocks. */
    @ParameterizedTest
    @MethodSource("mistakes")
    void noPoolTakesIt(RuntimeException mistake) {
        StatePath window = StatePath.window(Sender.member(POISONER));
        StateReader failing = new Failing(state, Optional.of(window), mistake);
        assertThat(execution.refusal(failing, sound, FIRST)).isEmpty();
        assertThat(execution.refusal(failing, poison, FIRST).orElseThrow().code())
                .isEqualTo(Code.NOT_EXECUTABLE);
    }

    /** It is met after the last transaction: a decision has most to do with what follows. */
    @ParameterizedTest
    @MethodSource("mistakes")
    void aBlockThatCannotBeFinishedIsPutDownToADecision(RuntimeException mistake) {
        StateReader failing = new Failing(state, Optional.empty(), mistake);
        assertThat(blamed(failing, sound, decision, poison)).isEqualTo(1);
        assertThat(blamed(failing, sound, poison)).isEqualTo(1);
    }

    @Test
    void withoutTransactionsItIsNobodysDoing() {
        RuntimeException mistake = new IllegalStateException();
        StateReader failing = new Failing(state, Optional.empty(), mistake);
        assertThatThrownBy(() -> execution.execute(failing, FIRST, List.of())).isSameAs(mistake);
    }

    @Test
    void aDiskThatFailsIsNotCaught() {
        StoreFailed disk = new StoreFailed("reading: checksum mismatch");
        StatePath window = StatePath.window(Sender.member(POISONER));
        for (Optional<StatePath> path : List.of(Optional.of(window), Optional.<StatePath>empty())) {
            StateReader failing = new Failing(state, path, disk);
            assertThatThrownBy(() -> execution.execute(failing, FIRST, List.of(poison)))
                    .isSameAs(disk);
        }
        StateReader failing = new Failing(state, Optional.of(window), disk);
        assertThatThrownBy(() -> execution.refusal(failing, poison, FIRST)).isSameAs(disk);
    }

    private int blamed(StateReader failing, Transaction... transactions) {
        Invalid invalid = (Invalid) execution.execute(failing, FIRST, List.of(transactions));
        assertThat(invalid.refusal().code()).isEqualTo(Code.NOT_EXECUTABLE);
        return invalid.index();
    }

    /**
     * A state in which a mistake is met.
     *
     * @param path where; empty for the tree, which is read last
     */
    private record Failing(StateReader sound, Optional<StatePath> path, RuntimeException mistake)
            implements StateReader {
        @Override
        public Optional<byte[]> value(StatePath asked) {
            if (path.filter(asked::equals).isPresent()) {
                throw mistake;
            }
            return sound.value(asked);
        }

        @Override
        public long height() {
            return sound.height();
        }

        @Override
        public TreeRoot treeRoot() {
            if (path.isEmpty()) {
                throw mistake;
            }
            return sound.treeRoot();
        }

        @Override
        public Optional<TreePage> page(TreeKey key) {
            return sound.page(key);
        }
    }
}
