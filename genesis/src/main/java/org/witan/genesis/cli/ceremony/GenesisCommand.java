package org.witan.genesis.cli.ceremony;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.cli.Passphrases;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.document.Endorsement;
import org.witan.genesis.document.FounderOrganisation;
import org.witan.genesis.document.GenesisFile;
import org.witan.genesis.document.Proofs;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.keyfile.KeyFile;
import org.witan.genesis.keyfile.Passphrase;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.words.SixWords;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code witan genesis …}: founding a network, and looking at what a file founds. Offline. */
@Command(
        name = "genesis",
        description = "Found a network: the ceremony and its file. Works offline.",
        synopsisSubcommandLabel = "VERB",
        subcommands = {
            GenesisDraft.class,
            GenesisRequest.class,
            GenesisCollect.class,
            GenesisFinalize.class,
            GenesisShow.class,
            GenesisDiff.class
        })
public final class GenesisCommand {
    @Spec private @Nullable CommandSpec injected;

    /** For the root command to mount. */
    public GenesisCommand() {}

    @Command(description = "Print which network FILE founds.")
    int hash(
            @Parameters(paramLabel = "FILE", description = "a genesis file") Path file,
            @Option(names = "--words", description = "as six words") boolean words) {
        GenesisFile genesis = Documents.parse(file, "genesis file", GenesisFile::readForm);
        Documents.Summary summary = Documents.summary(genesis.networkId());
        String line =
                words
                        ? SixWords.of(genesis.networkId().hash()).toString()
                        : genesis.networkId().toString();
        GlobalOptions.of(spec()).print(spec(), List.of(line), summary.json());
        return 0;
    }

    @Command(description = "Consent to FILE in the name of an organisation.")
    int endorse(
            @Parameters(paramLabel = "FILE", description = "a genesis file") Path file,
            @Option(names = "--governance-key", required = true, paramLabel = "KEY") Path keyFile,
            @Option(names = "--passphrase-file", paramLabel = "F") @Nullable Path passphraseFile,
            @Option(names = "--out", paramLabel = "FILE", description = "default: the output")
                    @Nullable Path out) {
        GenesisFile genesis = Documents.genesis(file);
        try (Passphrase passphrase =
                Passphrases.ofProcess().forOpening(keyFile, Optional.ofNullable(passphraseFile))) {
            SigningKey key = KeyFile.open(keyFile, passphrase);
            NodeId organisation = organisation(genesis, key, keyFile);
            Endorsement endorsement = Proofs.endorse(genesis.networkId(), organisation, key);
            key.erase();
            Documents.Summary summary = Documents.summary(genesis.networkId());
            summary.json().put("organisation", organisation.value());
            Documents.write(spec(), Optional.ofNullable(out), endorsement.toBytes(), true, summary);
        }
        return 0;
    }

    @Command(description = "Check everything; exit 0 only if all organisations founded it.")
    int verify(
            @Parameters(paramLabel = "FILE", description = "a genesis file") Path file,
            @Option(
                            names = "--expect",
                            paramLabel = "ID",
                            description = "the network id or the six words that it must have")
                    @Nullable String expected) {
        GenesisFile genesis = Documents.genesis(file);
        if (expected != null) {
            Expectation.check(genesis.networkId(), expected);
        }
        List<NodeId> missing = genesis.missingEndorsements();
        if (!genesis.isFounded()) {
            throw new OperatorError(
                    ExitCode.VERIFICATION_FAILED,
                    "GENESIS_NOT_ENDORSED",
                    file + " is not endorsed by every organisation",
                    "missing: " + GenesisShow.join(missing),
                    "witan genesis endorse " + file + " --governance-key …, by each of them");
        }
        Documents.Summary summary = Documents.summary(genesis.networkId());
        summary.json().put("founded", true);
        summary.json().put("devnet", genesis.body().draft().devnet());
        GenesisShow.warn(spec(), genesis);
        GlobalOptions.of(spec()).print(spec(), summary.lines(), summary.json());
        return 0;
    }

    private static NodeId organisation(GenesisFile genesis, SigningKey key, Path keyFile) {
        return genesis.body().organisations().stream()
                .filter(known -> known.governanceKey().equals(key.publicKey()))
                .map(FounderOrganisation::id)
                .findFirst()
                .orElseThrow(() ->
                        new OperatorError(
                                ExitCode.NOT_AUTHORISED,
                                "NOT_A_FOUNDER",
                                keyFile + " is no organisation's governance key",
                                key.publicKey() + " is not among those of the file",
                                "name the governance key of the request"));
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(injected);
    }
}
