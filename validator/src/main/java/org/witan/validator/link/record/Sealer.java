package org.witan.validator.link.record;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import org.witan.genesis.failure.Check;
import org.witan.validator.link.keys.LinkKeys;

/** Seals the records of the direction away from this node, in order. */
public final class Sealer {
    /** Records after which the key is rolled. */
    public static final long UPDATE_RECORDS = 1L << 20;

    private static final long UPDATE_BYTES = 1L << 34;
    private static final long UPDATE_MILLIS = 3_600_000;

    private final Direction direction;
    private final long updateRecords;
    private long recordsAtUpdate;
    private long bytesSinceUpdate;
    private long updatedMillis;

    /** Sealing starts now with the link's first keys. */
    public Sealer(LinkKeys keys, long nowMillis) {
        this(keys, nowMillis, UPDATE_RECORDS);
    }

    /**
     * The same with another number of records after which the key is rolled.
     *
     * @param updateRecords at most {@link #UPDATE_RECORDS}
     */
    public Sealer(LinkKeys keys, long nowMillis, long updateRecords) {
        Check.invariant(updateRecords <= UPDATE_RECORDS, "one key for %d records", updateRecords);
        this.updateRecords = updateRecords;
        direction = new Direction(keys.suite(), keys.send(), keys.transcript());
        updatedMillis = nowMillis;
    }

    /**
     * A frame with these bytes, a fresh array.
     *
     * @param plaintext at most 64 KiB are taken from it
     */
    public byte[] seal(RecordType type, byte[] plaintext, int from, int length) {
        Check.invariant(direction.number() <= Direction.LAST, "record numbers are used up");
        try {
            byte[] frame = new byte[Direction.OVERHEAD_BYTES + length];
            frame[0] = (byte) type.code();
            Cipher cipher = direction.next(Cipher.ENCRYPT_MODE, type.code());
            cipher.doFinal(plaintext, from, length, frame, 1);
            direction.count();
            bytesSinceUpdate += length;
            if (type == RecordType.KEY_UPDATE) {
                direction.update();
            }
            return frame;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("sealing cannot fail", impossible);
        }
    }

    /** A frame with all of these bytes. */
    public byte[] seal(RecordType type, byte[] plaintext) {
        return seal(type, plaintext, 0, plaintext.length);
    }

    /** Whether the key has served long enough: 2^20 records, 16 GiB or one hour. */
    public boolean updateDue(long nowMillis) {
        return direction.number() - recordsAtUpdate >= updateRecords
                || bytesSinceUpdate >= UPDATE_BYTES
                || nowMillis - updatedMillis >= UPDATE_MILLIS;
    }

    /** The record that announces the next key, which all later records are sealed with. */
    public byte[] update(long nowMillis) {
        byte[] frame = seal(RecordType.KEY_UPDATE, new byte[0]);
        recordsAtUpdate = direction.number();
        bytesSinceUpdate = 0;
        updatedMillis = nowMillis;
        return frame;
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
