package org.witan.validator.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Locale;
import org.witan.chain.block.Receipt;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;

/**
 * What a node answered.
 *
 * @param node who answered, for sentences
 * @param status the HTTP status
 * @param body the bytes, not copied
 */
@SuppressWarnings("ArrayRecordComponent")
record Reply(String node, int status, byte[] body) {
    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(32)
                                                    .maxStringLength(8 << 20)
                                                    .maxNameLength(128)
                                                    .build())
                                    .build())
                    .build();

    boolean ok() {
        return status >= 200 && status < 300;
    }

    /** Whether another node may do better. */
    boolean elsewhere() {
        return status == 429 || status >= 500;
    }

    /**
     * The object that the body holds.
     *
     * @throws OperatorError if it holds none
     */
    JsonNode json() {
        try {
            JsonNode tree = MAPPER.readTree(body);
            if (tree != null && tree.isObject()) {
                return tree;
            }
        } catch (IOException noJson) {
            // Said below, as for any other body that is no object.
        }
        throw new OperatorError(
                ExitCode.UNREACHABLE,
                "BAD_ANSWER",
                "the answer of " + node + " cannot be read",
                "it is not a JSON object (HTTP " + status + ")",
                "is this the HTTP port of a node? ask its /v1/status");
    }

    /** The code of a problem, empty if the body is none. */
    String code() {
        return ok() ? "" : json().path("code").asText("");
    }

    /** The problem as an error. */
    OperatorError error() {
        JsonNode problem = json();
        String code = problem.path("code").asText("HTTP_" + status);
        return new OperatorError(
                exitCode(code),
                code,
                problem.path("title").asText(node + " answered " + status),
                problem.path("detail").asText(""),
                problem.path("fix").asText("witan why --node " + node));
    }

    static Receipt receipt(JsonNode body) {
        JsonNode receipt = body.path("receipt");
        String outcome =
                receipt.path("outcome").asText("").toUpperCase(Locale.ROOT).replace('-', '_');
        return new Receipt(Receipt.Outcome.valueOf(outcome), receipt.path("version").asLong());
    }

    private ExitCode exitCode(String code) {
        return switch (code) {
            case "NO_QUORUM" -> ExitCode.REFUSED_FOR_SAFETY;
            case "UNKNOWN_SENDER", "WRONG_KEY_NUMBER", "BAD_SIGNATURE" -> ExitCode.NOT_AUTHORISED;
            default ->
                    switch (status) {
                        case 401, 403 -> ExitCode.NOT_AUTHORISED;
                        case 400, 411, 413, 415 -> ExitCode.USAGE;
                        case 429, 500, 502, 503, 504 -> ExitCode.UNREACHABLE;
                        default -> ExitCode.NOT_FOUND;
                    };
        };
    }
}
