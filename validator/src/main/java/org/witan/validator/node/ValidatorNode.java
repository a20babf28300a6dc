package org.witan.validator.node;

import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.witan.catchup.sync.SyncSettings;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.document.GenesisFile;
import org.witan.genesis.failure.ExitCode;
import org.witan.validator.api.http.AdminServer;
import org.witan.validator.api.http.ApiServer;
import org.witan.validator.api.http.ApiSettings;
import org.witan.validator.core.Node;
import org.witan.validator.core.NodeSetup;
import org.witan.validator.link.LinkSettings;
import org.witan.validator.link.Links;
import org.witan.validator.link.handshake.Psk;
import org.witan.validator.node.duty.Duties;
import org.witan.validator.pool.PoolLimits;

/**
 * One running validator: store, core, links and API, started and stopped as a whole.
 *
 * <p>Any thread may stop it; {@link #awaitStopped} says how it ended.
 */
public final class ValidatorNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("EVENT");

    private final CompletableFuture<Ended> ended = new CompletableFuture<>();
    private final NodeParts parts;
    private final Links links;
    private final NodeLoop loop;
    private final ApiServer api;
    private final Optional<AdminServer> admin;
    private final Thread thread;
    private final Duties duties;
    private volatile boolean closing;

    /**
     * How a node ended.
     *
     * @param exitCode how the process should end
     * @param sentence why, for the operator
     */
    public record Ended(ExitCode exitCode, String sentence) {}

    private ValidatorNode(NodeParts parts, NodeSettings settings) {
        this.parts = parts;
        Inbox inbox = new Inbox(parts);
        links = new Links(linkSettings(settings), parts.identity(), parts.roster(), inbox);
        parts.reads().over(links);
        inbox.of(links);
        Node core =
                new Node(
                        new NodeSetup(
                                parts.self(),
                                PoolLimits.DEFAULT,
                                SyncSettings.DEFAULT,
                                settings.greatestLevel()),
                        parts.store(),
                        parts.store().recovered());
        Publisher publisher = new Publisher(parts.clock(), parts.counting(), links, core.view());
        Outbox outbox =
                new Outbox(
                        new Outbox.Destinations(
                                links,
                                new Outbox.Audience(settings.id(), parts.members(), parts.verify()),
                                parts.waiters(),
                                parts.reads(),
                                parts.counting(),
                                this::halt));
        loop =
                new NodeLoop(
                        core,
                        parts.mailbox(),
                        parts.store(),
                        new NodeLoop.Exits(outbox, publisher, this::halt),
                        parts.clock());
        thread = Thread.ofPlatform().name("node").unstarted(loop);
        Access access =
                new Access(parts, links, publisher, inbox, new Access.Ending(ended, this::stop));
        inbox.onRedemption(redemption -> access.submit(redemption, false));
        admin = settings.adminSocket().map(path -> AdminServer.start(path, access, access));
        api = ApiServer.start(apiSettings(settings), access, InstantSource.system());
        duties = new Duties(access, settings.id(), parts.self().signer());
    }

    /**
     * Opens everything and takes part.
     *
     * @param genesis the genesis file, verified
     * @param key this node's key
     * @throws org.witan.genesis.failure.OperatorError if something cannot be opened, with the
     *     reason
     */
    public static ValidatorNode start(NodeSettings settings, GenesisFile genesis, Signer key) {
        NodeParts parts = NodeParts.open(settings, genesis, key);
        try {
            ValidatorNode node = new ValidatorNode(parts, settings);
            parts.breakdown().onFirst(node::broken);
            node.thread.start();
            node.links.start();
            node.duties.start();
            LOG.info(
                    "started id={} network={} height={} links={} api={}",
                    settings.id(),
                    parts.founding().networkId().shortName(),
                    parts.store().tip().height(),
                    settings.linkListen().getPort(),
                    node.apiPort());
            parts.reportHindrance();
            return node;
        } catch (RuntimeException failed) {
            parts.close();
            throw failed;
        }
    }

    /** The port that the API listens on. */
    public int apiPort() {
        return api.port();
    }

    /** Waits until the node has ended, by {@link #close} or by itself. */
    public Ended awaitStopped() throws InterruptedException {
        try {
            return ended.get();
        } catch (java.util.concurrent.ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Stops taking part, closes links, API and store; returns when all is closed. */
    @Override
    public void close() {
        closing = true;
        duties.close();
        loop.stop();
        parts.mailbox().close();
        api.close();
        admin.ifPresent(AdminServer::close);
        links.close();
        try {
            thread.join(10_000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        parts.close();
        ended.complete(new Ended(ExitCode.OK, "stopped"));
    }

    /** Ends the wait of {@link #awaitStopped}, whose caller closes the node. */
    private void stop() {
        LOG.info("stopping reason=\"its operator asked for it\"");
        ended.complete(new Ended(ExitCode.OK, "stopped by its operator"));
    }

    /** Whoever reads while the store closes finds it closed, which is no failure. */
    private void broken(ExitCode exitCode, String sentence) {
        if (!closing) {
            halt(exitCode, sentence);
        }
    }

    private void halt(ExitCode exitCode, String sentence) {
        LOG.error("halted exit={} reason=\"{}\"", exitCode.number(), sentence);
        loop.stop();
        ended.complete(new Ended(exitCode, sentence));
    }

    private static LinkSettings linkSettings(NodeSettings settings) {
        LinkSettings links =
                LinkSettings.listeningOn(settings.linkListen()).joining(settings.join());
        return settings.networkKey()
                .map(key -> links.shielded(List.of(new Psk(key))))
                .orElse(links);
    }

    private static ApiSettings apiSettings(NodeSettings settings) {
        InetSocketAddress api = settings.api();
        return ApiSettings.on(api.getHostString(), api.getPort(), settings.allowedHosts());
    }
}
