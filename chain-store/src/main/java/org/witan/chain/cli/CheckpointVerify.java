package org.witan.chain.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.witan.chain.proof.Checkpoint;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.failure.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code witan checkpoint verify}: rule P6, without a node. */
@Command(
        name = "verify",
        description = "Check a checkpoint without any node; exit 0, or 6 if it does not hold.")
public final class CheckpointVerify implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private GivenCheckpoint given = new GivenCheckpoint();

    @Override
    public Integer call() {
        Checkpoint checkpoint = given.read();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("valid", true);
        json.putAll(CheckpointText.json(checkpoint));
        given.addTo(json);
        List<String> lines = new ArrayList<>(CheckpointText.lines(checkpoint));
        lines.add(given.trust(checkpoint));
        GlobalOptions.of(spec).print(spec, lines, json);
        return ExitCode.OK.number();
    }
}
