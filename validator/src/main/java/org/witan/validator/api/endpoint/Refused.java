package org.witan.validator.api.endpoint;

import java.util.Map;
import java.util.OptionalLong;
import org.witan.validator.api.Problem;

/** How an endpoint or a check ends a request with a problem; without a stack trace. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient Map<String, String> headers;
    private final transient OptionalLong height;

    /** A problem of its parts. */
    public Refused(int status, String code, String what, String why, String fix) {
        this(new Problem(status, code, what, why, fix));
    }

    /** A problem as it is. */
    public Refused(Problem problem) {
        this(problem, Map.of());
    }

    /** A problem with more headers, in order. */
    Refused(Problem problem, Map<String, String> headers) {
        this(problem, headers, OptionalLong.empty());
    }

    private Refused(Problem problem, Map<String, String> headers, OptionalLong height) {
        super(problem.code(), null, false, false);
        this.problem = problem;
        this.headers = headers;
        this.height = height;
    }

    /** The same, said of the network state of a height. */
    Refused at(long stateHeight) {
        return new Refused(problem, headers, OptionalLong.of(stateHeight));
    }

    /** Of which height it is said; empty if of the node as it is. */
    public OptionalLong height() {
        return height;
    }

    /** Headers that belong to the answer. */
    public Map<String, String> headers() {
        return headers;
    }

    /** What to answer. */
    public Problem problem() {
        return problem;
    }
}
