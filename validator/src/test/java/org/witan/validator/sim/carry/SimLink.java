package org.witan.validator.sim.carry;

import java.util.Optional;
import org.witan.validator.link.Traffic;
import org.witan.validator.link.keys.LinkKeys;
import org.witan.validator.link.keys.Suite;
import org.witan.validator.link.keys.TrafficKeys;
import org.witan.validator.link.record.Assembler;
import org.witan.validator.link.record.Opener;
import org.witan.validator.link.record.Packer;
import org.witan.validator.link.record.RecordType;
import org.witan.validator.link.record.Sealer;
import org.witan.validator.link.session.Queues;
import org.witan.validator.link.session.StreamRule;
import org.witan.validator.sim.oracle.Promise;

/**
 * One direction of one link as real nodes have it: queues by class of message, pieces in sealed
 * records, one record after the other, and messages joined again at the other end.
 */
final class SimLink {
    private static final int[] LIMITS =
            Traffic.rules().stream().mapToInt(StreamRule::messageBytes).toArray();

    private final Queues queues = new Queues(Traffic.rules());
    private final Packer packer = new Packer();
    private final Sealer sealer = new Sealer(keys(), 0);
    private final Opener opener = new Opener(keys());
    private final Assembler assembler = new Assembler(LIMITS);

    /** When the record that left last arrives: later ones do not overtake it. */
    long arrivedMillis;

    /** Whether a record is on its way out. */
    boolean sending;

    private static LinkKeys keys() {
        var both = new TrafficKeys(new byte[TrafficKeys.KEY_BYTES], new byte[TrafficKeys.IV_BYTES]);
        return new LinkKeys(Suite.AES_256_GCM, both, both, new byte[32], new byte[8]);
    }

    /** Queues a message; one for which there is no room is dropped. */
    void offer(Packet packet) {
        queues.offer(packet.traffic().ordinal(), packet.bytes());
    }

    /** The next record, if anything waits. */
    Optional<byte[]> record() {
        return queues.fill(packer) ? Optional.of(packer.seal(sealer)) : Optional.empty();
    }

    /** The messages that a record completes. */
    void arrive(byte[] record, Assembler.Sink sink) {
        Optional<Opener.Opened> opened = opener.open(record);
        Promise.P17.holds(
                opened.filter(o -> o.type() == RecordType.DATA)
                        .filter(o -> assembler.take(o.plaintext(), sink))
                        .isPresent(),
                "a record of an honest member ends its link");
    }
}
