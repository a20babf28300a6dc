package org.witan.validator.cli.ask;

import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.witan.chain.cli.CheckpointMembers;
import org.witan.chain.cli.CheckpointText;
import org.witan.chain.cli.CheckpointVerify;
import org.witan.chain.cli.LocalCheckpoint;
import org.witan.chain.proof.Checkpoint;
import org.witan.chain.proof.CheckpointFile;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.file.SafeFiles;
import org.witan.validator.cli.http.NodeClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code witan checkpoint}: final blocks to start from instead of the genesis. */
@Command(
        name = "checkpoint",
        description = "Make and check files from which others may start.",
        subcommands = {CheckpointVerify.class, CheckpointMembers.class})
public final class CheckpointCommand {
    @Spec private CommandSpec spec = CommandSpec.create();

    /** Writes a checkpoint of the named node, of the home's store, or of the home's node. */
    @Command(description = "Write a checkpoint of a node, or of the store of a stopped one.")
    int create(
            @Option(names = "--at", paramLabel = "HEIGHT", description = "block (the newest)")
                    @Nullable Long at,
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            required = true,
                            description = "a new file")
                    Path out,
            @Mixin LocalCheckpoint local) {
        OptionalLong height = at == null ? OptionalLong.empty() : OptionalLong.of(at);
        GlobalOptions options = GlobalOptions.of(spec);
        Checkpoint checkpoint =
                options.node().isPresent() ? ask(options, height) : here(options, height, local);
        SafeFiles.createPublic(out, CheckpointFile.json(checkpoint));
        options.print(spec, CheckpointText.lines(checkpoint), CheckpointText.json(checkpoint));
        return ExitCode.OK.number();
    }

    private Checkpoint here(GlobalOptions options, OptionalLong height, LocalCheckpoint local) {
        try {
            return local.take(spec, height);
        } catch (OperatorError error) {
            if (!error.code().equals("STORE_IN_USE")) {
                throw error;
            }
            return ask(options, height);
        }
    }

    private static Checkpoint ask(GlobalOptions options, OptionalLong height) {
        try (NodeClient node = Asked.client(options)) {
            String query = height.isPresent() ? "?at=" + height.getAsLong() : "";
            byte[] file = node.getBytes("/v1/checkpoint" + query);
            return switch (CheckpointFile.read(file)) {
                case Decoded.Bad<Checkpoint>(var offset, var why) ->
                        throw bad(node, "byte " + offset + ": " + why);
                case Decoded.Ok<Checkpoint>(var checkpoint) -> {
                    var problem = checkpoint.problem(Ed25519.VERIFIER);
                    if (problem.isPresent()) {
                        throw bad(node, problem.get());
                    }
                    yield checkpoint;
                }
            };
        }
    }

    private static OperatorError bad(NodeClient node, String why) {
        return new OperatorError(
                ExitCode.VERIFICATION_FAILED,
                "CHECKPOINT_INVALID",
                node.address() + " gave a checkpoint that does not hold",
                why,
                "ask another node, and look at this one");
    }
}
