package org.witan.genesis.cli.ceremony;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.witan.genesis.document.Ceremony;
import org.witan.genesis.document.Draft;
import org.witan.genesis.document.FounderCard;
import org.witan.genesis.document.GenesisFile;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.json.Place;
import org.witan.genesis.json.Problem;
import org.witan.genesis.json.Reading;
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
        GenesisFile genesis = Ceremony.collect(draft, good).orThrow(GenesisCollect::together);
        Optional.ofNullable(out).ifPresent(file -> requireReplaceable(file, genesis));
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

    /** What others put their names to is not lost to a slip; the same file anew is no loss. */
    private static void requireReplaceable(Path file, GenesisFile genesis) {
        if (Files.notExists(file)) {
            return;
        }
        GenesisFile old = Documents.genesis(file);
        boolean same = old.networkId().equals(genesis.networkId());
        if (!same || !old.endorsements().isEmpty()) {
            throw new OperatorError(
                    ExitCode.NOT_FOUND,
                    "FILE_EXISTS",
                    file + " is a genesis file that would be lost",
                    same
                            ? "it holds endorsements: " + old.endorsements().size()
                            : "it founds %s, these cards found %s"
                                    .formatted(old.networkId(), genesis.networkId()),
                    "name another file with --out, or move this one away");
        }
    }

    /** There is no such file yet, so lines of it would name nothing. */
    private static OperatorError together(Reading.Bad<GenesisFile> bad) {
        String why =
                bad.problems().stream()
                        .map(problem -> new Problem(Place.NONE, problem.path(), problem.sentence()))
                        .map(Problem::toString)
                        .collect(Collectors.joining("\n"));
        return new OperatorError(
                ExitCode.INVALID_CONFIGURATION,
                "GENESIS_INVALID",
                "these cards found no network together",
                why,
                "collect the missing cards, each from its founder (witan genesis request)");
    }
}
