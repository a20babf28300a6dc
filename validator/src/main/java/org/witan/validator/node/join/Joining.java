package org.witan.validator.node.join;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.witan.catchup.serve.RangeServer;
import org.witan.catchup.serve.ServeSettings;
import org.witan.catchup.snapshot.JoinEffect;
import org.witan.catchup.snapshot.JoinInput;
import org.witan.catchup.snapshot.JoinTerms;
import org.witan.catchup.snapshot.SnapshotJoin;
import org.witan.catchup.wire.CatchupMessage;
import org.witan.chain.rocks.BaseInstall;
import org.witan.chain.rocks.RocksStore;
import org.witan.chain.store.Base;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NetworkId;
import org.witan.validator.link.LinkIdentity;
import org.witan.validator.link.LinkSettings;
import org.witan.validator.link.Links;
import org.witan.validator.link.Traffic;
import org.witan.validator.link.handshake.Instance;
import org.witan.validator.link.handshake.Position;
import org.witan.validator.link.handshake.Psk;
import org.witan.validator.node.NodeSettings;
import org.witan.validator.node.admit.Admittance;
import org.witan.validator.node.breakdown.Breakdown;
import org.witan.validator.node.epoch.EpochProofs;
import org.witan.validator.node.epoch.Foreknown;
import org.witan.validator.node.epoch.LedgerMembers;
import org.witan.validator.node.epoch.MemberWatch;
import org.witan.validator.node.verify.Precheck;

/**
 * Makes an empty store begin with a snapshot, if its operator wants that and it is worth it, before
 * the node takes part. Blocks the thread that starts the node.
 */
public final class Joining {
    private static final Logger LOG = LoggerFactory.getLogger("EVENT");
    private static final long TOLD_EVERY_MILLIS = 5_000;

    private final Links links;
    private final JoinInbox inbox = new JoinInbox();
    private final SnapshotJoin join;
    private final Staging staging;
    private final RangeServer server;
    private Optional<Base> complete = Optional.empty();
    private boolean over;
    private long toldMillis;

    private Joining(Joiner joiner, RocksStore store, Staging staging) {
        this.staging = staging;
        NodeSettings settings = joiner.settings;
        join = joiner.machine();
        server = new RangeServer(store, ServeSettings.DEFAULT, millis());
        MemberWatch members = new MemberWatch(store, joiner.foreknown());
        LinkSettings link =
                LinkSettings.listeningOn(settings.linkListen()).joining(settings.join());
        links =
                new Links(
                        settings.networkKey()
                                .map(key -> link.shielded(List.of(new Psk(key))))
                                .orElse(link),
                        identity(joiner, store, members.members()),
                        members.roster(),
                        inbox);
    }

    /** Who joins, and how. */
    private record Joiner(NodeSettings settings, Founding founding, Signer key, JoinPlan plan) {
        Foreknown foreknown() {
            return Foreknown.of(plan.checkpoint());
        }

        /** A newcomer shows its invitation here already. */
        Admittance admittance(RocksStore store) {
            NetworkId network = founding.networkId();
            return new Admittance(
                    settings.id(),
                    new EpochProofs(network, store, new Breakdown(), foreknown()),
                    new MemberWatch(store, foreknown()),
                    settings.redemption(),
                    new Precheck(store, network, Ed25519.VERIFIER));
        }

        SnapshotJoin machine() {
            return new SnapshotJoin(
                    new JoinTerms(
                            settings.id(), founding.networkId(), Ed25519.VERIFIER, plan.leastGap()),
                    plan.anchor(founding));
        }
    }

    /**
     * Joins if the plan wants it and the store holds no block; returns when the node may start.
     *
     * @throws org.witan.genesis.failure.OperatorError if the checkpoint is refused, or a port or
     *     the store cannot be used
     */
    public static void run(NodeSettings settings, Founding founding, Signer key, JoinPlan plan)
            throws InterruptedException {
        if (!plan.isNeeded()) {
            return;
        }
        Optional<Base> base = Optional.empty();
        Joiner joiner = new Joiner(settings, founding, key, plan);
        try (RocksStore store = RocksStore.open(settings.store(), founding)) {
            plan.check(founding, store);
            if (store.tip().height() == 0) {
                base = fetch(joiner, store);
            }
        }
        if (base.isPresent()) {
            install(joiner, base.get());
        }
    }

    private static Optional<Base> fetch(Joiner joiner, RocksStore store)
            throws InterruptedException {
        try (Staging staging = Staging.open(joiner.settings.store().folder())) {
            Joining joining = new Joining(joiner, store, staging);
            try (Links open = joining.links) {
                open.start();
                LOG.info("joining chunks-kept={}", staging.restore(joining.join));
                return joining.untilOver();
            }
        }
    }

    private static void install(Joiner joiner, Base base) {
        try (Staging staging = Staging.open(joiner.settings.store().folder());
                BaseInstall install =
                        BaseInstall.begin(joiner.settings.store(), joiner.founding, base)) {
            staging.restore(joiner.machine());
            staging.each(install::add);
            install.finish();
            staging.remove();
        }
        LOG.info("joined height={} root={}", base.height(), base.stateRoot());
    }

    private static LinkIdentity identity(Joiner joiner, RocksStore store, LedgerMembers members) {
        NodeSettings settings = joiner.settings;
        return new LinkIdentity(
                joiner.founding.networkId(),
                settings.id(),
                members.find(settings.id()).map(Member::role).orElse(settings.role()),
                joiner.key,
                members.numberOf(settings.id(), joiner.key.publicKey(), store),
                Instance.of(store.instanceName(), new SecureRandom().nextLong(), store.boot()),
                settings.build(),
                settings.greatestLevel(),
                settings.advertise(),
                () -> Position.GENESIS,
                joiner.admittance(store));
    }

    private Optional<Base> untilOver() throws InterruptedException {
        while (!over) {
            Optional<JoinInbox.Arrival> arrival = inbox.next(SnapshotJoin.BEAT_MILLIS);
            if (arrival.isPresent()
                    && arrival.get() instanceof JoinInbox.Arrival.Asked(var who, var request)) {
                links.send(who, Traffic.CATCHUP, server.answer(who, request, millis()));
            } else {
                JoinInput input =
                        arrival.isPresent()
                                        && arrival.get()
                                                instanceof JoinInbox.Arrival.Input(var given)
                                ? given
                                : new JoinInput.Tick();
                join.step(millis(), input).forEach(this::apply);
            }
            tell();
        }
        return complete;
    }

    private void apply(JoinEffect effect) {
        switch (effect) {
            case JoinEffect.Ask(var member, var request) ->
                    links.send(member, Traffic.CATCHUP, CatchupMessage.CODEC.encode(request));
            case JoinEffect.Begin(var base) -> {
                LOG.info("joining-at height={} root={}", base.height(), base.stateRoot());
                staging.begin(base);
            }
            case JoinEffect.Keep(var chunk) -> staging.add(chunk);
            case JoinEffect.Complete(var base) -> {
                complete = Optional.of(base);
                over = true;
            }
            case JoinEffect.FetchBlocks(var goal) -> {
                LOG.info("joining-by-blocks goal={}", goal);
                over = true;
            }
            case JoinEffect.Blame(var member, var reason) ->
                    LOG.warn("source-barred peer={} {}", member, reason);
            case JoinEffect.Report(var sentence) -> LOG.info("joining {}", sentence);
        }
    }

    private void tell() {
        if (millis() - toldMillis >= TOLD_EVERY_MILLIS) {
            toldMillis = millis();
            LOG.info("joining {}", join.progress());
        }
    }

    private static long millis() {
        return System.nanoTime() / 1_000_000;
    }
}
