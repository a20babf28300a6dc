package org.witan.genesis.cli.ceremony;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.document.Difference;
import org.witan.genesis.document.GenesisFile;
import org.witan.genesis.failure.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code witan genesis diff}: in which members, keys, endpoints and rules two files differ. */
@Command(
        name = "diff",
        description = "Show in what A and B differ; exit 10 if they do. B may be a node's URL.")
final class GenesisDiff implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A", description = "a genesis file, or a node's URL")
    private String first = "";

    @Parameters(index = "1", paramLabel = "B", description = "another one")
    private String second = "";

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        GlobalOptions options = GlobalOptions.of(command);
        GenesisFile ours = read(first, options);
        GenesisFile theirs = read(second, options);
        List<Difference> differences = Difference.between(ours, theirs);
        options.print(command, lines(ours, theirs, differences), json(ours, theirs, differences));
        return differences.isEmpty() ? 0 : ExitCode.CHECK_SAID_NO.number();
    }

    private static GenesisFile read(String place, GlobalOptions options) {
        return place.startsWith("http://") || place.startsWith("https://")
                ? NodeGenesis.fetch(place, options.timeout())
                : Documents.genesis(Path.of(place));
    }

    private static List<String> lines(
            GenesisFile ours, GenesisFile theirs, List<Difference> differences) {
        if (differences.isEmpty()) {
            return List.of("no difference: " + ours.networkId().shortName());
        }
        List<String> lines = new ArrayList<>();
        lines.add("A  " + Documents.summary(ours.networkId()).lines().getFirst());
        lines.add("B  " + Documents.summary(theirs.networkId()).lines().getFirst());
        for (Difference difference : differences) {
            lines.add(difference.what());
            lines.add("  A  " + difference.first());
            lines.add("  B  " + difference.second());
        }
        return lines;
    }

    private static Map<String, Object> json(
            GenesisFile ours, GenesisFile theirs, List<Difference> differences) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("same", differences.isEmpty());
        json.put("a", Documents.summary(ours.networkId()).json());
        json.put("b", Documents.summary(theirs.networkId()).json());
        List<Object> all = new ArrayList<>();
        for (Difference difference : differences) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("what", difference.what());
            one.put("a", difference.first());
            one.put("b", difference.second());
            all.add(one);
        }
        json.put("differences", all);
        return json;
    }
}
