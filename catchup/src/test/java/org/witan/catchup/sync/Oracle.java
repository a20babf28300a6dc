package org.witan.catchup.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.witan.catchup.fixture.FakeKeys;
import org.witan.catchup.fixture.HandMadeLedger;
import org.witan.catchup.fixture.HandMadeNetwork;
import org.witan.catchup.wire.Limits;
import org.witan.catchup.wire.Request;
import org.witan.chain.block.Block;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.membership.NodeId;

/**
 * What must hold after every effect, computed from the true chain and by counting, not by the code
 * under test.
 */
final class Oracle {
    private final HandMadeNetwork network;
    private final SyncSettings settings;
    private final Map<NodeId, Set<Long>> owed = new TreeMap<>();
    private final Set<Long> numbers = new TreeSet<>();
    private long arrivedBytes;
    private long appendedBytes;
    private long openHeight = -1;

    Oracle(HandMadeNetwork network, SyncSettings settings) {
        this.network = network;
        this.settings = settings;
    }

    /** Requests are in bounds and none is sent twice. */
    void asks(NodeId to, Request request) {
        assertThat(numbers.add(request.number())).as("number %d is new", request.number()).isTrue();
        if (request instanceof Request.GetRange range) {
            Set<Long> owes = owed.computeIfAbsent(to, _ -> new TreeSet<>());
            owes.add(range.number());
            assertThat(owes).as("owed by %s", to).hasSizeLessThanOrEqualTo(settings.outstanding());
            assertThat(range.to() - range.from() + 1).isBetween(1L, (long) Limits.RANGE_BLOCKS);
            assertThat(range.to()).isLessThanOrEqualTo(network.ledger().tip().height());
            assertThat(range.maxBytes()).isBetween(1, settings.pieceBytes());
        }
    }

    void answered(NodeId member, Request request, int bytes) {
        owed.computeIfAbsent(member, _ -> new TreeSet<>()).remove(request.number());
        if (request instanceof Request.GetRange) {
            arrivedBytes += bytes;
        }
    }

    /** Only true blocks, in order, and the last one's finalization holds. */
    void appends(SyncEffect.Append append, HandMadeLedger ledger) {
        assertThat(openHeight).as("an append while one is open").isNegative();
        long height = append.blocks().getFirst().height() - 1;
        assertThat(height).as("appends above the tip").isLessThanOrEqualTo(ledger.tip().height());
        for (Block block : append.blocks()) {
            height++;
            assertThat(block.height()).isEqualTo(height);
            Block real = network.ledger().block(height).orElseThrow();
            assertThat(block).as("block %d", height).isEqualTo(real);
            appendedBytes += Block.CODEC.encode(block).length;
        }
        openHeight = height;
        var ballot = append.finalization().ballot();
        var epoch = network.ledger().epochAt(height);
        assertThat(ballot.kind()).isEqualTo(VoteKind.FINALIZE);
        assertThat(ballot.blockHash()).isEqualTo(append.blocks().getLast().hash());
        assertThat(append.finalization().problem(epoch, network.id(), FakeKeys.VERIFIER))
                .as("finalization of %d", height)
                .isEmpty();
    }

    void appended() {
        openHeight = -1;
    }

    void linkChanged(NodeId member) {
        owed.remove(member);
    }

    void crashed() {
        openHeight = -1;
        owed.clear();
        numbers.clear();
    }

    /** An honest member is never blamed for a liar's block. */
    void blames(@Nullable Member member, String reason) {
        assertThat(member).as("blamed for %s", reason).isNotNull();
        if (member != null) {
            assertThat(member.lie().isProvable())
                    .as("%s is blamed: %s", member.id(), reason)
                    .isTrue();
        }
    }

    /** Bytes that arrived and are not in the ledger: the most that can be held. */
    long heldBytes() {
        return arrivedBytes - appendedBytes;
    }
}
