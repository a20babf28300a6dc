package org.witan.genesis.cli.ceremony;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.witan.genesis.document.Draft;
import org.witan.genesis.document.RulesForm;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.Rules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code witan genesis draft}: starts a ceremony. */
@Command(name = "draft", description = "Start a ceremony: a name, rules, a random draft id.")
final class GenesisDraft implements Callable<Integer> {
    private static final int ID_BYTES = 4;

    @Spec private @Nullable CommandSpec spec;

    @Option(names = "--name", required = true, paramLabel = "N", description = "the network's name")
    private String name = "";

    @Option(
            names = "--rule",
            paramLabel = "NAME=VALUE",
            description = "a network rule other than its default; may stand several times")
    private Map<String, Integer> rules = new LinkedHashMap<>();

    @Option(names = "--devnet", description = "for trying out: 1 to 3 validators are enough")
    private boolean devnet;

    @Option(names = "--created", paramLabel = "TIME", description = "default: now")
    private @Nullable String created;

    @Option(names = "--draft-id", paramLabel = "ID", description = "default: a random one")
    private @Nullable String id;

    @Option(names = "--out", paramLabel = "FILE", description = "default: the output")
    private @Nullable Path out;

    @Override
    public Integer call() {
        Draft draft;
        try {
            draft = new Draft(name, id(), created(), devnet, Draft.KNOWN_LEVEL, rules());
        } catch (IllegalArgumentException bad) {
            throw new OperatorError(
                    ExitCode.USAGE,
                    "USAGE",
                    "this draft cannot be made",
                    String.valueOf(bad.getMessage()),
                    "witan genesis draft --help");
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("draft", draft.id());
        List<String> lines =
                List.of(
                        "draft " + draft.id(),
                        "next: send it to every founder, for: witan genesis request");
        // Another draft under the same name would make every card sent so far useless.
        Documents.write(
                Objects.requireNonNull(spec),
                Optional.ofNullable(out),
                draft.toBytes(),
                false,
                new Documents.Summary(lines, json));
        return 0;
    }

    private Rules rules() {
        Rules chosen = Rules.DEFAULT;
        for (Map.Entry<String, Integer> rule : rules.entrySet()) {
            chosen = RulesForm.with(chosen, rule.getKey(), rule.getValue());
        }
        if (!devnet && chosen.minimumValidators() < 4) {
            throw new IllegalArgumentException("minimumValidators below 4 is for --devnet only");
        }
        return devnet && !rules.containsKey("minimumValidators")
                ? RulesForm.with(chosen, "minimumValidators", 1)
                : chosen;
    }

    private Instant created() {
        return created == null
                ? Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS)
                : Draft.moment(created);
    }

    private String id() {
        if (id != null) {
            return id;
        }
        byte[] random = new byte[ID_BYTES];
        new SecureRandom().nextBytes(random);
        return "dr-" + HexFormat.of().formatHex(random);
    }
}
