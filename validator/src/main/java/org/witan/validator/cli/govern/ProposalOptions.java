package org.witan.validator.cli.govern;

import java.util.Optional;
import org.witan.chain.change.Proposal;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.VisibleText;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every proposal takes besides its subject. */
public final class ProposalOptions {
    @Mixin private SigningOptions signing = new SigningOptions();

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "why, for those who are to approve it; stays in the ledger")
    private String reason = "";

    @Option(
            names = "--force",
            description = "even if it leaves no margin; the proposal records that")
    private boolean force;

    SigningOptions signing() {
        return signing;
    }

    boolean force() {
        return force;
    }

    /**
     * Refuses a text that the ledger would not take.
     *
     * @throws OperatorError with what speaks against it, if anything does
     */
    static void requireVisible(String option, Optional<String> problem) {
        if (problem.isPresent()) {
            throw new OperatorError(
                    ExitCode.USAGE,
                    "USAGE",
                    "the ledger does not take this " + option,
                    problem.get(),
                    "leave out what cannot be seen, such as control characters and line ends");
        }
    }

    /**
     * Why it is proposed.
     *
     * @throws OperatorError if the ledger would not take this text
     */
    String reason() {
        int bytes = reason.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        if (bytes > Proposal.MAX_REASON_BYTES) {
            throw new OperatorError(
                    ExitCode.USAGE,
                    "REASON_TOO_LONG",
                    "the reason is too long",
                    bytes + " bytes, the limit is " + Proposal.MAX_REASON_BYTES,
                    "say it in fewer words");
        }
        requireVisible("--reason", VisibleText.problem(reason));
        return reason;
    }
}
