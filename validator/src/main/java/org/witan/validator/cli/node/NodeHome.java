package org.witan.validator.cli.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.file.SafeFiles;
import org.witan.genesis.keyfile.KeyFile;
import org.witan.genesis.keyfile.Passphrase;
import org.witan.validator.cli.config.Setting;
import org.witan.validator.cli.config.SettingsSources;

/** Makes a node's home: key, passphrase, configuration; and says so. */
public final class NodeHome {
    private NodeHome() {}

    /**
     * The folder to make, which {@code --home} or {@code WITAN_HOME} names.
     *
     * @param example how this command is called
     * @throws OperatorError {@code NO_HOME} if nothing names it
     */
    public static Path toMake(GlobalOptions options, String example) {
        return options.home()
                .orElseThrow(() ->
                        new OperatorError(
                                ExitCode.USAGE,
                                "NO_HOME",
                                "the folder to make is not named",
                                "neither --home nor WITAN_HOME is set",
                                example));
    }

    /** What an operator is told of a home that was made: for what, its key, and what to do next. */
    public static List<String> told(String made, PublicKey key, String next) {
        return List.of("made " + made, "public key " + key, "next: " + next);
    }

    /**
     * Makes a home with this key and these settings; nothing, if one of its files is there.
     *
     * @param passphraseFile what encrypts the key; empty for a new random one beside it
     */
    public static void make(
            Path home,
            SigningKey key,
            Optional<Path> passphraseFile,
            Map<Setting, String> settings) {
        Path keyFile = home.resolve(Setting.KEY_FILE.standard());
        Path made = home.resolve("passphrase");
        SafeFiles.checkAbsent(keyFile);
        SafeFiles.checkAbsent(home.resolve(SettingsSources.FILE_NAME));
        Map<Setting, String> all = new LinkedHashMap<>(settings);
        if (passphraseFile.isPresent()) {
            try (Passphrase passphrase = Passphrase.ofFile(passphraseFile.get())) {
                createFolder(home);
                KeyFile.create(keyFile, key, passphrase, KeyFile.ITERATIONS);
            }
            all.put(Setting.KEY_PASSPHRASE_FILE, inHome(home, passphraseFile.get()));
        } else {
            SafeFiles.checkAbsent(made);
            createFolder(home);
            try (Passphrase passphrase = Passphrase.random(new SecureRandom())) {
                passphrase.createFile(made);
                KeyFile.create(keyFile, key, passphrase, KeyFile.ITERATIONS_IF_RANDOM);
            }
            all.put(Setting.KEY_PASSPHRASE_FILE, "passphrase");
        }
        configure(home, all);
    }

    /**
     * Makes a home of a key that there is; writes nothing but the configuration.
     *
     * @param keyFile the key, in the home or elsewhere
     * @param passphraseFile what opens it; empty if the environment or a person shall say it
     */
    static void adopt(
            Path home, Path keyFile, Optional<Path> passphraseFile, Map<Setting, String> settings) {
        SafeFiles.checkAbsent(home.resolve(SettingsSources.FILE_NAME));
        Map<Setting, String> all = new LinkedHashMap<>(settings);
        String key = inHome(home, keyFile);
        if (!key.equals(Setting.KEY_FILE.standard())) {
            all.put(Setting.KEY_FILE, key);
        }
        passphraseFile.ifPresent(file -> all.put(Setting.KEY_PASSPHRASE_FILE, inHome(home, file)));
        createFolder(home);
        configure(home, all);
    }

    /** A file of the home by its name there, so that the home may move; others in full. */
    private static String inHome(Path home, Path file) {
        Path whole = file.toAbsolutePath().normalize();
        Path folder = home.toAbsolutePath().normalize();
        return (whole.startsWith(folder) ? folder.relativize(whole) : whole).toString();
    }

    private static void createFolder(Path home) {
        try {
            Files.createDirectories(home);
        } catch (IOException failed) {
            throw SafeFiles.notWritten(home, failed);
        }
    }

    private static void configure(Path home, Map<Setting, String> settings) {
        StringBuilder yaml = new StringBuilder("# All settings: witan config show --describe\n");
        settings.forEach((setting, value) ->
                yaml.append(setting.key()).append(": \"").append(value).append("\"\n"));
        SafeFiles.createPublic(
                home.resolve(SettingsSources.FILE_NAME),
                yaml.toString().getBytes(StandardCharsets.UTF_8));
    }
}
