package org.witan.chain.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.Block;
import org.witan.chain.block.Evidence;
import org.witan.chain.block.Receipt;
import org.witan.chain.block.Receipt.Outcome;
import org.witan.chain.block.Transaction;
import org.witan.chain.block.VoteKind;
import org.witan.chain.state.Entry;
import org.witan.chain.state.GenesisState;
import org.witan.chain.state.StatePath;
import org.witan.chain.state.StateReader;
import org.witan.chain.store.StoreWrite.Commit;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.InvariantBroken;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.NodeId;

/** What every store does. */
public abstract class StoreContract {
    private static final Hash SOME = Digest.tagged("some block").done();

    /** A network of four. */
    protected final TestNetwork network = TestNetwork.of(4);

    /** What is committed here. */
    protected final TestChain chain = new TestChain(network);

    /** The store under test. */
    protected Store store;

    /** Opens the store, which is new at the first call. */
    protected abstract Store open();

    /** Ends without a farewell and opens again: what was not synced may be gone. */
    protected abstract Store reopen();

    @BeforeEach
    final void start() {
        store = open();
    }

    @AfterEach
    final void stop() {
        store.close();
    }

    @Test
    void aNewStoreHoldsTheGenesis() {
        Block genesis = GenesisState.genesisBlock(network.founding());
        assertThat(store.tip().hash()).isEqualTo(genesis.hash());
        assertThat(store.tip().finalization()).isEmpty();
        assertThat(store.block(0)).contains(genesis);
        assertThat(store.heightOf(genesis.hash())).hasValue(0);
        assertThat(store.state().root()).isEqualTo(genesis.header().stateRoot());
        assertThat(store.epoch(1).orElseThrow().epoch()).isEqualTo(network.founding().firstEpoch());
        assertThat(store.epoch(2)).isEmpty();
        assertThat(store.recovered().ownVotes()).isEmpty();
        assertThat(store.recovered().mayVote()).isTrue();
        assertThat(store.recovered().past()).isEqualTo(Recovered.Past.NONE);
    }

    @Test
    void oneProofOfMisbehaviourIsKeptForEachViewAndSigner() {
        Evidence second = contradiction(7, 2, "a", "b");
        Evidence first = contradiction(5, 3, "a", "b");
        store.apply(List.of(new StoreWrite.Accused(second), new StoreWrite.Accused(first)), true);
        store.apply(List.of(new StoreWrite.Accused(contradiction(7, 2, "a", "c"))), true);

        assertThat(store.evidence(10)).containsExactly(first, second);
        assertThat(store.evidence(1)).containsExactly(first);
        store = reopen();
        assertThat(store.evidence(10)).containsExactly(first, second);
    }

    private Evidence contradiction(long view, int signer, String one, String other) {
        return new Evidence(
                chain.vote(VoteKind.NOTARIZE, view, Digest.tagged(one).done(), signer),
                chain.vote(VoteKind.NOTARIZE, view, Digest.tagged(other).done(), signer));
    }

    @Test
    void whatIsCommittedCanBeRead() {
        Transaction put = network.put(7, "colour", "red");
        Commit commit = chain.next(put);
        store.apply(List.of(commit), true);

        assertThat(store.tip().header()).isEqualTo(commit.block().header());
        assertThat(store.tip().finalization()).isEqualTo(commit.finalization());
        assertThat(store.block(1)).contains(commit.block());
        assertThat(store.encodedBlock(1).orElseThrow())
                .isEqualTo(Block.CODEC.encode(commit.block()));
        assertThat(store.header(1)).contains(commit.block().header());
        assertThat(store.heightOf(commit.block().hash())).hasValue(1);
        assertThat(store.receipts(1)).containsExactly(new Receipt(Outcome.DONE, 1));
        assertThat(store.transaction(put.id()))
                .contains(new TransactionPlace(1, 0, new Receipt(Outcome.DONE, 1)));
        assertThat(colour(store.state())).isEqualTo("red");
        assertThat(store.block(2)).isEmpty();
        assertThat(store.block(-1)).isEmpty();
        assertThat(store.transaction(SOME)).isEmpty();
        assertThat(store.heightOf(SOME)).isEmpty();
    }

    @Test
    void aStateStaysReadableWhenTheTipMovesOn() {
        store.apply(List.of(chain.next(network.put(1, "colour", "red"))), true);
        StateReader red = store.state();
        store.apply(List.of(chain.next(network.put(2, "colour", "blue"))), true);
        store.apply(List.of(chain.next(network.put(3, "shape", "round"))), true);

        assertThat(colour(red)).isEqualTo("red");
        assertThat(colour(store.state())).isEqualTo("blue");
        assertThat(colour(store.stateAt(1).orElseThrow())).isEqualTo("red");
        assertThat(store.stateAt(0).orElseThrow().value(entry("colour"))).isEmpty();
        assertThat(red.value(entry("shape"))).isEmpty();
        for (long height = 0; height <= 3; height++) {
            assertThat(store.stateAt(height).orElseThrow().root())
                    .isEqualTo(store.header(height).orElseThrow().stateRoot());
        }
        assertThat(store.stateAt(4)).isEmpty();
    }

    @Test
    void severalCommitsAreOneWrite() {
        List<StoreWrite> writes = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            writes.add(chain.next(List.of(network.put(i, "k" + i, "v")), i == 5));
        }
        store.apply(writes, true);

        assertThat(store.tip().height()).isEqualTo(5);
        assertThat(store.finalization(4)).isEmpty();
        assertThat(store.nextFinalized(1)).hasValue(5);
        assertThat(store.nextFinalized(6)).isEmpty();
        store = reopen();
        assertThat(store.tip().height()).isEqualTo(5);
        assertThat(store.state().root()).isEqualTo(chain.state().root());
    }

    @Test
    void aBlockThatDoesNotFollowIsRefused() {
        chain.next();
        Commit second = chain.next();
        assertThatThrownBy(() -> store.apply(List.of(second), true))
                .isInstanceOf(InvariantBroken.class);
    }

    @Test
    void votesCertificatesAndBodiesAboveTheFinalizedViewAreRecovered() {
        Block one = chain.block(1, 1, List.of(), SOME);
        Block two = chain.block(1, 2, List.of(network.put(1, "a", "b")), SOME);
        List<StoreWrite> writes =
                List.of(
                        new StoreWrite.Body(two),
                        new StoreWrite.Body(one),
                        new StoreWrite.OwnVote(chain.vote(VoteKind.NULLIFY, 2, Hash.NONE)),
                        new StoreWrite.OwnVote(chain.vote(VoteKind.NOTARIZE, 1, one.hash())),
                        new StoreWrite.Certified(
                                chain.certificate(VoteKind.NOTARIZE, 1, one.hash())));
        store.apply(writes, true);
        store = reopen();

        assertThat(store.recovered().ownVotes())
                .containsExactly(
                        chain.vote(VoteKind.NOTARIZE, 1, one.hash()),
                        chain.vote(VoteKind.NULLIFY, 2, Hash.NONE));
        assertThat(store.recovered().certificates())
                .containsExactly(chain.certificate(VoteKind.NOTARIZE, 1, one.hash()));
        assertThat(store.recovered().bodies()).containsExactlyInAnyOrder(one, two);
        assertThat(store.recovered().mayVote()).isTrue();
        assertThat(store.recovered().past()).isEqualTo(Recovered.Past.KEPT);
        assertThat(store.heightOf(one.hash())).as("not committed").isEmpty();
    }

    @Test
    void aCommitDropsWhatItsFinalizationMakesUseless() {
        Block loser = chain.block(1, 3, List.of(), SOME);
        Commit commit = chain.next(network.put(1, "a", "b"));
        store.apply(
                List.of(
                        new StoreWrite.Body(loser),
                        new StoreWrite.Body(commit.block()),
                        new StoreWrite.OwnVote(
                                chain.vote(VoteKind.NOTARIZE, 1, commit.block().hash())),
                        new StoreWrite.OwnVote(chain.vote(VoteKind.NULLIFY, 2, Hash.NONE)),
                        new StoreWrite.Certified(
                                chain.certificate(VoteKind.NOTARIZE, 1, commit.block().hash())),
                        new StoreWrite.Certified(chain.certificate(VoteKind.NULLIFY, 2, Hash.NONE)),
                        commit),
                true);
        store = reopen();

        assertThat(store.recovered().bodies()).isEmpty();
        assertThat(store.recovered().ownVotes())
                .containsExactly(chain.vote(VoteKind.NULLIFY, 2, Hash.NONE));
        assertThat(store.recovered().certificates())
                .containsExactly(chain.certificate(VoteKind.NULLIFY, 2, Hash.NONE));
        assertThat(store.block(1)).contains(commit.block());
        assertThat(store.heightOf(loser.hash())).isEmpty();
    }

    @Test
    void everyKindOfChangeIsVisibleAtItsHeight() {
        store.apply(List.of(chain.next(network.put(1, "colour", "red"))), false);
        store.apply(List.of(chain.next(delete(2))), false);
        store.apply(List.of(chain.next(network.put(3, "colour", "blue"))), true);

        assertThat(colour(store.stateAt(1).orElseThrow())).isEqualTo("red");
        assertThat(store.stateAt(2).orElseThrow().value(entry("colour"))).isEmpty();
        assertThat(colour(store.stateAt(3).orElseThrow())).isEqualTo("blue");
    }

    @Test
    void epochsAreKept() {
        Commit boundary = chain.next();
        Configuration next = network.founding().firstEpoch().configuration();
        EpochLink link = new EpochLink(2, boundary.block().header(), boundary.finalization(), next);
        store.apply(List.of(boundary, new StoreWrite.EpochStarted(link)), true);
        store = reopen();
        assertThat(store.epoch(2)).contains(link);
    }

    @Test
    void listsPathsInOrderAndInPages() {
        List<Transaction> puts = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            puts.add(network.put(i, "key-" + (7 - i), "v" + i));
        }
        store.apply(List.of(chain.next(puts, true)), true);

        StatePath prefix = StatePath.entriesOf(new NodeId("v1"));
        List<StateItem> first = store.list(prefix, Optional.empty(), 3);
        assertThat(first)
                .extracting(item -> item.path().text())
                .containsExactly("entry/v1/key-1", "entry/v1/key-2", "entry/v1/key-3");
        List<StateItem> rest = store.list(prefix, Optional.of(first.getLast().path()), 100);
        assertThat(rest).hasSize(4);
        assertThat(rest.getFirst().path()).isEqualTo(entry("key-4"));
        assertThat(store.list(StatePath.parse("nothing/"), Optional.empty(), 9)).isEmpty();
    }

    private Transaction delete(long nonce) {
        return network.sign(
                1,
                nonce,
                1000,
                new org.witan.chain.block.Operation.Delete(
                        "colour", java.util.OptionalLong.empty()));
    }

    private static String colour(StateReader state) {
        byte[] bytes = state.value(entry("colour")).orElseThrow();
        Entry entry = Entry.CODEC.decode(bytes).orThrow();
        return new String(entry.content(), StandardCharsets.UTF_8);
    }

    private static StatePath entry(String key) {
        return StatePath.entry(new NodeId("v1"), key);
    }
}
