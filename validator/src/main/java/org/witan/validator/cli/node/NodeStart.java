package org.witan.validator.cli.node;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.witan.catchup.snapshot.SnapshotJoin;
import org.witan.chain.proof.Checkpoint;
import org.witan.chain.rocks.StoreSettings;
import org.witan.genesis.document.GenesisFile;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.file.SafeFiles;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.validator.cli.Version;
import org.witan.validator.cli.config.JoinPoint;
import org.witan.validator.cli.config.Setting;
import org.witan.validator.cli.config.Settings;
import org.witan.validator.cli.invite.Invited;
import org.witan.validator.link.LinkSettings;
import org.witan.validator.node.NodeSettings;
import org.witan.validator.node.ValidatorNode;
import org.witan.validator.node.join.JoinPlan;
import org.witan.validator.node.join.Joining;

/** Starts a node as its settings say. */
public final class NodeStart {
    private static final int NETWORK_KEY_BYTES = 32;

    private NodeStart() {}

    /**
     * Starts a node in this process.
     *
     * @throws OperatorError if a file cannot be used or something cannot be opened
     */
    public static ValidatorNode start(Settings settings) {
        return start(settings, Optional.empty());
    }

    /** The same with a checkpoint that {@link #join} has taken for good. */
    static ValidatorNode start(Settings settings, Optional<Checkpoint> checkpoint) {
        NodeFiles files = new NodeFiles(settings);
        GenesisFile genesis = files.genesis();
        NodeSettings told = nodeSettings(settings, genesis, checkpoint);
        return ValidatorNode.start(told, genesis, files.key());
    }

    /**
     * Lets an empty node begin with a snapshot, if its settings or a checkpoint ask for that;
     * returns when it may start.
     *
     * @throws OperatorError if the checkpoint contradicts the genesis or the ledger
     */
    static void join(Settings settings, GenesisFile genesis, Optional<Checkpoint> checkpoint)
            throws InterruptedException {
        JoinPlan plan =
                new JoinPlan(
                        settings.text(Setting.CATCHUP_MODE).equals("snapshot"),
                        checkpoint,
                        SnapshotJoin.LEAST_GAP);
        Joining.run(
                nodeSettings(settings, genesis, checkpoint),
                genesis.founding(),
                new NodeFiles(settings).key(),
                plan);
    }

    static NodeSettings nodeSettings(
            Settings settings, GenesisFile genesis, Optional<Checkpoint> checkpoint) {
        InetSocketAddress api = settings.address(Setting.API_LISTEN).toAddress();
        return new NodeSettings(
                settings.id(),
                Role.valueOf(settings.text(Setting.ROLE).toUpperCase(Locale.ROOT)),
                Invited.redemption(
                        settings.home(),
                        genesis.networkId(),
                        settings.id(),
                        new NodeFiles(settings).key()),
                checkpoint,
                StoreSettings.in(settings.requiredPath(Setting.STORE_PATH))
                        .withCacheBytes(settings.bytes(Setting.STORE_CACHE))
                        .withKeepStates(settings.keptStates()),
                settings.address(Setting.LINK_LISTEN).toAddress(),
                settings.advertise(),
                api,
                settings.allowedHosts(),
                settings.adminSocket(),
                settings.joins().stream().map(join -> join(join, genesis)).toList(),
                settings.path(Setting.LINK_NETWORK_KEY_FILE).map(NodeStart::networkKey),
                Version.number(),
                Version.greatestLevel());
    }

    private static LinkSettings.Join join(JoinPoint join, GenesisFile genesis) {
        Optional<NodeId> listed =
                genesis.founding().members().stream()
                        .filter(member -> member.endpoints().contains(join.endpoint()))
                        .map(Member::id)
                        .findFirst();
        NodeId id =
                join.id()
                        .or(() -> listed)
                        .orElseThrow(() ->
                                new OperatorError(
                                        ExitCode.INVALID_CONFIGURATION,
                                        "JOIN_WITHOUT_ID",
                                        "nobody is known at " + join.endpoint(),
                                        "the genesis file lists no such endpoint, and a"
                                                + " node never dials without knowing whom",
                                        "--join ID@" + join.endpoint()));
        return new LinkSettings.Join(id, join.endpoint());
    }

    private static byte[] networkKey(Path file) {
        SafeFiles.checkPrivate(file);
        String hex = new String(SafeFiles.read(file, 256), StandardCharsets.US_ASCII).strip();
        if (!hex.matches("[0-9a-fA-F]{" + 2 * NETWORK_KEY_BYTES + "}")) {
            throw new OperatorError(
                    ExitCode.INVALID_CONFIGURATION,
                    "NETWORK_KEY_BAD",
                    file + " holds no network key",
                    "a network key is 64 hex digits",
                    "openssl rand -hex 32, the same for all members");
        }
        return HexFormat.of().parseHex(hex);
    }
}
