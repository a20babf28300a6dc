package org.witan.catchup.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.witan.catchup.fixture.HandMadeNetwork;
import org.witan.catchup.wire.CatchupMessage;
import org.witan.catchup.wire.Limits;
import org.witan.catchup.wire.Refusal;
import org.witan.catchup.wire.Reply;
import org.witan.catchup.wire.Request;
import org.witan.chain.block.Block;
import org.witan.chain.store.EpochLink;
import org.witan.genesis.membership.NodeId;

class RangeServerTest {
    private static final NodeId ASKER = new NodeId("v4");
    private static final ServeSettings MUCH = new ServeSettings(1L << 40, 1L << 40, 1);

    private final HandMadeNetwork network = new HandMadeNetwork("a", 4);

    private Reply ask(Request request) {
        return ask(new RangeServer(network.ledger(), MUCH, 0), ASKER, request, 0);
    }

    private static Reply ask(RangeServer server, NodeId asker, Request request, long now) {
        byte[] bytes = server.answer(asker, request, now);
        return (Reply) CatchupMessage.CODEC.decode(bytes).orThrow();
    }

    private Reply.Range range(long from, long to, int maxBytes) {
        return (Reply.Range) ask(new Request.GetRange(9, from, to, maxBytes));
    }

    private void assertRefused(Request request, Refusal refusal, String reason) {
        assertThat(ask(request)).isEqualTo(new Reply.Refused(request.number(), refusal, 0, reason));
    }

    @Test
    void theTipComesWithItsFinalization() {
        assertThat(((Reply.TipIs) ask(new Request.GetTip(5))).header().height()).isZero();
        network.grow(3, 1);
        Reply.TipIs tip = (Reply.TipIs) ask(new Request.GetTip(5));
        assertThat(tip.number()).isEqualTo(5);
        assertThat(tip.header()).isEqualTo(network.ledger().tip().header());
        assertThat(tip.finalization()).isEqualTo(network.ledger().finalization(3));
    }

    @Test
    void aRangeIsWhatWasAskedFor() {
        network.grow(20, 2);
        Reply.Range range = range(5, 12, 1 << 20);
        assertThat(range.number()).isEqualTo(9);
        assertThat(range.blocks().stream().map(Block::height).toList())
                .containsExactly(5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
        assertThat(range.trail()).isEmpty();
        assertThat(range.finalization()).isEqualTo(network.ledger().finalization(12).orElseThrow());
    }

    @Test
    void aRangeEndsAtTheSizeButHasOneBlock() {
        network.grow(20, 2);
        int size = network.ledger().encodedBlock(1).orElseThrow().length;
        assertThat(range(1, 20, 3 * size).blocks()).hasSize(3);
        assertThat(range(1, 20, 3 * size - 1).blocks()).hasSize(2);
        assertThat(range(1, 20, 0).blocks()).hasSize(1);
    }

    @Test
    void aRangeEndsAtTheBoundary() {
        network.grow(4, 1);
        network.boundary(List.of("v1", "v2", "v3", "v5"));
        network.grow(4, 1);
        assertThat(range(2, 9, 1 << 20).blocks().getLast().height()).isEqualTo(5);
        assertThat(range(6, 9, 1 << 20).blocks()).hasSize(4);
    }

    @Test
    void aRangeEndsWhereABlockHasItsOwnFinalization() {
        network.grow(2, 1);
        network.grow(1, false);
        network.grow(1, false);
        network.grow(1, 1);
        Reply.Range range = range(1, 4, 1 << 20);
        assertThat(range.blocks()).hasSize(2);
        assertThat(range.trail()).isEmpty();
    }

    @Test
    void withoutOneHeadersLeadToTheNextThatHas() {
        network.grow(2, 1);
        for (int i = 0; i < 5; i++) {
            network.grow(1, false);
        }
        network.grow(1, 1);
        Reply.Range range = range(3, 5, 1 << 20);
        assertThat(range.blocks()).hasSize(3);
        assertThat(range.trail().stream().map(header -> header.height()).toList())
                .containsExactly(6L, 7L, 8L);
        assertThat(range.finalization()).isEqualTo(network.ledger().finalization(8).orElseThrow());
    }

    @Test
    void aTrailThatIsTooLongIsNotServed() {
        for (int i = 0; i < Limits.TRAIL_HEADERS + 1; i++) {
            network.grow(0, false);
        }
        network.grow(1, 1);
        assertRefused(new Request.GetRange(1, 1, 1, 1000), Refusal.NOT_KEPT, "no proof at 1");
        assertThat(range(2, 2, 1000).trail()).hasSize(Limits.TRAIL_HEADERS);
    }

    @Test
    void whatMakesNoSenseIsRefusedWithAReason() {
        network.grow(300, 0);
        String sense = "a range has 1 to 256 blocks from height 1";
        assertRefused(new Request.GetRange(1, 5, 4, 1000), Refusal.BAD_REQUEST, sense);
        assertRefused(new Request.GetRange(1, 0, 4, 1000), Refusal.BAD_REQUEST, sense);
        assertRefused(new Request.GetRange(1, 1, 257, 1000), Refusal.BAD_REQUEST, sense);
        assertRefused(new Request.GetRange(1, 0, Long.MAX_VALUE, 1000), Refusal.BAD_REQUEST, sense);
        assertRefused(
                new Request.GetRange(1, 290, 301, 1000), Refusal.BEYOND_TIP, "the tip is at 300");
        assertRefused(
                new Request.GetEpochs(1, 1),
                Refusal.BAD_REQUEST,
                "epoch 1 begins with the genesis");
        network.ledger().prune(100);
        assertRefused(new Request.GetRange(1, 99, 101, 1000), Refusal.NOT_KEPT, "no block at 99");
    }

    @Test
    void epochsAreAnsweredFromTheOneAskedForAndAtMost64() {
        for (int i = 0; i < 70; i++) {
            network.boundary(i % 2 == 0 ? List.of("v1", "v2") : List.of("v1", "v3"));
        }
        Reply.Epochs first = (Reply.Epochs) ask(new Request.GetEpochs(1, 2));
        assertThat(first.links()).hasSize(64);
        assertThat(first.links().getFirst().number()).isEqualTo(2);
        Reply.Epochs rest = (Reply.Epochs) ask(new Request.GetEpochs(1, 66));
        assertThat(rest.links().stream().map(EpochLink::number).toList())
                .containsExactly(66L, 67L, 68L, 69L, 70L, 71L);
        assertThat(((Reply.Epochs) ask(new Request.GetEpochs(1, 72))).links()).isEmpty();
    }

    @Test
    void aMembersShareIsItsOwnAndComesBack() {
        network.grow(50, 10);
        int size = network.ledger().encodedBlock(1).orElseThrow().length;
        RangeServer server = new RangeServer(network.ledger(), share(10L * size, 1000L * size), 0);
        Request request = new Request.GetRange(1, 1, 15, 1 << 20);
        assertThat(ask(server, ASKER, request, 0)).isInstanceOf(Reply.Range.class);
        Reply.Refused busy = (Reply.Refused) ask(server, ASKER, request, 0);
        assertThat(busy.refusal()).isEqualTo(Refusal.BUSY);
        assertThat(busy.retryAfterMillis()).isBetween(500, 600);
        assertThat(ask(server, new NodeId("v3"), request, 0)).isInstanceOf(Reply.Range.class);
        long later = busy.retryAfterMillis();
        assertThat(ask(server, ASKER, request, later - 10)).isInstanceOf(Reply.Refused.class);
        assertThat(ask(server, ASKER, request, later)).isInstanceOf(Reply.Range.class);
    }

    @Test
    void allTogetherHaveAShareToo() {
        network.grow(50, 10);
        int size = network.ledger().encodedBlock(1).orElseThrow().length;
        RangeServer server = new RangeServer(network.ledger(), share(100L * size, 40L * size), 0);
        int served = 0;
        for (int i = 1; i <= 20; i++) {
            Request request = new Request.GetRange(i, 1, 10, 1 << 20);
            if (ask(server, new NodeId("m" + i), request, 0) instanceof Reply.Range) {
                served++;
            }
        }
        assertThat(served).isEqualTo(4);
    }

    @Test
    void askingForTipsUsesUpAShareToo() {
        RangeServer server = new RangeServer(network.ledger(), share(100 << 10, 1 << 30), 0);
        int served = 0;
        for (int i = 1; i <= 500; i++) {
            if (ask(server, ASKER, new Request.GetTip(i), 0) instanceof Reply.TipIs) {
                served++;
            }
        }
        assertThat(served).isEqualTo(100);
    }

    /** What docs/protocol/catchup.md promises (K17), counted in tips, which cost 1 KiB each. */
    @Test
    void theUsualShareIsEightMebibytesPerSecondAndSixteenForAll() {
        assertThat(ServeSettings.DEFAULT).isEqualTo(new ServeSettings(8L << 20, 16L << 20, 2));
        RangeServer server = new RangeServer(network.ledger(), ServeSettings.DEFAULT, 0);
        assertThat(tips(server, "a", 0)).isEqualTo(16 << 10);
        assertThat(tips(server, "a", 1_000)).isEqualTo(8 << 10);
        assertThat(tips(server, "b", 1_000)).isEqualTo(16 << 10);
        assertThat(tips(server, "c", 1_000)).as("all have had their share").isEqualTo(8 << 10);
    }

    /** How many tips one member is given at this moment. */
    private static int tips(RangeServer server, String asker, long now) {
        for (int served = 0; served < 1 << 16; served++) {
            Request request = new Request.GetTip(served + 1);
            if (!(ask(server, new NodeId(asker), request, now) instanceof Reply.TipIs)) {
                return served;
            }
        }
        return 1 << 16;
    }

    private static ServeSettings share(long member, long total) {
        return new ServeSettings(member, total, 1);
    }
}
