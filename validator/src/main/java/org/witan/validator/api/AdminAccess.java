package org.witan.validator.api;

/**
 * What the operator of a node may make it do, besides what every caller of the API may.
 *
 * <p>Every method may be called from any thread and returns at once.
 */
public interface AdminAccess {
    /**
     * Asks the node to leave the lead to others, or to take it again. It goes on voting, so the
     * network loses no margin; the others pass over its turns at once.
     */
    void drain(boolean on);

    /** How many callers of this node's API wait for a commit. */
    int waiting();

    /** Ends the node in order, as SIGTERM does. */
    void stop();
}
