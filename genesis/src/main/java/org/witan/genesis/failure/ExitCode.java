package org.witan.genesis.failure;

/** What a process of Witan says when it ends; the numbers are stable and part of the interface. */
public enum ExitCode {
    OK(0),
    BUG(1),
    USAGE(2),
    INVALID_CONFIGURATION(3),
    NOT_FOUND(4),
    UNREACHABLE(5),
    VERIFICATION_FAILED(6),
    REFUSED_FOR_SAFETY(7),
    NOT_AUTHORISED(8),
    CANCELLED(9),
    CHECK_SAID_NO(10),
    INVARIANT_BROKEN(70),
    STORAGE_FAILED(74);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** The number that the process ends with. */
    public int number() {
        return number;
    }
}
