package org.witan.validator.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.VoteKind;
import org.witan.chain.store.Store;
import org.witan.chain.store.StoreFailed;
import org.witan.chain.store.StoreWrite;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Hash;
import org.witan.validator.core.NodeEffect;

/** A turn is saved before anybody hears of it (D9). */
class NodeLoopTest {
    private final TestChain chain = new TestChain(TestNetwork.of(4));
    private final List<String> seen = new ArrayList<>();
    private boolean failing;
    private final Store store =
            (Store)
                    Proxy.newProxyInstance(
                            Store.class.getClassLoader(),
                            new Class<?>[] {Store.class},
                            (proxy, method, given) -> {
                                assertThat(method.getName()).isEqualTo("apply");
                                seen.add(
                                        "%d writes, sync %s"
                                                .formatted(((List<?>) given[0]).size(), given[1]));
                                if (failing) {
                                    throw new StoreFailed("no space left");
                                }
                                return null;
                            });

    @Test
    void oneWriteOfAllThenAllIsSent() {
        List<NodeEffect> turn =
                List.of(
                        said("before"),
                        save(1, false),
                        save(2, true),
                        save(3, false),
                        said("after"));
        assertThat(turn(turn)).isTrue();
        assertThat(seen).containsExactly("3 writes, sync true", "waited for", "sent 5");
    }

    /** Whichever of the writes asks for it, also the first. */
    @Test
    void oneThatMustBeDurableMakesAllDurable() {
        turn(List.of(save(1, true), save(2, false)));
        turn(List.of(save(1, false), save(2, false)));
        assertThat(seen)
                .containsExactly(
                        "2 writes, sync true",
                        "waited for",
                        "sent 2",
                        "2 writes, sync false",
                        "sent 2");
    }

    @Test
    void withNothingToSaveTheDiskIsLeftAlone() {
        assertThat(turn(List.of(said("only")))).isFalse();
        assertThat(seen).containsExactly("sent 1");
    }

    /** A vote that may not be on the disk is never heard. */
    @Test
    void whatCannotBeSavedIsNotSent() {
        failing = true;
        List<NodeEffect> turn = List.of(said("vote"), save(1, true));
        assertThatThrownBy(() -> turn(turn)).isInstanceOf(StoreFailed.class);
        assertThat(seen).containsExactly("1 writes, sync true");
    }

    private boolean turn(List<NodeEffect> effects) {
        return NodeLoop.saveThenSend(store, effects, nanos -> seen.add("waited for"), this::send);
    }

    private void send(List<NodeEffect> effects) {
        seen.add("sent " + effects.size());
    }

    private static NodeEffect said(String name) {
        return new NodeEffect.Report(name, "");
    }

    private NodeEffect save(long view, boolean sync) {
        StoreWrite vote = new StoreWrite.OwnVote(chain.vote(VoteKind.NULLIFY, view, Hash.NONE));
        return new NodeEffect.Save(vote, sync);
    }
}
