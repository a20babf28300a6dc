package org.witan.chain.store;

/**
 * The disk failed or lies: the node halts with exit code 74.
 *
 * <p>A write that failed counts as unknown, never as undone, and is never tried again by the same
 * process: only opening anew tells what is on the disk.
 */
public final class StoreFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what was attempted and what was found. */
    public StoreFailed(String sentence) {
        super(sentence);
    }

    /** Says what was attempted; the cause says what came back. */
    public StoreFailed(String sentence, Throwable cause) {
        super(sentence + ": " + cause.getMessage(), cause);
    }
}
