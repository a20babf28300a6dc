package org.witan.catchup.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.catchup.wire.CatchupMessage;
import org.witan.catchup.wire.Refusal;
import org.witan.catchup.wire.Reply;
import org.witan.catchup.wire.Request;
import org.witan.chain.block.Operation;
import org.witan.chain.rocks.RocksStore;
import org.witan.chain.rocks.StoreSettings;
import org.witan.chain.state.StatePath;
import org.witan.chain.store.StateChunk;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.NodeId;

/** States in chunks, from a store on disk that keeps four heights. */
class ChunkServerTest {
    private static final NodeId ASKER = new NodeId("v4");
    private static final NodeId OTHER = new NodeId("v3");
    private static final ServeSettings MUCH = new ServeSettings(1L << 40, 1L << 40, 1);
    private static final int KEPT = 4;

    @TempDir Path folder;

    private final TestNetwork network = TestNetwork.of(4);
    private final TestChain chain = new TestChain(network);
    private RocksStore store;
    private RangeServer server;
    private long nonce;

    @BeforeEach
    void open() {
        StoreSettings settings = StoreSettings.in(folder).withKeepStates(KEPT);
        store = RocksStore.open(settings, network.founding());
        server = new RangeServer(store, MUCH, 0);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void put(int count) {
        for (int i = 0; i < count; i++) {
            nonce++;
            commit(new Operation.Put("key-" + nonce, new byte[100], OptionalLong.empty()));
        }
    }

    private void commit(Operation operation) {
        store.apply(List.of(chain.next(network.sign(1, ++nonce, 1000, operation))), false);
        chain.committed(store);
    }

    private Reply ask(NodeId asker, Request.GetChunk request, long now) {
        byte[] bytes = server.answer(asker, request, now);
        return (Reply) CatchupMessage.CODEC.decode(bytes).orThrow();
    }

    private Reply ask(NodeId asker, long height, long now) {
        return ask(asker, new Request.GetChunk(7, height, Hash.NONE, StateChunk.LAST, 1), now);
    }

    private Reply ask(long height, Hash from, Hash to, int maxBytes) {
        return ask(ASKER, new Request.GetChunk(7, height, from, to, maxBytes), 0);
    }

    /** Goes through the whole state, and checks each chunk by itself. */
    private TreeMap<StatePath, byte[]> fetch(long height, int maxBytes) {
        Hash root = store.header(height).orElseThrow().stateRoot();
        TreeMap<StatePath, byte[]> values = new TreeMap<>();
        Optional<Hash> from = Optional.of(Hash.NONE);
        while (from.isPresent()) {
            Reply.Chunk reply = (Reply.Chunk) ask(height, from.get(), StateChunk.LAST, maxBytes);
            assertThat(reply.chunk().from()).isEqualTo(from.get());
            assertThat(reply.chunk().holds(root)).isTrue();
            reply.chunk().items().forEach(item -> values.put(item.path(), item.value()));
            from = StateChunk.after(reply.chunk().to());
        }
        return values;
    }

    @Test
    void chunksAreTheWholeStateOfAKeptHeight() {
        put(40);
        TreeMap<StatePath, byte[]> now = newest();
        long height = store.tip().height();
        commit(new Operation.Delete("key-1", OptionalLong.empty()));
        commit(new Operation.Put("key-3", new byte[7], OptionalLong.empty()));

        for (int maxBytes : List.of(1, 300, 1 << 20)) {
            TreeMap<StatePath, byte[]> fetched = fetch(height, maxBytes);
            assertThat(fetched.keySet()).isEqualTo(now.keySet());
            fetched.forEach((path, value) -> assertThat(value).isEqualTo(now.get(path)));
        }
    }

    private TreeMap<StatePath, byte[]> newest() {
        TreeMap<StatePath, byte[]> values = new TreeMap<>();
        store.eachValue((path, value) -> {
            values.put(path, value);
            return true;
        });
        return values;
    }

    @Test
    void aChunkEndsWhereItWasAskedTo() {
        put(20);
        long height = store.tip().height();
        Hash root = store.tip().header().stateRoot();
        List<Hash> all = newest().keySet().stream().map(StatePath::hash).sorted().toList();
        Reply.Chunk some = (Reply.Chunk) ask(height, all.get(3), all.get(9), 1 << 20);
        assertThat(some.chunk().items()).hasSize(7);
        assertThat(some.chunk().to()).isEqualTo(all.get(9));
        assertThat(some.chunk().holds(root)).isTrue();
        Hash above = StateChunk.after(all.getLast()).orElseThrow();
        Reply.Chunk none = (Reply.Chunk) ask(height, above, StateChunk.LAST, 9);
        assertThat(none.chunk().items()).isEmpty();
        assertThat(none.chunk().holds(root)).isTrue();
    }

    @Test
    void whatIsNotKeptOrNotThereIsRefusedWithAReason() {
        put(10);
        assertThat(ask(ASKER, 11, 0))
                .isEqualTo(new Reply.Refused(7, Refusal.BEYOND_TIP, 0, "the tip is at 10"));
        assertThat(ask(ASKER, 5, 0))
                .isEqualTo(
                        new Reply.Refused(
                                7,
                                Refusal.NOT_KEPT,
                                0,
                                "the state of height 5 is not kept any more, the tip is at 10"));
        assertThat(ask(9, StateChunk.LAST, Hash.NONE, 1))
                .isEqualTo(
                        new Reply.Refused(
                                7, Refusal.BAD_REQUEST, 0, "the chunk ends before it begins"));
    }

    @Test
    void aStateThatIsFetchedStaysUntilNobodyAsksForIt() {
        put(10);
        assertThat(ask(ASKER, 8, 0)).isInstanceOf(Reply.Chunk.class);
        assertThat(ask(OTHER, 9, 0)).isInstanceOf(Reply.Chunk.class);
        put(20);
        assertThat(ask(ASKER, 8, 50_000)).isInstanceOf(Reply.Chunk.class);
        put(20);
        assertThat(ask(ASKER, 8, 100_000)).isInstanceOf(Reply.Chunk.class);
        assertThat(server.expire(100_000)).isTrue();
        assertThat(server.expire(161_000)).isFalse();
        put(30);
        assertThat(store.stateAt(8)).isEmpty();
        assertThat(ask(ASKER, 8, 161_000))
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(Refusal.NOT_KEPT));
        assertThat(store.stateAt(store.tip().height() - KEPT)).isPresent();
    }

    @Test
    void nobodyHoldsAStateForEver() {
        put(10);
        List<Reply> replies = new ArrayList<>();
        for (long now = 0; now < 2_000_000; now += 50_000) {
            replies.add(ask(ASKER, 8, now));
            put(4);
        }
        assertThat(replies.getFirst()).isInstanceOf(Reply.Chunk.class);
        assertThat(replies.get(36)).as("after 30 minutes").isInstanceOf(Reply.Chunk.class);
        assertThat(replies.getLast()).isInstanceOf(Reply.Refused.class);
    }

    /** Small values cost the disk, not the network: they are paid for by their number. */
    @Test
    void chunksAreCharged() {
        put(30);
        long height = store.tip().height();
        server = new RangeServer(store, new ServeSettings(10 << 10, 1L << 40, 1), 0);
        Reply first = ask(height, Hash.NONE, StateChunk.LAST, 1 << 20);
        assertThat(first).isInstanceOf(Reply.Chunk.class);
        assertThat(ask(ASKER, height, 0))
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> {
                            assertThat(refused.refusal()).isEqualTo(Refusal.BUSY);
                            assertThat(refused.retryAfterMillis()).isGreaterThan(2_000);
                        });
    }
}
