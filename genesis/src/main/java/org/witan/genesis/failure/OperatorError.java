package org.witan.genesis.failure;

/**
 * Something that the operator can mend: what is wrong, why, and what to try.
 *
 * <p>The command line prints it as three lines and ends with {@link #exitCode()}; the HTTP API
 * answers with the same code and sentences. It never carries a stack trace, since it reports a
 * situation and no place in the code.
 */
public final class OperatorError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final String code;
    private final String why;
    private final String fix;

    /**
     * An error for people and for scripts.
     *
     * @param exitCode how the process ends
     * @param code stable name in capitals, such as {@code GENESIS_MISMATCH}
     * @param what one sentence that says what is wrong, naming the thing
     * @param why what was found, may hold several lines
     * @param fix what to try, a command where there is one
     */
    public OperatorError(ExitCode exitCode, String code, String what, String why, String fix) {
        super(what, null, false, false);
        this.exitCode = exitCode;
        this.code = code;
        this.why = why;
        this.fix = fix;
    }

    /** How the process ends. */
    public ExitCode exitCode() {
        return exitCode;
    }

    /** Stable name in capitals. */
    public String code() {
        return code;
    }

    /** What is wrong. */
    public String what() {
        return String.valueOf(getMessage());
    }

    /** What was found. */
    public String why() {
        return why;
    }

    /** What to try. */
    public String fix() {
        return fix;
    }
}
