package org.witan.validator.sim.plan;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.witan.chain.state.StateReader;
import org.witan.chain.state.govern.ForgetfulState;
import org.witan.chain.store.EpochLink;
import org.witan.chain.store.LedgerReader;
import org.witan.chain.store.Recovered;
import org.witan.chain.store.StoreWrite;
import org.witan.chain.store.StoreWrite.OwnVote;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Purpose;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.crypto.Verifier;
import org.witan.validator.pool.PoolLimits;
import org.witan.validator.sim.oracle.Promise;

/** Mistakes that are planted into a simulated node, to see that the simulation finds them. */
public enum Bug {
    /** None: the node as it is. */
    NONE(Promise.P16),
    /** Votes are written but not synced before they are sent. */
    DROP_THE_SYNC(Promise.P7),
    /** Messages leave before the turn's write is on disk. */
    SEND_BEFORE_SAVE(Promise.P7),
    /** After a restart the node's own votes are not loaded. */
    FORGET_OWN_VOTES(Promise.P7),
    /** After a restart the blocks that were voted for are not loaded, nor the certificates. */
    FORGET_THE_UNFINAL(Promise.P12),
    /** After a restart the blocks that were voted for are not loaded; their certificates are. */
    FORGET_BODIES(Promise.P12),
    /** A restart finds the disk as it was some batches ago, and no mark beside it. */
    RESTORE_AN_OLD_DISK(Promise.P7),
    /** A client is told that its write is final when the pool has it. */
    ACKNOWLEDGE_EARLY(Promise.P8),
    /** A node whose home was lost does not ask what its key signed before it signs. */
    VOTE_WITHOUT_ASKING(Promise.P7),
    /** A node goes on after a write that failed. */
    IGNORE_WRITE_ERRORS(Promise.P7),
    /** What cannot be read counts as not there. */
    TAKE_UNREADABLE_FOR_ABSENT(Promise.P9),
    /** Any signature is taken for good. */
    TRUST_ANY_SIGNATURE(Promise.P6),
    /** Which nonces were used is not read from the ledger. */
    FORGET_NONCES(Promise.P8),
    /** A node writes whenever it wakes. */
    WRITE_WHEN_IDLE(Promise.P13),
    /** The pool takes as much as clients bring. */
    BOUNDLESS_POOL(Promise.P15),
    /** What a node does depends on more than its inputs. */
    ROLL_DICE(Promise.P16),
    /** A new epoch's votes are written before the block that ends the old one. */
    VOTE_BEFORE_THE_BOUNDARY(Promise.P18),
    /** The set of the old epoch is written down as that of the new one. */
    KEEP_THE_OLD_SET(Promise.P18),
    /** An end that has a link says yes to another one, and goes on with the first. */
    FIRST_LINK_STAYS(Promise.P19),
    /** Who was kept out once is never let in again. */
    NEVER_FORGIVE(Promise.P19),
    /** A record of a link that comes in proves that the process at its other end lives. */
    ANY_RECORD_ANSWERS(Promise.P17),
    /** A sender does not tell that its next record has another key. */
    KEY_NOT_ROLLED(Promise.P17),
    /** After its key was replaced a node goes on signing with the old one. */
    SIGN_WITH_THE_OLD_KEY(Promise.P18),
    /** Whether an invitation was used or taken back is not read from the ledger. */
    REDEEM_TWICE(Promise.P9);

    private final Promise breaks;

    Bug(Promise breaks) {
        this.breaks = breaks;
    }

    /** The promise that breaks first where the bug shows. */
    public Promise breaks() {
        return breaks;
    }

    /** Surroundings in which the bug can show. */
    public Settings settings(long seed) {
        Settings rough = Settings.rough(seed);
        return switch (this) {
            case IGNORE_WRITE_ERRORS -> rough.with(Fault.WRITE_ERROR, 8);
            case TAKE_UNREADABLE_FOR_ABSENT -> rough.with(Fault.READ_ERROR, 8);
            case TRUST_ANY_SIGNATURE -> rough.with(Fault.FORGERY, 8);
            case BOUNDLESS_POOL -> rough.with(Fault.SMALL_POOL, 1).withAClientEvery(5);
            case VOTE_WITHOUT_ASKING -> Settings.wipes(seed);
            case FIRST_LINK_STAYS -> rough.inRecords().with(Fault.WALL, 8);
            case ANY_RECORD_ANSWERS ->
                    rough.inRecords().with(Fault.PAUSE, 30).with(Fault.DELAY_BURST, 3);
            case NEVER_FORGIVE -> rough.inRecords().with(Fault.FORGERY, 8);
            case KEY_NOT_ROLLED -> rough.inRecords();
            default -> rough;
        };
    }

    /** The verifier of a node whose proper one this is. */
    public Verifier verifier(Verifier proper) {
        return this == TRUST_ANY_SIGNATURE ? (key, purpose, content, signature) -> true : proper;
    }

    public PoolLimits pool(PoolLimits proper) {
        return this == BOUNDLESS_POOL ? PoolLimits.DEFAULT : proper;
    }

    public Recovered recovered(Recovered found) {
        return switch (this) {
            case FORGET_OWN_VOTES ->
                    new Recovered(
                            List.of(),
                            found.certificates(),
                            found.bodies(),
                            found.mayVote(),
                            found.reason(),
                            found.past());
            case FORGET_THE_UNFINAL ->
                    new Recovered(
                            found.ownVotes(),
                            List.of(),
                            List.of(),
                            found.mayVote(),
                            found.reason(),
                            found.past());
            case FORGET_BODIES ->
                    new Recovered(
                            found.ownVotes(),
                            found.certificates(),
                            List.of(),
                            found.mayVote(),
                            found.reason(),
                            found.past());
            case VOTE_WITHOUT_ASKING ->
                    new Recovered(
                            found.ownVotes(),
                            found.certificates(),
                            found.bodies(),
                            found.mayVote(),
                            found.reason());
            default -> found;
        };
    }

    /** The key that a node is started with after its own was replaced. */
    public Signer rekeyed(Signer old, Signer next) {
        return this == SIGN_WITH_THE_OLD_KEY ? new Worn(next.publicKey(), old) : next;
    }

    /** Claims one key and signs with another. */
    private record Worn(PublicKey publicKey, Signer old) implements Signer {
        @Override
        public Signature sign(Purpose purpose, byte[] content) {
            return old.sign(purpose, content);
        }
    }

    /** What a turn writes, in the order in which it is written. */
    public List<StoreWrite> writes(List<StoreWrite> proper, LedgerReader before) {
        return switch (this) {
            case VOTE_BEFORE_THE_BOUNDARY -> {
                List<StoreWrite> votesFirst = new ArrayList<>(proper);
                votesFirst.sort(Comparator.comparing(write -> !(write instanceof OwnVote)));
                yield votesFirst;
            }
            case KEEP_THE_OLD_SET -> proper.stream().map(write -> keep(write, before)).toList();
            default -> proper;
        };
    }

    private static StoreWrite keep(StoreWrite write, LedgerReader before) {
        if (write instanceof StoreWrite.EpochStarted(var link)) {
            var old = before.epoch(link.number() - 1).orElseThrow().configuration();
            return new StoreWrite.EpochStarted(
                    new EpochLink(link.number(), link.boundary(), link.finalization(), old));
        }
        return write;
    }

    public LedgerReader ledger(LedgerReader proper) {
        if (this != FORGET_NONCES && this != REDEEM_TWICE) {
            return proper;
        }
        return (LedgerReader)
                Proxy.newProxyInstance(
                        LedgerReader.class.getClassLoader(),
                        new Class<?>[] {LedgerReader.class},
                        (proxy, method, given) -> {
                            try {
                                Object found = method.invoke(proper, given);
                                return found instanceof StateReader state ? seen(state) : found;
                            } catch (InvocationTargetException e) {
                                throw Objects.requireNonNull(e.getCause());
                            }
                        });
    }

    /** A state as execution sees it. */
    private StateReader seen(StateReader state) {
        return this == FORGET_NONCES
                ? ForgetfulState.ofNonces(state)
                : ForgetfulState.ofInvitations(state);
    }
}
