package org.witan.validator.node;

import java.security.SecureRandom;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.witan.catchup.serve.ServeSettings;
import org.witan.chain.rocks.RocksStore;
import org.witan.chain.store.Recovered;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.document.GenesisFile;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.Member;
import org.witan.genesis.words.SixWords;
import org.witan.validator.api.NodeSnapshot;
import org.witan.validator.consensus.Self;
import org.witan.validator.core.NodeInput;
import org.witan.validator.link.LinkIdentity;
import org.witan.validator.link.Roster;
import org.witan.validator.link.handshake.Instance;
import org.witan.validator.link.handshake.Position;
import org.witan.validator.node.admit.Admittance;
import org.witan.validator.node.breakdown.Breakdown;
import org.witan.validator.node.epoch.EpochProofs;
import org.witan.validator.node.epoch.Foreknown;
import org.witan.validator.node.epoch.Levels;
import org.witan.validator.node.epoch.MemberWatch;
import org.witan.validator.node.verify.Keys;
import org.witan.validator.node.verify.Precheck;
import org.witan.validator.node.verify.VerifyPool;

/** What a validator is put together from, before its links and its API. */
record NodeParts(
        NodeSettings settings,
        GenesisFile genesis,
        Founding founding,
        Self self,
        RocksStore store,
        NodeClock clock,
        Mailbox<NodeInput> mailbox,
        VerifyPool verify,
        Reads reads,
        Waiters waiters,
        Counting counting,
        MemberWatch members,
        Breakdown breakdown) {
    private static final Logger LOG = LoggerFactory.getLogger("EVENT");

    private static final String RECOVERING =
            "this node's votes are lost; it votes when a view is final behind all that it can have"
                    + " voted in";

    /** Opens the store and starts the threads that serve the node loop. */
    static NodeParts open(NodeSettings settings, GenesisFile genesis, Signer key) {
        Founding founding = genesis.founding();
        NodeClock clock = new NodeClock();
        RocksStore store = RocksStore.open(settings.store(), founding);
        requireLevel(store, settings.greatestLevel());
        MemberWatch members = new MemberWatch(store, Foreknown.of(settings.checkpoint()));
        Keys keys = new Keys(members.members().keys());
        Breakdown breakdown = new Breakdown();
        Reads reads = new Reads(store, ServeSettings.DEFAULT, clock, breakdown);
        reads.scrub(store.scrub()::read);
        int verifiers = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        return new NodeParts(
                settings,
                genesis,
                founding,
                new Self(settings.id(), key, founding.networkId(), Ed25519.VERIFIER),
                store,
                clock,
                new Mailbox<>(),
                new VerifyPool(verifiers, Ed25519.VERIFIER, keys, breakdown),
                reads,
                new Waiters(),
                new Counting(clock),
                members,
                breakdown);
    }

    private static void requireLevel(RocksStore store, int speaks) {
        try {
            Levels.require(store.state(), speaks);
        } catch (OperatorError tooLow) {
            store.close();
            throw tooLow;
        }
    }

    /** Ends the threads and closes the store. */
    void close() {
        verify.close();
        reads.close();
        store.close();
    }

    /** Why this node is no member by the newest configuration that it knows. */
    Optional<String> stranger() {
        return members.members().strangeness(settings.id(), self.signer().publicKey());
    }

    /** Tells the operator if this node takes no part or may not vote, and why. */
    void reportHindrance() {
        stranger().ifPresent(why -> LOG.warn("no-member reason=\"{}\"", why));
        if (!store.recovered().mayVote()) {
            LOG.warn("not-voting reason=\"{}\"", store.recovered().reason());
        } else if (store.recovered().past() == Recovered.Past.LOST) {
            LOG.warn("not-voting reason=\"{}\"", RECOVERING);
        }
    }

    /** Who this node is for its peers. */
    LinkIdentity identity() {
        return new LinkIdentity(
                founding.networkId(),
                settings.id(),
                members.members().find(settings.id()).map(Member::role).orElse(settings.role()),
                self.signer(),
                members.members().numberOf(settings.id(), self.signer().publicKey(), store),
                Instance.of(store.instanceName(), new SecureRandom().nextLong(), store.boot()),
                settings.build(),
                settings.greatestLevel(),
                settings.advertise(),
                this::position,
                admittance());
    }

    private Admittance admittance() {
        return new Admittance(
                settings.id(),
                new EpochProofs(
                        founding.networkId(),
                        store,
                        breakdown,
                        Foreknown.of(settings.checkpoint())),
                members,
                settings.redemption(),
                new Precheck(store, founding.networkId(), Ed25519.VERIFIER));
    }

    /** Who this node is for its users. */
    NodeSnapshot.Identity snapshotIdentity() {
        return Snapshots.identity(
                settings,
                founding,
                SixWords.of(founding.networkId().hash()).toString(),
                clock.startedMillis());
    }

    /** Everybody that links exist with, when the node starts. */
    Roster roster() {
        return members.roster();
    }

    private Position position() {
        var tip = store.tip().header();
        return new Position(tip.height(), Math.max(1, tip.epoch()));
    }
}
