package org.witan.validator.cli.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.cli.config.Setting;
import org.witan.validator.cli.config.SettingsSources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code witan init}: makes a home with a new key and a configuration.
 *
 * <p>Without a passphrase file a random passphrase is written next to the key, both readable by
 * their owner only: whoever wants them apart names a file.
 */
@Command(name = "init", description = "Make a node's home: a new key and its configuration.")
public final class InitCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--id", required = true, description = "the node's id in the network")
    private String id = "";

    @Option(names = "--organisation", required = true, description = "who answers for it")
    private String organisation = "";

    @Mixin private SettingOptions given = new SettingOptions();

    @Option(names = "--passphrase-file", paramLabel = "F", description = "of the new key")
    private @Nullable Path passphraseFile;

    @Override
    public Integer call() {
        GlobalOptions options = GlobalOptions.of(spec);
        Path home = options.home().orElseThrow(InitCommand::noHome);
        Map<Setting, String> settings = given.settings(id);
        check(settings, home);
        if (Files.exists(home.resolve(SettingsSources.FILE_NAME))) {
            throw new OperatorError(
                    ExitCode.NOT_FOUND,
                    "HOME_EXISTS",
                    home + " is a node's home already",
                    "it has a " + SettingsSources.FILE_NAME,
                    "witan start --home " + home + ", or name another folder");
        }
        if (options.dryRun()) {
            options.say(spec, "would make a key and " + SettingsSources.FILE_NAME + " in " + home);
            return ExitCode.OK.number();
        }
        SigningKey key = SigningKey.generate(new SecureRandom());
        NodeHome.make(home, key, Optional.ofNullable(passphraseFile), settings);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("home", home.toString());
        json.put("id", id);
        json.put("organisation", organisation);
        json.put("key", key.publicKey().toString());
        options.print(spec, lines(home, key), json);
        return ExitCode.OK.number();
    }

    private List<String> lines(Path home, SigningKey key) {
        return List.of(
                "made " + home + " for " + id + " of " + organisation,
                "public key " + key.publicKey(),
                "next: witan genesis request --id "
                        + id
                        + " --organisation "
                        + organisation
                        + " --key "
                        + home.resolve("node.key")
                        + " …, or put the network's genesis.json there and witan start --home "
                        + home);
    }

    private void check(Map<Setting, String> settings, Path home) {
        if (!NodeId.isValid(organisation)) {
            throw new OperatorError(
                    ExitCode.USAGE,
                    "BAD_ID",
                    "'" + organisation + "' cannot be an organisation's id",
                    "an id has 1 to 63 of a-z, 0-9 and -, with no - at either end",
                    "--organisation acme");
        }
        new SettingsSources(settings, Map.of(), Optional.of(home), Optional.empty()).resolve();
    }

    private static OperatorError noHome() {
        return new OperatorError(
                ExitCode.USAGE,
                "NO_HOME",
                "the folder to make is not named",
                "neither --home nor WITAN_HOME is set",
                "witan init --home DIR --id ID --organisation O");
    }
}
