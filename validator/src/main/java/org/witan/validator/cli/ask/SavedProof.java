package org.witan.validator.cli.ask;

import java.nio.file.Path;
import java.util.Base64;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.file.SafeFiles;
import org.witan.validator.cli.http.Fields;

/** The proof that came with an answer, in a file for {@code witan proof verify}. */
public final class SavedProof {
    private SavedProof() {}

    /**
     * Writes the answer's proof to a file, in the place of one that is there.
     *
     * @throws OperatorError {@code NO_PROOF} if the answer has none
     */
    public static void write(Fields found, Path file) {
        String encoded =
                found.text("proof")
                        .orElseThrow(() ->
                                new OperatorError(
                                        ExitCode.NOT_FOUND,
                                        "NO_PROOF",
                                        "the node gave no proof",
                                        "its answer has none",
                                        "ask another node with --node URL"));
        SafeFiles.replacePublic(file, Base64.getDecoder().decode(encoded));
    }
}
