package org.witan.validator.pool;

/**
 * What a pool may hold.
 *
 * @param transactions greatest number in all
 * @param bytes greatest size of all encodings together
 * @param perSender greatest number of one sender; no more than its nonce window is of use
 * @param bytesPerSender greatest size of one sender's encodings together
 */
public record PoolLimits(int transactions, long bytes, int perSender, long bytesPerSender) {
    /** What a node starts with. */
    public static final PoolLimits DEFAULT = new PoolLimits(32_768, 32L << 20, 1024, 16L << 20);
}
