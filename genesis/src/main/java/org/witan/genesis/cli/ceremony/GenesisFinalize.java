package org.witan.genesis.cli.ceremony;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.witan.genesis.document.Ceremony;
import org.witan.genesis.document.Endorsement;
import org.witan.genesis.document.GenesisFile;
import org.witan.genesis.membership.NodeId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code witan genesis finalize}: adds endorsements. */
@Command(
        name = "finalize",
        description = "Add endorsements to a genesis file and say which are missing.")
final class GenesisFinalize implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "a genesis file")
    private Path file = Path.of("");

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "ENDORSEMENT",
            description = "endorsements, in any order")
    private List<Path> endorsementFiles = new ArrayList<>();

    @Option(names = "--out", paramLabel = "FILE", description = "default: the output")
    private @Nullable Path out;

    @Override
    public Integer call() {
        GenesisFile genesis = Documents.genesis(file);
        List<Endorsement> endorsements =
                new EachFile<>("endorsement", Endorsement::read)
                        .read(endorsementFiles, given -> Ceremony.refusal(genesis, given));
        GenesisFile endorsed = Ceremony.endorsed(genesis, endorsements);
        List<NodeId> missing = endorsed.missingEndorsements();
        Documents.Summary id = Documents.summary(endorsed.networkId());
        List<String> lines = new ArrayList<>(id.lines());
        lines.add(
                missing.isEmpty()
                        ? "endorsed by every organisation"
                        : "not endorsed yet by: " + GenesisShow.join(missing));
        Map<String, Object> json = new LinkedHashMap<>(id.json());
        json.put("missing", missing.stream().map(NodeId::value).toList());
        Documents.write(
                Objects.requireNonNull(spec),
                Optional.ofNullable(out),
                endorsed.toBytes(),
                true,
                new Documents.Summary(lines, json));
        return 0;
    }
}
