package org.witan.validator.link.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.witan.validator.link.keys.LinkKeys;
import org.witan.validator.link.keys.Suite;
import org.witan.validator.link.keys.TrafficKeys;
import org.witan.validator.link.record.Assembler;
import org.witan.validator.link.record.Opener;
import org.witan.validator.link.record.Packer;
import org.witan.validator.link.record.Sealer;

/** What waits for a peer: which message goes first, and which goes at all (R6). */
class QueuesTest {
    private static final int URGENT = 0;
    private static final int NEWEST = 1;
    private static final int BULK = 2;
    private static final int MIB = 1 << 20;

    private final Queues queues =
            new Queues(
                    List.of(
                            new StreamRule(MIB, 2 * MIB, false),
                            new StreamRule(MIB, MIB, true),
                            new StreamRule(4 * MIB, 8 * MIB, false)));
    private final Packer packer = new Packer();
    private final Sealer sealer = new Sealer(keys(), 0);
    private final Opener opener = new Opener(keys());
    private final Assembler assembler = new Assembler(MIB, MIB, 4 * MIB);
    private final List<String> arrived = new ArrayList<>();

    private static LinkKeys keys() {
        var both = new TrafficKeys(new byte[TrafficKeys.KEY_BYTES], new byte[TrafficKeys.IV_BYTES]);
        return new LinkKeys(Suite.AES_256_GCM, both, both, new byte[32], new byte[8]);
    }

    private static byte[] message(int size, int mark) {
        byte[] message = new byte[size];
        message[0] = (byte) mark;
        return message;
    }

    private boolean sendRecord() {
        if (!queues.fill(packer)) {
            return false;
        }
        byte[] record = opener.open(packer.seal(sealer)).orElseThrow().plaintext();
        assertThat(assembler.take(record, (stream, m) -> arrived.add(stream + ":" + m[0])))
                .isTrue();
        return true;
    }

    @Test
    void anEarlierStreamPassesALongMessageOfALaterOne() {
        queues.offer(BULK, message(100_000, 1));
        sendRecord();
        queues.offer(URGENT, message(10, 2));
        while (sendRecord()) {
            assertThat(arrived).startsWith("0:2");
        }
        assertThat(arrived).containsExactly("0:2", "2:1");
    }

    @Test
    void onlyTheNewestWaitsWhereThatIsTheRule() {
        for (int mark = 1; mark <= 5; mark++) {
            queues.offer(NEWEST, message(10, mark));
        }
        while (sendRecord()) {}
        assertThat(arrived).containsExactly("1:5");
        assertThat(queues.takeDropped()).as("what was replaced is not lost").isZero();
    }

    @Test
    void aFullStreamTakesNothingMore() {
        assertThat(queues.offer(URGENT, message(MIB, 1))).isTrue();
        assertThat(queues.offer(URGENT, message(MIB, 2))).isTrue();
        assertThat(queues.offer(URGENT, message(1, 3))).isFalse();
        assertThat(queues.offer(URGENT, message(MIB + 1, 4))).as("too large").isFalse();
        assertThat(queues.takeDropped()).isEqualTo(1);
        assertThat(queues.takeDropped()).isZero();
    }

    @Test
    void whatIsUrgentPushesTheNewestOfALaterStreamOut() {
        queues.offer(BULK, message(4 * MIB, 1));
        queues.offer(BULK, message(4 * MIB, 2));
        assertThat(queues.offer(URGENT, message(10, 3))).isTrue();
        while (sendRecord()) {}
        assertThat(arrived).containsExactly("0:3", "2:1");
    }

    @Test
    void whatWasHalfSentStartsAgainForAnotherSession() {
        queues.offer(BULK, message(40_000, 1));
        queues.fill(packer);
        packer.seal(sealer);
        queues.rewind();
        Sealer fresh = new Sealer(keys(), 0);
        while (queues.fill(packer)) {
            byte[] record = opener.open(packer.seal(fresh)).orElseThrow().plaintext();
            assertThat(assembler.take(record, (stream, m) -> arrived.add(stream + ":" + m.length)))
                    .isTrue();
        }
        assertThat(arrived).containsExactly("2:40000");
    }

    @Test
    void nothingIsLeftAfterTheEnd() {
        queues.offer(BULK, message(40_000, 1));
        queues.clear();
        assertThat(queues.fill(packer)).isFalse();
    }
}
