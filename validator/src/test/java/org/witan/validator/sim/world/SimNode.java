package org.witan.validator.sim.world;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.witan.catchup.serve.RangeServer;
import org.witan.catchup.serve.ServeSettings;
import org.witan.catchup.sync.SyncSettings;
import org.witan.catchup.wire.Request;
import org.witan.chain.block.Block;
import org.witan.chain.state.StatePath;
import org.witan.chain.store.LedgerReader;
import org.witan.chain.store.MemoryStore;
import org.witan.chain.store.StoreFailed;
import org.witan.chain.store.StoreWrite;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.crypto.Verifier;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.consensus.Self;
import org.witan.validator.consensus.message.Blocks;
import org.witan.validator.consensus.message.Proposal;
import org.witan.validator.core.Message;
import org.witan.validator.core.Node;
import org.witan.validator.core.NodeEffect;
import org.witan.validator.core.NodeInput;
import org.witan.validator.core.NodeSetup;
import org.witan.validator.core.Now;
import org.witan.validator.node.DiskWatch;
import org.witan.validator.node.epoch.LedgerMembers;
import org.witan.validator.node.epoch.MemberWatch;
import org.witan.validator.pool.PoolLimits;
import org.witan.validator.sim.oracle.Oracle;
import org.witan.validator.sim.plan.Bug;
import org.witan.validator.sim.plan.Fault;
import org.witan.validator.sim.plan.Felt;
import org.witan.validator.sim.plan.Settings;

/** One process: a core that comes and goes, and a disk and a clock that stay. */
public final class SimNode {
    /** A process looks at its disk once in this time. */
    private static final long LOOK_MILLIS = 10_000;

    public final NodeId id;
    public final MemoryStore store;
    public final SimClock clock = new SimClock();
    private final Founding founding;
    private final Bug bug;
    private final PoolLimits pool;
    private final Deque<NodeInput> inbox = new ArrayDeque<>();
    private final Verifier verifier;
    private Signer signer;
    private MemberWatch watch;
    private @Nullable Life current;
    private String halted = "";
    private boolean membersChanged;
    private long lookAheadMillis;
    private final Set<Fault> felt = EnumSet.noneOf(Fault.class);

    /** What the turn that waits for the disk wants to keep. */
    private List<NodeEffect> pending = List.of();

    private final SimReads reads;
    private final boolean readsMayFail;

    /** Raised at every start and crash, so that what belongs to an earlier life is dropped. */
    public int life;

    /** When the next wake-up that was asked for comes. */
    long alarm;

    /** Whether a turn is waiting for the disk. */
    boolean busy;

    /** The process does nothing until then. */
    public long frozenUntilMillis;

    /** What a process holds in memory. */
    private static final class Life {
        final Node core;
        final RangeServer server;
        final DiskWatch disk;
        boolean saved;

        Life(Node core, RangeServer server, DiskWatch disk) {
            this.core = core;
            this.server = server;
            this.disk = disk;
        }
    }

    SimNode(NodeId id, Founding founding, SimKeys keys, Signer signer, Settings settings) {
        this.id = id;
        this.founding = founding;
        this.signer = signer;
        verifier = keys.verifier();
        bug = settings.bug();
        pool = bug.pool(settings.pool());
        store = new MemoryStore(founding);
        reads = new SimReads(store, bug == Bug.TAKE_UNREADABLE_FOR_ABSENT);
        readsMayFail = settings.has(Fault.READ_ERROR);
        watch = new MemberWatch(store);
    }

    private LedgerReader ledger() {
        return readsMayFail ? reads.ledger() : store;
    }

    /** Its program fails at what stands there. */
    public void curse(StatePath path) {
        reads.curse(path);
    }

    /** One of its reads to come fails. */
    public void failARead(int after) {
        reads.failAfter(after);
    }

    /** The members that its ledger names. */
    public LedgerMembers members() {
        return watch.members();
    }

    /** Gives it another key, from the next start on. */
    public void rekey(Signer next) {
        signer = bug.rekeyed(signer, next);
    }

    /** The key that it signs with. */
    public Signer signer() {
        return signer;
    }

    /** Whether its ledger lets it link with another: a newer key than it knows proves itself. */
    boolean links(SimNode other) {
        int number = other.members().numberOf(other.id, other.signer.publicKey(), other.store);
        return members()
                .find(other.id)
                .filter(m -> m.key().equals(other.signer.publicKey()) || m.keyNumber() < number)
                .isPresent();
    }

    public boolean isUp() {
        return current != null;
    }

    /** What it said when it stopped by itself, empty if it did not. */
    public String halted() {
        return halted;
    }

    /** What made it stop by itself, empty if it did not. */
    Optional<String> whyHalted() {
        if (halted.isEmpty()) {
            return Optional.empty();
        }
        Fault other = halted.contains("writing") ? Fault.WRITE_ERROR : Fault.READ_ERROR;
        return Optional.of(halted.contains("no space") ? Felt.NO_ROOM_TO_WRITE : other.name());
    }

    /** From now on so much is free on its disk, and the process looks at its next turn. */
    public void room(long freeBytes) {
        store.freeBytes(freeBytes);
        lookAheadMillis += LOOK_MILLIS;
    }

    /** What made a difference to it since the last call. */
    Set<Fault> takeFelt() {
        Set<Fault> since = EnumSet.copyOf(felt);
        felt.clear();
        return since;
    }

    void start(long atMillis) {
        end();
        halted = "";
        watch = new MemberWatch(store);
        Self self = new Self(id, signer, founding.networkId(), bug.verifier(verifier));
        NodeSetup setup = new NodeSetup(self, pool, SyncSettings.DEFAULT);
        try {
            current =
                    new Life(
                            new Node(setup, bug.ledger(ledger()), bug.recovered(store.recovered())),
                            new RangeServer(
                                    ledger(), ServeSettings.DEFAULT, clock.millis(atMillis)),
                            new DiskWatch(store));
        } catch (StoreFailed failed) {
            halt(failed);
            return;
        }
        alarm = 0;
        frozenUntilMillis = 0;
        inbox.add(new NodeInput.Tick());
    }

    /**
     * The power goes.
     *
     * @param luckyBatches how many batches the disk had written on its own account
     * @param written whether the write that was going on is on the disk
     */
    void kill(int luckyBatches, boolean written, Oracle oracle) {
        if (isUp() && busy && written) {
            save(pending, oracle);
        }
        end();
        store.crash(bug == Bug.RESTORE_AN_OLD_DISK ? -5 : luckyBatches);
    }

    private void end() {
        life++;
        current = null;
        inbox.clear();
        pending = List.of();
        busy = false;
    }

    public void put(NodeInput input) {
        inbox.add(input);
    }

    boolean hasWork(long atMillis) {
        return current != null && (current.saved || !inbox.isEmpty() || wakeAt() <= atMillis);
    }

    /** When it wants a turn, as a moment of the simulation. */
    long wakeAt() {
        return current == null ? Long.MAX_VALUE : clock.momentOf(current.core.wakeAt());
    }

    public Node core() {
        return life().core;
    }

    /** Those of the blocks that are in its ledger, if any is. */
    Optional<Blocks> committed(List<Hash> hashes) {
        List<Block> found =
                hashes.stream()
                        .flatMap(hash -> store.heightOf(hash).stream().boxed())
                        .map(height -> store.block(height).orElseThrow())
                        .toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(new Blocks(found));
    }

    /** Answers others, on the same clock; empty if it stopped, since its disk did not read. */
    Optional<byte[]> answer(NodeId from, Request request, long atMillis) {
        try {
            return Optional.of(life().server.answer(from, request, atMillis));
        } catch (StoreFailed failed) {
            halt(failed);
            return Optional.empty();
        }
    }

    /** It stops with a sentence. */
    private void halt(StoreFailed failed) {
        halted = "the disk failed or lies: " + failed.getMessage();
        end();
        store.crash(1_000);
    }

    private Life life() {
        if (current == null) {
            throw new IllegalStateException(id + " is down");
        }
        return current;
    }

    /** Takes all that waits, as the node loop does in one turn; none if a read fails. */
    List<NodeEffect> turn(long atMillis) {
        try {
            return steps(atMillis);
        } catch (StoreFailed failed) {
            halt(failed);
            return List.of();
        }
    }

    private List<NodeEffect> steps(long atMillis) {
        Now now = new Now(clock.millis(atMillis), clock.wallMillis(atMillis));
        Life process = life();
        List<NodeEffect> effects = new ArrayList<>();
        if (process.saved) {
            process.saved = false;
            effects.addAll(process.core.step(now, new NodeInput.Saved()));
        }
        for (NodeInput news : process.disk.look(now.millis() + lookAheadMillis)) {
            feels(Fault.FULL_DISK, news instanceof NodeInput.StopVoting);
            effects.addAll(process.core.step(now, news));
        }
        while (!inbox.isEmpty()) {
            effects.addAll(process.core.step(now, inbox.removeFirst()));
        }
        if (process.core.wakeAt() <= now.millis()) {
            feels(Fault.DRIFT, clock.isMistimed(process.core.wakeAt()));
            effects.addAll(process.core.step(now, new NodeInput.Tick()));
        }
        clock.awaits(process.core.wakeAt(), atMillis);
        feels(Fault.SKEW, effects.stream().anyMatch(effect -> isMisdated(effect, atMillis)));
        pending = effects;
        busy = true;
        return effects;
    }

    private void feels(Fault fault, boolean isFelt) {
        if (isFelt) {
            felt.add(fault);
        }
    }

    /** Whether it shows others a block that it has just given a wrong time. */
    private boolean isMisdated(NodeEffect effect, long atMillis) {
        return effect instanceof NodeEffect.Broadcast(Message.Consensus(Proposal proposal))
                && clock.isMisread(proposal.block().header().timestampMillis(), atMillis);
    }

    /**
     * Writes what a turn wants to keep.
     *
     * @return whether the node goes on; it stops, with a sentence, when the disk fails
     */
    boolean save(List<NodeEffect> effects, Oracle oracle) {
        busy = false;
        pending = List.of();
        List<StoreWrite> writes = new ArrayList<>();
        boolean sync = false;
        for (NodeEffect effect : effects) {
            if (effect instanceof NodeEffect.Save(var write, var mustSync)) {
                writes.add(write);
                sync |= mustSync;
            }
        }
        if (writes.isEmpty() && bug != Bug.WRITE_WHEN_IDLE) {
            return true;
        }
        return write(bug.writes(writes, store), sync && bug != Bug.DROP_THE_SYNC, oracle);
    }

    private boolean write(List<StoreWrite> writes, boolean sync, Oracle oracle) {
        int before = store.applied();
        try {
            store.apply(writes, sync);
        } catch (StoreFailed failed) {
            if (store.applied() > before) {
                judge(writes, oracle);
            }
            if (bug == Bug.IGNORE_WRITE_ERRORS) {
                return true;
            }
            halt(failed);
            return false;
        }
        judge(writes, oracle);
        life().saved = true;
        try {
            watch.written(writes, members -> membersChanged = true);
        } catch (StoreFailed failed) {
            halt(failed);
            return false;
        }
        return true;
    }

    private void judge(List<StoreWrite> writes, Oracle oracle) {
        reads.soundly(() -> writes.forEach(write -> oracle.wrote(id, write)));
    }

    /** Whether the members changed since the last call. */
    boolean takeMembersChanged() {
        boolean changed = membersChanged;
        membersChanged = false;
        return changed;
    }
}
