package org.witan.validator.cli.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.cli.Passphrases;
import org.witan.genesis.cli.ceremony.Documents;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.document.GenesisFile;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.keyfile.KeyFile;
import org.witan.genesis.keyfile.Passphrase;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.cli.config.Setting;
import org.witan.validator.cli.config.SettingsSources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code witan init}: makes a home with a configuration, and with a new key if there is none.
 *
 * <p>A key that lies in the home, or that {@code --key} names, is adopted: a founder made it before
 * the network was there. For a new key without a passphrase file a random passphrase is written
 * next to it, both readable by their owner only: whoever wants them apart names a file. Everything
 * is looked at before anything is written.
 */
@Command(
        name = "init",
        description = "Make a node's home: its configuration, and a new key if it has none.")
public final class InitCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--id", required = true, description = "the node's id in the network")
    private String id = "";

    @Option(names = "--organisation", required = true, description = "who answers for it")
    private String organisation = "";

    @Mixin private SettingOptions given = new SettingOptions();

    @Option(names = "--key", paramLabel = "F", description = "a key to use; default: home/node.key")
    private @Nullable Path key;

    @Override
    public Integer call() {
        GlobalOptions options = GlobalOptions.of(spec);
        Path home = NodeHome.toMake(options, "witan init --home DIR --id ID --organisation O");
        Map<Setting, String> settings = given.settings(id);
        check(settings, home);
        requireNew(home);
        Optional<Path> found = existingKey(home);
        SigningKey used = found.map(this::open).orElseGet(InitCommand::newKey);
        Optional<GenesisFile> genesis = genesis(settings, home);
        genesis.flatMap(g -> NodeFiles.stranger(g, new NodeId(id), used.publicKey()))
                .ifPresent(why -> options.say(spec, "warning: " + why));
        if (options.dryRun()) {
            String what = found.isPresent() ? "" : "a key and ";
            options.say(spec, "would make " + what + SettingsSources.FILE_NAME + " in " + home);
            return ExitCode.OK.number();
        }
        if (found.isPresent()) {
            NodeHome.adopt(home, found.get(), given.passphraseFile(), settings);
        } else {
            NodeHome.make(home, used, given.passphraseFile(), settings);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("home", home.toString());
        json.put("id", id);
        json.put("organisation", organisation);
        json.put("key", used.publicKey().toString());
        String made = home + " for " + id + " of " + organisation;
        String next = next(home, genesis.isPresent());
        options.print(spec, NodeHome.told(made, used.publicKey(), next), json);
        return ExitCode.OK.number();
    }

    private Optional<Path> existingKey(Path home) {
        Path standard = home.resolve(Setting.KEY_FILE.standard());
        return Optional.ofNullable(key).or(() -> Optional.of(standard).filter(Files::exists));
    }

    private SigningKey open(Path file) {
        try (Passphrase passphrase =
                Passphrases.ofProcess().forOpening(file, given.passphraseFile())) {
            return KeyFile.open(file, passphrase);
        }
    }

    private static SigningKey newKey() {
        return SigningKey.generate(new SecureRandom());
    }

    private static Optional<GenesisFile> genesis(Map<Setting, String> settings, Path home) {
        String name = settings.getOrDefault(Setting.GENESIS, Setting.GENESIS.standard());
        return Optional.of(home.resolve(name)).filter(Files::exists).map(Documents::genesis);
    }

    private static void requireNew(Path home) {
        if (Files.exists(home.resolve(SettingsSources.FILE_NAME))) {
            throw new OperatorError(
                    ExitCode.NOT_FOUND,
                    "HOME_EXISTS",
                    home + " is a node's home already",
                    "it has a " + SettingsSources.FILE_NAME,
                    "witan start --home " + home + ", or name another folder");
        }
    }

    private String next(Path home, boolean founded) {
        String start = "witan start --home " + home;
        return founded
                ? start + " --check-only, then " + start
                : "witan genesis request --id %s --organisation %s --key %s …, or put the network's"
                                .formatted(id, organisation, home.resolve("node.key"))
                        + " genesis.json there and "
                        + start;
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
}
