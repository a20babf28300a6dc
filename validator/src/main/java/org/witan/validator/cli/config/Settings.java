package org.witan.validator.cli.config;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.witan.genesis.cli.Units;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NodeId;

/** Every setting of one node with its value and who set it. Immutable; values are well formed. */
public final class Settings {
    private final Map<Setting, Value> values;

    /**
     * A value and where it comes from.
     *
     * @param text as written; empty for none
     * @param origin who set it
     */
    public record Value(String text, Origin origin) {}

    Settings(Map<Setting, Value> values) {
        this.values = new EnumMap<>(values);
    }

    /** The value of a setting and who set it. */
    public Value value(Setting setting) {
        Value value = values.get(setting);
        return value == null ? new Value(setting.standard(), Origin.DEFAULT) : value;
    }

    /** The text of a setting; empty for none. */
    public String text(Setting setting) {
        return value(setting).text();
    }

    /** The node's folder. */
    public Path home() {
        return Path.of(text(Setting.HOME));
    }

    /** A path, relative ones taken from the home; empty where none is set. */
    public Optional<Path> path(Setting setting) {
        String text = text(setting);
        return text.isEmpty() ? Optional.empty() : Optional.of(home().resolve(text).normalize());
    }

    /** A path that always has a value. */
    public Path requiredPath(Setting setting) {
        return path(setting).orElseThrow(() -> missing(setting));
    }

    /** An address to listen on. */
    public HostPort address(Setting setting) {
        return HostPort.parse(text(setting));
    }

    /** A size in bytes. */
    public long bytes(Setting setting) {
        return Units.bytes(text(setting));
    }

    /** Of how many heights behind the tip the state stays readable. */
    public int keptStates() {
        return Heights.parse(text(Setting.STORE_KEEP));
    }

    /** Where others shall dial this node, if it wants to say. */
    public Optional<Endpoint> advertise() {
        String text = text(Setting.LINK_ADVERTISE);
        return text.isEmpty() ? Optional.empty() : Optional.of(Endpoint.parse(text));
    }

    /** Names, besides the loopback's, that requests to the HTTP API may be addressed to. */
    public List<String> allowedHosts() {
        String text = text(Setting.API_ALLOWED_HOSTS);
        return text.isEmpty() ? List.of() : List.of(text.split(","));
    }

    /** The socket on which the operator is listened to; empty if none is wanted. */
    public Optional<Path> adminSocket() {
        return text(Setting.ADMIN_LISTEN).equals("off")
                ? Optional.empty()
                : path(Setting.ADMIN_LISTEN);
    }

    /** The members to ask first. */
    public List<JoinPoint> joins() {
        String text = text(Setting.LINK_JOIN);
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",")).map(JoinPoint::parse).toList();
    }

    /**
     * The node's id.
     *
     * @throws OperatorError NO_HOME, or CONFIG_INCOMPLETE if none is set
     */
    public NodeId id() {
        namedHome();
        String text = text(Setting.ID);
        if (text.isEmpty()) {
            throw missing(Setting.ID);
        }
        return new NodeId(text);
    }

    /**
     * The node's folder, for what makes no sense without a node.
     *
     * @throws OperatorError NO_HOME if nobody named one, and there is no configuration here either
     */
    public Path namedHome() {
        boolean nothing =
                values.values().stream().noneMatch(value -> value.origin() == Origin.FILE)
                        && value(Setting.HOME).origin() == Origin.DEFAULT;
        if (nothing && text(Setting.ID).isEmpty()) {
            throw new OperatorError(
                    ExitCode.USAGE,
                    "NO_HOME",
                    "it is not said which node this is for: --home DIR is missing",
                    "neither --home nor WITAN_HOME is set, and there is no %s in this folder"
                            .formatted(SettingsSources.FILE_NAME),
                    "the same with --home DIR, such as --home devnet/v1; a new one is made by witan"
                            + " init --home DIR --id ID --organisation O");
        }
        return home();
    }

    private OperatorError missing(Setting setting) {
        return new OperatorError(
                ExitCode.INVALID_CONFIGURATION,
                "CONFIG_INCOMPLETE",
                "the setting '" + setting.key() + "' is missing",
                "it has no default, and no flag, variable or file sets it; home is " + home(),
                "witan init --home DIR --id ID --organisation O, or name the right --home");
    }
}
