package org.witan.catchup.serve;

/**
 * The share of a node that others may use up by catching up.
 *
 * @param memberBytesPerSecond to one member
 * @param totalBytesPerSecond to all together
 * @param burstSeconds how much of both may be used at once after a pause
 */
public record ServeSettings(long memberBytesPerSecond, long totalBytesPerSecond, int burstSeconds) {
    /** The figures of docs/protocol/catchup.md. */
    public static final ServeSettings DEFAULT = new ServeSettings(8 << 20, 16 << 20, 2);
}
