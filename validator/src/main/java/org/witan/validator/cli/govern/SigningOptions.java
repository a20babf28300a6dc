package org.witan.validator.cli.govern;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.cli.Passphrases;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.keyfile.KeyFile;
import org.witan.genesis.keyfile.Passphrase;
import org.witan.validator.cli.config.Setting;
import org.witan.validator.cli.config.Settings;
import org.witan.validator.cli.config.SettingsSources;
import picocli.CommandLine.Option;

/** Which governance key signs: an organisation's, never a node's. */
public final class SigningOptions {
    /** Where a governance key lies that nobody names. */
    private static final String FILE_NAME = "governance.key";

    @Option(
            names = "--key",
            paramLabel = "F",
            description = "your organisation's governance key; default: home/" + FILE_NAME)
    private @Nullable Path key;

    @Option(
            names = "--passphrase-file",
            paramLabel = "F",
            description = "its first line opens the key; default for a key in the home: the home's")
    private @Nullable Path passphraseFile;

    /**
     * Opens the key.
     *
     * @throws OperatorError if there is none, or it does not open
     */
    public SigningKey open(GlobalOptions options) {
        if (key != null) {
            return open(key, Optional.ofNullable(passphraseFile));
        }
        Settings settings = SettingsSources.of(options).resolve();
        Path usual = settings.namedHome().resolve(FILE_NAME);
        if (!usual.toFile().exists()) {
            throw new OperatorError(
                    ExitCode.NOT_FOUND,
                    "NO_GOVERNANCE_KEY",
                    "there is no governance key to sign with",
                    "no --key, and no " + usual,
                    "--key F, where F is your organisation's governance key");
        }
        return open(
                usual,
                Optional.ofNullable(passphraseFile)
                        .or(() -> settings.path(Setting.KEY_PASSPHRASE_FILE)));
    }

    /**
     * Opens a new key.
     *
     * @param passphraseFile its first line opens it; else the home's passphrase file is tried
     */
    static SigningKey openNew(GlobalOptions options, Path file, @Nullable Path passphraseFile) {
        return open(
                file,
                Optional.ofNullable(passphraseFile)
                        .or(() ->
                                SettingsSources.of(options)
                                        .resolve()
                                        .path(Setting.KEY_PASSPHRASE_FILE)));
    }

    private static SigningKey open(Path file, Optional<Path> passphraseFile) {
        try (Passphrase passphrase = Passphrases.ofProcess().forOpening(file, passphraseFile)) {
            return KeyFile.open(file, passphrase);
        }
    }
}
