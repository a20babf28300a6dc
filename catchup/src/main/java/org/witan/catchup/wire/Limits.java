package org.witan.catchup.wire;

/** Greatest sizes and counts of what travels. Source: docs/protocol/catchup.md, K5. */
public final class Limits {
    /** Most blocks that one range asks for or carries. */
    public static final int RANGE_BLOCKS = 256;

    /** Greatest size of a reply in bytes, unless one block alone is larger. */
    public static final int REPLY_BYTES = 4 << 20;

    /** What a reply may have over {@link #REPLY_BYTES} when a single block fills it, in bytes. */
    public static final int REPLY_SLACK_BYTES = 64 << 10;

    /** Most headers between the last block of a range and the header that proves it. */
    public static final int TRAIL_HEADERS = 1024;

    /** Most epoch links of one reply. */
    public static final int EPOCH_LINKS = 64;

    /** Greatest size of the values of one chunk of a state, unless one alone is larger. */
    public static final int CHUNK_BYTES = 1 << 20;

    /** Longest sentence of a refusal, in bytes of UTF-8. */
    public static final int REASON_BYTES = 200;

    private Limits() {}
}
