package org.witan.validator.cli.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.file.SafeFiles;
import org.witan.genesis.keyfile.KeyFile;
import org.witan.genesis.keyfile.Passphrase;
import org.witan.validator.cli.config.Setting;
import org.witan.validator.cli.config.SettingsSources;

/** Makes a node's home: key, passphrase, configuration. */
public final class NodeHome {
    private NodeHome() {}

    /**
     * Makes a home with this key and these settings.
     *
     * @param passphraseFile what encrypts the key; empty for a new random one beside it
     */
    public static void make(
            Path home,
            SigningKey key,
            Optional<Path> passphraseFile,
            Map<Setting, String> settings) {
        try {
            Files.createDirectories(home);
        } catch (IOException failed) {
            throw new OperatorError(
                    ExitCode.STORAGE_FAILED,
                    "HOME_NOT_MADE",
                    "the folder " + home + " cannot be made",
                    String.valueOf(failed.getMessage()),
                    "ls -ld " + home.toAbsolutePath().getParent());
        }
        Map<Setting, String> all = new LinkedHashMap<>(settings);
        Path keyFile = home.resolve(Setting.KEY_FILE.standard());
        if (passphraseFile.isPresent()) {
            try (Passphrase passphrase = Passphrase.ofFile(passphraseFile.get())) {
                KeyFile.create(keyFile, key, passphrase, KeyFile.ITERATIONS);
            }
            String absolute = passphraseFile.get().toAbsolutePath().toString();
            all.put(Setting.KEY_PASSPHRASE_FILE, absolute);
        } else {
            try (Passphrase passphrase = Passphrase.random(new SecureRandom())) {
                passphrase.createFile(home.resolve("passphrase"));
                KeyFile.create(keyFile, key, passphrase, KeyFile.ITERATIONS_IF_RANDOM);
            }
            all.put(Setting.KEY_PASSPHRASE_FILE, "passphrase");
        }
        StringBuilder yaml = new StringBuilder("# All settings: witan config show --describe\n");
        all.forEach((setting, value) ->
                yaml.append(setting.key()).append(": \"").append(value).append("\"\n"));
        SafeFiles.createPublic(
                home.resolve(SettingsSources.FILE_NAME),
                yaml.toString().getBytes(StandardCharsets.UTF_8));
    }
}
