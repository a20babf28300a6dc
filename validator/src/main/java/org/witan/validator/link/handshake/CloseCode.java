package org.witan.validator.link.handshake;

/**
 * Close codes of WLH/1 (rule C1). Without a sealed CLOSE record they are hints: anyone on the path
 * can forge one.
 */
public final class CloseCode {
    /** The node stops or restarts. */
    public static final int GOING_AWAY = 1001;

    /** Too many handshakes at once; come again. */
    public static final int BUSY = 1013;

    /** The handshake or a record failed; says nothing more, on purpose. */
    public static final int FAILED = 4400;

    /** Another network. */
    public static final int WRONG_NETWORK = 4401;

    /** No common version, or a critical extension that is not known. */
    public static final int NO_COMMON_VERSION = 4402;

    /** The id is not known here. */
    public static final int NOT_A_MEMBER = 4403;

    /** The other side is the one that opens; also the regular end of a knock. */
    public static final int WRONG_DIRECTION = 4404;

    /** Another link of the same pair is kept. */
    public static final int DUPLICATE = 4405;

    /** The key's number is not the one in force. */
    public static final int KEY_NOT_VALID = 4406;

    /** Too many handshakes or keep-alives of one member. */
    public static final int RATE = 4407;

    /** No sign of life for too long. */
    public static final int TIMEOUT = 4408;

    /** The other side signs with a key of a later epoch: this node has to catch up first. */
    public static final int STALE_EPOCH = 4409;

    /** The ledger removed the member. */
    public static final int REMOVED = 4410;

    /** Another process with the same id runs. */
    public static final int SECOND_INSTANCE = 4411;

    /** The protocol version is below the least that the ledger asks for. */
    public static final int BELOW_MINIMUM = 4412;

    private CloseCode() {}
}
