package org.witan.genesis.cli.ceremony;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.witan.genesis.document.Ceremony;
import org.witan.genesis.document.Draft;
import org.witan.genesis.document.FounderCard;
import org.witan.genesis.document.GenesisFile;
import org.witan.genesis.failure.OperatorError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code witan genesis collect}: a genesis file of the founders' cards, not endorsed yet. */
@Command(
        name = "collect",
        description = "Check the founders' cards and write the genesis file, not endorsed yet.")
final class GenesisCollect implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DRAFT", description = "the draft")
    private Path draftFile = Path.of("");

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "CARD", description = "all cards")
    private List<Path> cardFiles = new ArrayList<>();

    @Option(names = "--out", paramLabel = "FILE", description = "default: the output")
    private @Nullable Path out;

    @Override
    public Integer call() {
        Draft draft = Documents.parse(draftFile, "draft", Draft::read);
        EachFile<FounderCard> cards = new EachFile<>("founder's card", FounderCard::read);
        List<FounderCard> good = cards.read(cardFiles, card -> Ceremony.refusal(draft, card));
        GenesisFile genesis = Ceremony.collect(draft, good).orThrow(bad -> together(bad.lines()));
        CommandSpec command = Objects.requireNonNull(spec);
        GenesisShow.warn(command, genesis);
        Documents.write(
                command,
                Optional.ofNullable(out),
                genesis.toBytes(),
                true,
                Documents.summary(genesis.networkId()));
        return 0;
    }

    private static OperatorError together(String lines) {
        return Documents.invalid("what the cards found together", "genesis file", lines);
    }
}
