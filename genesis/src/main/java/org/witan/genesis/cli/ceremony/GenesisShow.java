package org.witan.genesis.cli.ceremony;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.document.Draft;
import org.witan.genesis.document.FounderOrganisation;
import org.witan.genesis.document.FounderValidator;
import org.witan.genesis.document.GenesisFile;
import org.witan.genesis.document.RulesForm;
import org.witan.genesis.document.Warnings;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Quorum;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code witan genesis show}: what a file founds. */
@Command(name = "show", description = "Show what FILE founds.")
final class GenesisShow implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "a genesis file")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        GenesisFile genesis = Documents.genesis(file);
        CommandSpec command = Objects.requireNonNull(spec);
        warn(command, genesis);
        GlobalOptions.of(command).print(command, lines(genesis), json(genesis));
        return 0;
    }

    /** Says what is allowed in the file and probably not meant. */
    static void warn(CommandSpec spec, GenesisFile genesis) {
        GlobalOptions options = GlobalOptions.of(spec);
        Warnings.of(genesis).forEach(warning -> options.say(spec, "warning: " + warning));
    }

    static String join(List<NodeId> ids) {
        return ids.stream().map(NodeId::value).collect(Collectors.joining(", "));
    }

    private static List<String> lines(GenesisFile genesis) {
        Draft draft = genesis.body().draft();
        Quorum quorum = new Quorum(genesis.body().validators().size());
        List<NodeId> missing = genesis.missingEndorsements();
        List<String> lines = new ArrayList<>();
        lines.add("network     " + draft.name() + (draft.devnet() ? " (devnet)" : ""));
        lines.add("id          " + Documents.summary(genesis.networkId()).lines().getFirst());
        lines.add("created     " + draft.created() + "  draft " + draft.id());
        lines.add(
                "quorum      %d of %d validators; %d may fail or lie"
                        .formatted(quorum.size(), quorum.members(), quorum.faults()));
        lines.add("level       " + draft.protocolLevel());
        RulesForm.values(draft.rules())
                .forEach((name, value) -> lines.add("rule        " + name + " " + value));
        for (FounderOrganisation founder : genesis.body().organisations()) {
            boolean endorsed = !missing.contains(founder.id());
            String consent = endorsed ? "endorsed" : "not endorsed";
            lines.add("organisation " + founder.id() + "  " + founder.name() + "  " + consent);
            lines.add("  governance " + founder.governanceKey());
            lines.add(
                    "  recovery   "
                            + founder.recoveryKey().map(PublicKey::toString).orElse("none"));
        }
        for (FounderValidator validator : genesis.body().validators()) {
            lines.add("validator   " + validator.id() + "  of " + validator.organisation());
            lines.add("  key        " + validator.key());
            validator.endpoints().forEach(endpoint -> lines.add("  endpoint   " + endpoint));
        }
        return lines;
    }

    private static Map<String, Object> json(GenesisFile genesis) {
        Draft draft = genesis.body().draft();
        Map<String, Object> json =
                new LinkedHashMap<>(Documents.summary(genesis.networkId()).json());
        json.put("name", draft.name());
        json.put("draft", draft.id());
        json.put("created", draft.created().toString());
        json.put("devnet", draft.devnet());
        json.put("protocolLevel", draft.protocolLevel());
        json.put("quorum", new Quorum(genesis.body().validators().size()).size());
        json.put("rules", RulesForm.values(draft.rules()));
        List<NodeId> missing = genesis.missingEndorsements();
        json.put(
                "organisations",
                genesis.body().organisations().stream()
                        .map(founder -> organisation(founder, !missing.contains(founder.id())))
                        .toList());
        json.put(
                "validators",
                genesis.body().validators().stream().map(GenesisShow::validator).toList());
        json.put("founded", genesis.isFounded());
        json.put("missing", missing.stream().map(NodeId::value).toList());
        json.put("warnings", Warnings.of(genesis));
        return json;
    }

    private static Map<String, Object> organisation(FounderOrganisation founder, boolean endorsed) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", founder.id().value());
        json.put("name", founder.name());
        json.put("governanceKey", founder.governanceKey().toString());
        founder.recoveryKey().ifPresent(key -> json.put("recoveryKey", key.toString()));
        json.put("endorsed", endorsed);
        return json;
    }

    private static Map<String, Object> validator(FounderValidator validator) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", validator.id().value());
        json.put("organisation", validator.organisation().value());
        json.put("key", validator.key().toString());
        json.put("endpoints", validator.endpoints().stream().map(Endpoint::toString).toList());
        return json;
    }
}
