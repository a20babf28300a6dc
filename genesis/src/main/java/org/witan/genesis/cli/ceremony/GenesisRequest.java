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
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.cli.Passphrases;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.document.Draft;
import org.witan.genesis.document.FounderCard;
import org.witan.genesis.document.FounderOrganisation;
import org.witan.genesis.document.FounderValidator;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.keyfile.KeyFile;
import org.witan.genesis.keyfile.Passphrase;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NodeId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code witan genesis request}: a founder's public card. Private keys stay where they are. */
@Command(
        name = "request",
        description = "Make a founder's public card with proofs of possession of its keys.")
final class GenesisRequest implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Option(names = "--draft", required = true, paramLabel = "FILE", description = "the draft")
    private Path draftFile = Path.of("");

    @Option(names = "--id", required = true, paramLabel = "ID", description = "the validator's id")
    private String id = "";

    @Option(
            names = "--organisation",
            required = true,
            paramLabel = "ID",
            description = "the organisation's id")
    private String organisation = "";

    @Option(
            names = "--organisation-name",
            paramLabel = "NAME",
            description = "its name for people; default: its id")
    private @Nullable String organisationName;

    @Option(names = "--key", required = true, paramLabel = "KEY", description = "the node's key")
    private Path nodeKey = Path.of("");

    @Option(
            names = "--governance-key",
            required = true,
            paramLabel = "KEY",
            description = "the organisation's governance key")
    private Path governanceKey = Path.of("");

    @Option(
            names = "--recovery-key",
            paramLabel = "KEY",
            description = "a key to be kept offline; default: the governance key serves")
    private @Nullable Path recoveryKey;

    @Option(
            names = "--endpoint",
            required = true,
            paramLabel = "URL",
            description = "where others dial the node, ws://host:port; up to 4 times")
    private List<String> endpoints = new ArrayList<>();

    @Option(
            names = "--passphrase-file",
            paramLabel = "F",
            description = "of every key that has no other named and that it opens")
    private @Nullable Path passphraseFile;

    @Option(names = "--governance-passphrase-file", paramLabel = "F")
    private @Nullable Path governancePassphraseFile;

    @Option(names = "--recovery-passphrase-file", paramLabel = "F")
    private @Nullable Path recoveryPassphraseFile;

    @Option(names = "--out", paramLabel = "FILE", description = "default: the output")
    private @Nullable Path out;

    @Override
    public Integer call() {
        Draft draft = Documents.parse(draftFile, "draft", Draft::read);
        FounderCard card;
        try {
            card = card(draft);
        } catch (IllegalArgumentException bad) {
            throw refused(String.valueOf(bad.getMessage()));
        }
        byte[] document = card.toBytes();
        // The same check that whoever collects makes: better to fail here than there.
        FounderCard.read(document).orThrow(problems -> refused(problems.lines()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("draft", draft.id());
        json.put("id", id);
        json.put("organisation", organisation);
        json.put("key", card.validator().key().toString());
        String line =
                "card of " + id + " of " + organisation + " for " + draft.id() + ", public only";
        Documents.write(
                Objects.requireNonNull(spec),
                Optional.ofNullable(out),
                document,
                true,
                new Documents.Summary(List.of(line), json));
        return 0;
    }

    private FounderCard card(Draft draft) {
        NodeId validatorId = new NodeId(id);
        NodeId organisationId = new NodeId(organisation);
        List<Endpoint> parsed = endpoints.stream().map(Endpoint::parse).toList();
        String name = organisationName == null ? organisation : organisationName;
        SigningKey node = open(nodeKey, passphraseFile);
        SigningKey governance = open(governanceKey, governancePassphraseFile);
        Optional<SigningKey> recovery =
                Optional.ofNullable(recoveryKey).map(file -> open(file, recoveryPassphraseFile));
        FounderCard card =
                new FounderCard(
                        draft.id(),
                        FounderOrganisation.proving(
                                draft.id(),
                                organisationId,
                                name,
                                governance,
                                recovery.map(Signer.class::cast)),
                        FounderValidator.proving(
                                draft.id(), validatorId, organisationId, parsed, node));
        node.erase();
        governance.erase();
        recovery.ifPresent(SigningKey::erase);
        return card;
    }

    private SigningKey open(Path key, @Nullable Path own) {
        Optional<Path> file = Optional.ofNullable(own == null ? passphraseFile : own);
        try {
            return open(key, file);
        } catch (OperatorError wrong) {
            boolean mayAsk = own == null && file.isPresent() && GlobalOptions.isTerminal();
            if (!mayAsk || !wrong.code().equals("PASSPHRASE_WRONG")) {
                throw wrong;
            }
            // The file is the node's; the passphrases of people are in their heads.
            return open(key, Optional.empty());
        }
    }

    private static SigningKey open(Path key, Optional<Path> file) {
        try (Passphrase passphrase = Passphrases.ofProcess().forOpening(key, file)) {
            return KeyFile.open(key, passphrase);
        }
    }

    private static OperatorError refused(String why) {
        return new OperatorError(
                ExitCode.USAGE,
                "USAGE",
                "this card would be refused",
                why,
                "witan genesis request --help");
    }
}
