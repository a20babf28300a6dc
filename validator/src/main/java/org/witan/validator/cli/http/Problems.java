package org.witan.validator.cli.http;

import java.io.IOException;
import java.util.Map;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;

/** Turns a node's problem (RFC 9457) into what the command line says and ends with. */
public final class Problems {
    private static final String NO_FIX = "witan why --node ";

    private Problems() {}

    /** The error that an answer with a status of 300 or more means. */
    public static OperatorError of(NodeAddress address, Answer answer) {
        return of(address.toString(), answer);
    }

    /** The same for a node that is named in another way. */
    static OperatorError of(String address, Answer answer) {
        Fields problem = fields(answer);
        String code = problem.text("code").orElse("HTTP_" + answer.status());
        return new OperatorError(
                exitCode(answer.status(), code),
                code,
                problem.text("title").orElse(address + " answered " + answer.status()),
                problem.text("detail").orElse("the answer gives no reason"),
                problem.text("fix").orElse(NO_FIX + address));
    }

    /** How a process ends that met this problem. */
    static ExitCode exitCode(int status, String code) {
        return switch (code) {
            case "NO_QUORUM" -> ExitCode.REFUSED_FOR_SAFETY;
            case "UNKNOWN_SENDER", "WRONG_KEY_NUMBER", "BAD_SIGNATURE" -> ExitCode.NOT_AUTHORISED;
            default ->
                    switch (status) {
                        case 401, 403 -> ExitCode.NOT_AUTHORISED;
                        case 400, 413, 414 -> ExitCode.USAGE;
                        case 408, 500, 502, 504 -> ExitCode.UNREACHABLE;
                        default -> ExitCode.NOT_FOUND;
                    };
        };
    }

    private static Fields fields(Answer answer) {
        try {
            return Fields.parse(answer.body());
        } catch (IOException noProblemDocument) {
            return new Fields(Map.of());
        }
    }
}
