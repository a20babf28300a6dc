package org.witan.chain.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.witan.chain.proof.Checkpoint;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.failure.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code witan checkpoint verify}: rule P6, without a node. */
@Command(
        name = "verify",
        description = "Check a checkpoint without any node; exit 0, or 6 if it does not hold.")
public final class CheckpointVerify implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "a checkpoint, JSON or binary")
    private Path file = Path.of("");

    @Option(
            names = "--genesis",
            paramLabel = "FILE",
            required = true,
            description = "the network's genesis file")
    private Path genesis = Path.of("");

    @Option(
            names = "--trusted",
            paramLabel = "CHECKPOINT",
            description = "an older checkpoint that you trust; the new one must extend it")
    private @Nullable Path trusted;

    @Override
    public Integer call() {
        Checkpoint checkpoint = CheckpointOnDisk.read(file, genesis);
        if (trusted != null) {
            Optional<String> problem = checkpoint.problemBehind(CheckpointOnDisk.read(trusted));
            if (problem.isPresent()) {
                throw CheckpointOnDisk.refused(file + " does not extend " + trusted, problem.get());
            }
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("valid", true);
        json.putAll(CheckpointText.json(checkpoint));
        GlobalOptions.of(spec).print(spec, CheckpointText.lines(checkpoint), json);
        return ExitCode.OK.number();
    }
}
