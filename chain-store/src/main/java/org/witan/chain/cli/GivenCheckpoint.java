package org.witan.chain.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.witan.chain.proof.Checkpoint;
import org.witan.chain.proof.CheckpointFile;
import org.witan.chain.proof.ProofBundle;
import org.witan.chain.proof.ProofFile;
import org.witan.genesis.cli.ceremony.Documents;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.file.SafeFiles;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.words.SixWords;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Options that name a checkpoint and what it is checked with. Nothing but the files is needed: the
 * genesis, an older checkpoint, or both; with neither, whoever compares the block's words is the
 * one to be trusted.
 */
final class GivenCheckpoint {
    @Parameters(
            paramLabel = "FILE",
            description = "a checkpoint, JSON or binary; with --genesis any proof will do")
    private Path file = Path.of("");

    @Option(
            names = "--genesis",
            paramLabel = "FILE",
            description = "the network's genesis file, the best there is to check it with")
    private @Nullable Path genesis;

    @Option(
            names = "--trusted",
            paramLabel = "CHECKPOINT",
            description = "an older checkpoint that you trust; the new one must extend it")
    private @Nullable Path trusted;

    /**
     * The checkpoint, as far as it can be checked with what was given.
     *
     * @throws OperatorError {@code CHECKPOINT_INVALID} if it does not hold
     */
    Checkpoint read() {
        Checkpoint checkpoint =
                genesis == null
                        ? CheckpointOnDisk.read(file)
                        : from(Documents.genesis(genesis).founding());
        if (trusted != null) {
            Checkpoint older = CheckpointOnDisk.read(trusted);
            checkpoint
                    .problemBehind(older)
                    .ifPresent(why -> {
                        throw CheckpointOnDisk.refused(file + " does not extend " + trusted, why);
                    });
        }
        return checkpoint;
    }

    /** A proof of anything shows all validator sets from the genesis on, but for the first. */
    private Checkpoint from(Founding founding) {
        byte[] bytes = SafeFiles.read(file, ProofBundle.MAX_BYTES);
        Optional<Checkpoint> proof =
                CheckpointFile.read(bytes) instanceof Decoded.Bad
                                && ProofFile.read(bytes) instanceof Decoded.Ok<ProofBundle>(var b)
                        ? b.checkpoint(founding)
                        : Optional.empty();
        Checkpoint checkpoint = proof.orElseGet(() -> CheckpointOnDisk.read(file));
        checkpoint
                .problem(founding, Ed25519.VERIFIER)
                .ifPresent(why -> {
                    throw CheckpointOnDisk.refused(file + " is not of this network", why);
                });
        return checkpoint;
    }

    /** What must be right for the file to be right, as the last line of an answer. */
    String trust(Checkpoint checkpoint) {
        if (genesis != null) {
            return "trusted: the genesis file"
                    + (trusted == null ? "" : " and the older checkpoint")
                    + "; nobody who made or brought the rest";
        }
        String founded = SixWords.of(checkpoint.header().networkId().hash()) + ", its genesis says";
        return trusted == null
                ? "trusted: nothing yet. Network %s; compare the block's words with an operator"
                        .formatted(founded)
                : "trusted: the older checkpoint. Network " + founded;
    }

    /** The same for programs. */
    void addTo(Map<String, Object> json) {
        json.put("checkedWithGenesis", genesis != null);
        json.put("checkedWithCheckpoint", trusted != null);
    }
}
