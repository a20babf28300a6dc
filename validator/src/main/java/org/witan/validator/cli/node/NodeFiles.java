package org.witan.validator.cli.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.witan.genesis.cli.Passphrases;
import org.witan.genesis.cli.ceremony.Documents;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.document.GenesisFile;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.keyfile.KeyFile;
import org.witan.genesis.keyfile.Passphrase;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.cli.config.Setting;
import org.witan.validator.cli.config.Settings;
import org.witan.validator.cli.config.SettingsSources;

/** What a node's home holds besides its database: the genesis file and the key. */
public final class NodeFiles {
    private final Settings settings;

    /** The files that these settings name. */
    public NodeFiles(Settings settings) {
        this.settings = settings;
    }

    /**
     * The genesis, if the network is founded by it.
     *
     * @throws OperatorError with every problem of the file, or GENESIS_NOT_ENDORSED
     */
    public GenesisFile genesis() {
        Path file = settings.requiredPath(Setting.GENESIS);
        if (Files.notExists(file)) {
            throw missing(file);
        }
        GenesisFile genesis = Documents.genesis(file);
        if (!genesis.isFounded()) {
            List<NodeId> missing = genesis.missingEndorsements();
            throw new OperatorError(
                    ExitCode.INVALID_CONFIGURATION,
                    "GENESIS_NOT_ENDORSED",
                    file + " is not endorsed by all its organisations",
                    "missing are "
                            + String.join(", ", missing.stream().map(NodeId::value).toList()),
                    "witan genesis finalize " + file + " *.endorsement.json --out genesis.json");
        }
        return genesis;
    }

    private static OperatorError missing(Path file) {
        return new OperatorError(
                ExitCode.NOT_FOUND,
                "FILE_NOT_FOUND",
                "the network's genesis file is missing",
                "there is no " + file,
                "put the founded genesis.json there, or name it with --genesis");
    }

    /**
     * The private key. The passphrase comes from the file that is set, else from {@code
     * WITAN_PASSPHRASE}, else from a question, which is put on a terminal only.
     */
    public SigningKey key() {
        Path file = settings.requiredPath(Setting.KEY_FILE);
        Optional<Path> passphraseFile = settings.path(Setting.KEY_PASSPHRASE_FILE);
        try (Passphrase passphrase = openWith(file, passphraseFile)) {
            return KeyFile.open(file, passphrase);
        }
    }

    private static Passphrase openWith(Path file, Optional<Path> passphraseFile) {
        String namedBy = Setting.KEY_PASSPHRASE_FILE.key() + " in " + SettingsSources.FILE_NAME;
        return Passphrases.ofProcess().forOpening(file, passphraseFile, namedBy);
    }

    /** A sentence if the genesis lists another key for this id, or does not list it at all. */
    static Optional<String> stranger(GenesisFile genesis, NodeId id, PublicKey key) {
        Optional<Member> listed =
                genesis.founding().members().stream().filter(m -> m.id().equals(id)).findFirst();
        if (listed.isEmpty()) {
            return Optional.of("the genesis file does not list " + id);
        }
        return listed.get().key().equals(key)
                ? Optional.empty()
                : Optional.of("the genesis file lists another key for " + id);
    }
}
