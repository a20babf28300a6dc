package org.witan.chain.cli;

import java.nio.file.Path;
import org.witan.chain.proof.Checkpoint;
import org.witan.chain.proof.CheckpointFile;
import org.witan.chain.proof.ProofBundle;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.file.SafeFiles;

/** Reads checkpoints and says in an operator's words what is wrong with one. */
public final class CheckpointOnDisk {
    private CheckpointOnDisk() {}

    /**
     * A checkpoint that does not contradict itself.
     *
     * @throws OperatorError {@code CHECKPOINT_INVALID} for any other file
     */
    public static Checkpoint read(Path file) {
        return switch (CheckpointFile.read(SafeFiles.read(file, ProofBundle.MAX_BYTES))) {
            case Decoded.Bad<Checkpoint>(var offset, var why) ->
                    throw refused(file + " is not a checkpoint", "byte " + offset + ": " + why);
            case Decoded.Ok<Checkpoint>(var checkpoint) -> {
                var problem = checkpoint.problem(Ed25519.VERIFIER);
                if (problem.isPresent()) {
                    throw refused(file + " contradicts itself", problem.get());
                }
                yield checkpoint;
            }
        };
    }

    static OperatorError refused(String what, String why) {
        return new OperatorError(
                ExitCode.VERIFICATION_FAILED,
                "CHECKPOINT_INVALID",
                what,
                why,
                "fetch the checkpoint again from a node that you trust, and compare the six words"
                        + " of its block with another operator");
    }
}
