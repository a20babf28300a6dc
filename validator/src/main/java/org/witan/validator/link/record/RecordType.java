package org.witan.validator.link.record;

import org.jspecify.annotations.Nullable;

/** What a record is; its code is the first byte of a frame, in clear but authenticated. */
public enum RecordType {
    /** Pieces of messages. */
    DATA(1),
    /** Asks for a sign of life; eight bytes that come back. */
    PING(2),
    /** The eight bytes of a ping. */
    PONG(3),
    /** The sender's next record is sealed with its next key. */
    KEY_UPDATE(4),
    /** The last record: close code u16, number of records before it u63. */
    CLOSE(5);

    private static final RecordType[] VALUES = values();

    private final int code;

    RecordType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static @Nullable RecordType ofCode(int code) {
        return code >= 1 && code <= VALUES.length ? VALUES[code - 1] : null;
    }
}
