package org.witan.validator.cli.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.witan.genesis.cli.Units;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NodeId;

/**
 * Everything that can be configured for one node.
 *
 * <p>What all nodes must agree on is not here: that stands in the genesis file and on the ledger.
 */
public enum Setting {
    ID("id", Form.ID, "", "the node's id in the network"),
    ROLE(
            "role",
            Form.choice("validator", "gateway", "observer"),
            "validator",
            "what the node does while the ledger does not list it"),
    HOME("home", Form.PATH, ".", "the node's folder; other paths are relative to it"),
    GENESIS("genesis", Form.PATH, "genesis.json", "the network's genesis file"),
    KEY_FILE("key.file", Form.PATH, "node.key", "the node's private key"),
    KEY_PASSPHRASE_FILE("key.passphrase-file", Form.PATH, "", "file with the key's passphrase"),
    LINK_LISTEN("link.listen", Form.ADDRESS, "0.0.0.0:7400", "where other members link to"),
    LINK_ADVERTISE("link.advertise", Form.ENDPOINT, "", "where others shall dial this node"),
    LINK_JOIN("link.join", Form.JOINS, "", "members to ask first, as id@ws://host:port,…"),
    LINK_NETWORK_KEY_FILE(
            "link.network-key-file", Form.PATH, "", "32 bytes in hex that keep strangers off"),
    API_LISTEN("api.listen", Form.ADDRESS, "127.0.0.1:8400", "where the HTTP API listens"),
    API_ALLOWED_HOSTS("api.allowed-hosts", Form.TEXT, "", "names to be asked by"),
    ADMIN_LISTEN("admin.listen", Form.PATH, "admin/socket", "the operator's Unix socket, or off"),
    STORE_PATH("store.path", Form.PATH, "store", "the database's folder"),
    STORE_CACHE("store.cache", Form.SIZE, "32MiB", "memory for blocks read from disk"),
    STORE_KEEP("store.keep", Form.HEIGHTS, "64", "heights whose state stays readable, or all"),
    CATCHUP_MODE(
            "catchup.mode",
            Form.choice("blocks", "snapshot"),
            "blocks",
            "whether an empty node far behind may begin with a snapshot"),
    BACKUP_EVERY("backup.every", Form.choice("off"), "off", "no backups by itself yet"),
    LOG_LEVEL(
            "log.level",
            Form.choice("error", "warn", "info", "debug", "trace"),
            "info",
            "least severe line to write"),
    LOG_FORMAT("log.format", Form.choice("text", "json"), "text", "how lines are written");

    private final String key;
    private final Form form;
    private final String standard;
    private final String description;

    Setting(String key, Form form, String standard, String description) {
        this.key = key;
        this.form = form;
        this.standard = standard;
        this.description = description;
    }

    /** The name in the file, such as {@code link.listen}. */
    public String key() {
        return key;
    }

    /** The name in the environment, such as {@code WITAN_LINK_LISTEN}. */
    public String variable() {
        return "WITAN_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The value where nobody says anything; empty for none. */
    public String standard() {
        return standard;
    }

    /** What it is for, in a few words. */
    public String description() {
        return description;
    }

    /** What is wrong with {@code value}; empty if nothing is. An empty value means none. */
    public Optional<String> problem(String value) {
        if (value.isEmpty()) {
            return standard.isEmpty() ? Optional.empty() : Optional.of("it is empty");
        }
        try {
            form.check(value);
            return Optional.empty();
        } catch (IllegalArgumentException bad) {
            return Optional.of(String.valueOf(bad.getMessage()));
        }
    }

    /** The setting of that name. */
    public static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
    }

    /** All names, in the order of the documentation. */
    public static List<String> keys() {
        return Arrays.stream(values()).map(Setting::key).toList();
    }

    /** How a value is written; throws IllegalArgumentException with a sentence. */
    @FunctionalInterface
    private interface Form {
        Form TEXT = value -> {};
        Form PATH = Form::path;
        Form ID = NodeId::new;
        Form ADDRESS = HostPort::parse;
        Form SIZE = Units::bytes;
        Form HEIGHTS = Heights::parse;
        Form ENDPOINT = Endpoint::parse;
        Form JOINS = value -> Arrays.stream(value.split(",")).forEach(JoinPoint::parse);

        void check(String value);

        private static void path(String value) {
            try {
                var _ = Path.of(value);
            } catch (InvalidPathException bad) {
                throw new IllegalArgumentException("it is no path: " + bad.getReason(), bad);
            }
        }

        static Form choice(String... allowed) {
            return value -> {
                if (!List.of(allowed).contains(value)) {
                    throw new IllegalArgumentException(
                            "'" + value + "' is not one of " + String.join(", ", allowed));
                }
            };
        }
    }
}
