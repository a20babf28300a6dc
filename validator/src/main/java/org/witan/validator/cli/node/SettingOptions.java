package org.witan.validator.cli.node;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.witan.validator.cli.config.Setting;
import picocli.CommandLine.Option;

/**
 * The options that {@code init} writes into a home's configuration and that {@code start} takes
 * instead of what stands there.
 */
final class SettingOptions {
    @Option(names = "--role", paramLabel = "R", description = "validator, gateway or observer")
    private @Nullable String role;

    @Option(names = "--genesis", paramLabel = "F", description = "the network's genesis file")
    private @Nullable Path genesis;

    @Option(names = "--listen", paramLabel = "HOST:PORT", description = "where others link to")
    private @Nullable String listen;

    @Option(names = "--advertise", paramLabel = "WS://…", description = "where others dial it")
    private @Nullable String advertise;

    @Option(names = "--api-listen", paramLabel = "HOST:PORT", description = "its HTTP API")
    private @Nullable String apiListen;

    @Option(names = "--passphrase-file", paramLabel = "F", description = "opens the node's key")
    private @Nullable Path passphraseFile;

    @Option(
            names = "--join",
            paramLabel = "[ID@]WS://…",
            split = ",",
            description = "a member to ask first")
    private List<String> join = List.of();

    /** What was given, and {@code id} if there is one. */
    Map<Setting, String> settings(@Nullable String id) {
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        put(settings, Setting.ID, id);
        put(settings, Setting.ROLE, role);
        put(settings, Setting.GENESIS, genesis == null ? null : absolute(genesis));
        String passphrase = passphraseFile == null ? null : absolute(passphraseFile);
        put(settings, Setting.KEY_PASSPHRASE_FILE, passphrase);
        put(settings, Setting.LINK_LISTEN, listen);
        put(settings, Setting.LINK_ADVERTISE, advertise);
        put(settings, Setting.LINK_JOIN, join.isEmpty() ? null : String.join(",", join));
        put(settings, Setting.API_LISTEN, apiListen);
        return settings;
    }

    /** The file that opens the key, as it was given. */
    Optional<Path> passphraseFile() {
        return Optional.ofNullable(passphraseFile);
    }

    /** A configuration is read from anywhere, so what it names must not depend on the folder. */
    private static String absolute(Path path) {
        return path.toAbsolutePath().toString();
    }

    private static void put(
            Map<Setting, String> settings, Setting setting, @Nullable String value) {
        if (value != null) {
            settings.put(setting, value);
        }
    }
}
