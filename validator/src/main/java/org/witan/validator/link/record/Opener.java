package org.witan.validator.link.record;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Cipher;
import org.witan.validator.link.keys.LinkKeys;

/**
 * Opens the records of the other side, in order.
 *
 * <p>After one empty answer every answer is empty: a link with a bad record is over (R5).
 */
public final class Opener {
    /** Greatest plaintext of one record. */
    public static final int MAX_PLAINTEXT_BYTES = 64 << 10;

    /** Greatest frame. */
    public static final int MAX_FRAME_BYTES = MAX_PLAINTEXT_BYTES + Direction.OVERHEAD_BYTES;

    private final Direction direction;
    private long recordsAtUpdate;
    private boolean broken;

    /** Opening starts with the link's first keys. */
    public Opener(LinkKeys keys) {
        direction = new Direction(keys.suite(), keys.receive(), keys.transcript());
    }

    /**
     * A record as it was sealed.
     *
     * @param type what it is
     * @param plaintext a fresh array
     */
    public record Opened(RecordType type, byte[] plaintext) {}

    /** The next record; empty if the frame is not that. */
    public Optional<Opened> open(byte[] frame) {
        if (broken || frame.length < Direction.OVERHEAD_BYTES || frame.length > MAX_FRAME_BYTES) {
            broken = true;
            return Optional.empty();
        }
        RecordType type = RecordType.ofCode(frame[0] & 0xff);
        boolean overdue = direction.number() - recordsAtUpdate > 2 * Sealer.UPDATE_RECORDS;
        if (type == null || overdue || direction.number() > Direction.LAST) {
            broken = true;
            return Optional.empty();
        }
        try {
            Cipher cipher = direction.next(Cipher.DECRYPT_MODE, type.code());
            byte[] plaintext = cipher.doFinal(frame, 1, frame.length - 1);
            direction.count();
            if (type == RecordType.KEY_UPDATE) {
                direction.update();
                recordsAtUpdate = direction.number();
            }
            return Optional.of(new Opened(type, plaintext));
        } catch (GeneralSecurityException forged) {
            broken = true;
            return Optional.empty();
        }
    }

    /** Number of the next record, from 0. */
    public long number() {
        return direction.number();
    }

    /** Overwrites the key. */
    public void erase() {
        direction.erase();
    }
}
