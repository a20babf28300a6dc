package org.witan.validator.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.witan.catchup.serve.RangeServer;
import org.witan.catchup.serve.ServeSettings;
import org.witan.catchup.sync.SyncSettings;
import org.witan.chain.store.EpochLink;
import org.witan.chain.store.MemoryStore;
import org.witan.chain.store.Recovered;
import org.witan.chain.store.StoreWrite;
import org.witan.chain.store.StoreWrite.OwnVote;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Purpose;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.consensus.CheapKeys;
import org.witan.validator.consensus.Self;
import org.witan.validator.core.Node;
import org.witan.validator.core.NodeEffect;
import org.witan.validator.core.NodeInput;
import org.witan.validator.core.NodeSetup;
import org.witan.validator.core.Now;
import org.witan.validator.node.epoch.LedgerMembers;
import org.witan.validator.node.epoch.MemberWatch;
import org.witan.validator.pool.PoolLimits;
import org.witan.validator.sim.Settings.Bug;

/** One process: a core that comes and goes, and a disk that stays. */
final class SimNode {
    final NodeId id;
    final MemoryStore store;
    private final Founding founding;
    private MemberWatch watch;
    private Signer signer;
    private final Bug bug;
    private final Deque<NodeInput> inbox = new ArrayDeque<>();
    private @Nullable Node core;
    private @Nullable RangeServer server;
    private boolean saved;

    /** Raised at every start and crash, so that what belongs to an earlier life is dropped. */
    int life;

    /** When the next wake-up that was asked for comes. */
    long alarm;

    /** How far its wall clock is ahead of the true time. */
    long wallAheadMillis;

    /** Whether a turn is waiting for the disk. */
    boolean busy;

    SimNode(NodeId id, Founding founding, Signer signer, Bug bug) {
        this.id = id;
        this.bug = bug;
        this.founding = founding;
        this.signer = signer;
        store = new MemoryStore(founding);
        watch = new MemberWatch(store);
    }

    /** The members that its ledger names. */
    LedgerMembers members() {
        return watch.members();
    }

    /** Gives it another key, from the next start on. */
    void rekey(Signer next) {
        signer = bug == Bug.SIGN_WITH_THE_OLD_KEY ? new Worn(next.publicKey(), signer) : next;
    }

    /** Claims one key and signs with another. */
    private record Worn(PublicKey publicKey, Signer old) implements Signer {
        @Override
        public Signature sign(Purpose purpose, byte[] content) {
            return old.sign(purpose, content);
        }
    }

    /** The key that it signs with. */
    Signer signer() {
        return signer;
    }

    /** Whether its ledger lets it link with another: a newer key than it knows proves itself. */
    boolean links(SimNode other) {
        int number = other.members().numberOf(other.id, other.signer.publicKey());
        return members()
                .find(other.id)
                .filter(m -> m.key().equals(other.signer.publicKey()) || m.keyNumber() < number)
                .isPresent();
    }

    boolean isUp() {
        return core != null;
    }

    void start(long nowMillis) {
        life++;
        watch = new MemberWatch(store);
        Self self = new Self(id, signer, founding.networkId(), CheapKeys.VERIFIER);
        core =
                new Node(
                        new NodeSetup(self, PoolLimits.DEFAULT, SyncSettings.DEFAULT),
                        store,
                        recovered());
        server = new RangeServer(store, ServeSettings.DEFAULT, nowMillis);
        inbox.clear();
        saved = false;
        busy = false;
        alarm = 0;
        inbox.add(new NodeInput.Tick());
    }

    private Recovered recovered() {
        Recovered found = store.recovered();
        return bug == Bug.FORGET_OWN_VOTES
                ? new Recovered(List.of(), found.certificates(), found.bodies(), true, "")
                : found;
    }

    void kill(int luckyBatches) {
        life++;
        core = null;
        server = null;
        inbox.clear();
        store.crash(bug == Bug.RESTORE_AN_OLD_DISK ? -5 : luckyBatches);
    }

    void put(NodeInput input) {
        inbox.add(input);
    }

    boolean hasWork(long nowMillis) {
        return core != null && (saved || !inbox.isEmpty() || core.wakeAt() <= nowMillis);
    }

    long wakeAt() {
        return core == null ? Long.MAX_VALUE : core.wakeAt();
    }

    Node core() {
        if (core == null) {
            throw new IllegalStateException(id + " is down");
        }
        return core;
    }

    RangeServer server() {
        if (server == null) {
            throw new IllegalStateException(id + " is down");
        }
        return server;
    }

    /** Takes all that waits, as the node loop does in one turn. */
    List<NodeEffect> turn(long nowMillis) {
        Now now = new Now(nowMillis, nowMillis + wallAheadMillis);
        List<NodeEffect> effects = new ArrayList<>();
        if (saved) {
            saved = false;
            effects.addAll(core().step(now, new NodeInput.Saved()));
        }
        while (!inbox.isEmpty()) {
            effects.addAll(core().step(now, inbox.removeFirst()));
        }
        if (core().wakeAt() <= nowMillis) {
            effects.addAll(core().step(now, new NodeInput.Tick()));
        }
        return effects;
    }

    private StoreWrite spoilt(StoreWrite write) {
        if (bug == Bug.KEEP_THE_OLD_SET && write instanceof StoreWrite.EpochStarted(var link)) {
            var old = store.epoch(link.number() - 1).orElseThrow().configuration();
            return new StoreWrite.EpochStarted(
                    new EpochLink(link.number(), link.boundary(), link.finalization(), old));
        }
        return write;
    }

    /** Writes what a turn wants to keep; whether that changed the members. */
    boolean save(List<NodeEffect> effects, Oracle oracle) {
        List<StoreWrite> writes = new ArrayList<>();
        int votes = 0;
        boolean sync = false;
        for (NodeEffect effect : effects) {
            if (effect instanceof NodeEffect.Save(var write, var mustSync)) {
                boolean first = bug == Bug.VOTE_BEFORE_THE_BOUNDARY && write instanceof OwnVote;
                writes.add(first ? votes++ : writes.size(), spoilt(write));
                sync |= mustSync;
            }
        }
        writes.forEach(write -> oracle.wrote(id, write));
        if (!writes.isEmpty()) {
            store.apply(writes, sync && bug != Bug.DROP_THE_SYNC);
            saved = true;
        }
        List<LedgerMembers> changed = new ArrayList<>();
        watch.written(writes, changed::add);
        return !changed.isEmpty();
    }
}
