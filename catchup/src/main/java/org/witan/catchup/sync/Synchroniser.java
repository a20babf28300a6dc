package org.witan.catchup.sync;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.witan.genesis.crypto.Verifier;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;

/**
 * Brings a ledger that is behind to the tip of its network.
 *
 * <p>It lives as long as the process and is told of links all the time; {@link SyncInput.Start}
 * begins a catch-up, {@link SyncEffect.Finished} or {@link SyncEffect.Failed} ends it. Between the
 * two it emits {@link SyncEffect.Append} in the order of heights, from the tip on, without a gap.
 */
public final class Synchroniser {
    /**
     * What never changes.
     *
     * @param self this node
     * @param proofs what is accepted
     * @param settings bounds
     */
    record Fixed(NodeId self, Proofs proofs, SyncSettings settings) {}

    private final Fixed fixed;
    private final Sources sources = new Sources();
    private Optional<Run> run = Optional.empty();
    private Optional<Position> last = Optional.empty();
    private long nowMillis;

    /** A synchroniser that has no links and does nothing. */
    public Synchroniser(
            NodeId self, NetworkId networkId, Verifier verifier, SyncSettings settings) {
        this(new Fixed(self, new Proofs(networkId, verifier), settings));
    }

    Synchroniser(Fixed fixed) {
        this.fixed = fixed;
    }

    /**
     * Applies one input and says what to do about it. Same inputs, same effects.
     *
     * @param now milliseconds on any clock that does not go back
     */
    public List<SyncEffect> step(long now, SyncInput input) {
        nowMillis = now;
        switch (input) {
            case SyncInput.Start(var position) -> start(position);
            case SyncInput.Linked(var member) -> up(member);
            case SyncInput.Unlinked(var member) -> down(member);
            case SyncInput.Answered(var member, var reply) ->
                    run.ifPresent(
                            r -> sources.usable(member).ifPresent(s -> r.answered(s, reply, now)));
            case SyncInput.Garbled(var member, var why) ->
                    run.ifPresent(r ->
                            sources.usable(member)
                                    .ifPresent(s -> r.blame(s, "no message: " + why)));
            case SyncInput.Moved(var position) -> run.ifPresent(r -> r.movedTo(position));
            case SyncInput.Appended done -> run.ifPresent(r -> r.appended(done, now));
            case SyncInput.Rejected(var height, var reason) ->
                    run.ifPresent(r -> r.failed(height, reason));
            case SyncInput.Tick _ -> {}
        }
        return run.map(this::work).orElse(List.of());
    }

    private List<SyncEffect> work(Run current) {
        if (!current.over()) {
            current.work(nowMillis);
        }
        last = Optional.of(current.position());
        if (current.over()) {
            run = Optional.empty();
        }
        return current.drain();
    }

    private void start(Position position) {
        if (run.isEmpty()) {
            run = Optional.of(new Run(fixed, sources, position, nowMillis));
        }
    }

    private void up(NodeId member) {
        down(member);
        if (!member.equals(fixed.self())) {
            sources.up(member);
        }
    }

    private void down(NodeId member) {
        sources.linked(member).ifPresent(source -> run.ifPresent(r -> r.giveUp(source)));
        sources.down(member);
    }

    /** Whether a catch-up runs. */
    public boolean running() {
        return run.isPresent();
    }

    /** When to step at the latest, on the clock of {@link #step}; never if nothing runs. */
    public long wakeAt() {
        return running() ? nowMillis + SyncSettings.BEAT_MILLIS : Long.MAX_VALUE;
    }

    /** How it goes. */
    public CatchupProgress progress(long now) {
        long height = last.map(Position::height).orElse(0L);
        return run.map(r -> progress(r, now))
                .orElse(
                        new CatchupProgress(
                                false,
                                height,
                                height,
                                0,
                                0,
                                List.of(),
                                sources.barred(),
                                OptionalLong.empty(),
                                ""));
    }

    private CatchupProgress progress(Run current, long now) {
        long height = current.position().height();
        long left = current.goal(now) - height;
        long speed = current.rate().blocksPerSecond(now);
        return new CatchupProgress(
                true,
                height,
                height + left,
                speed,
                current.rate().bytesPerSecond(now),
                sources.usable().stream()
                        .filter(s -> s.saidHeight() > height)
                        .map(Source::id)
                        .toList(),
                sources.barred(),
                speed > 0 ? OptionalLong.of(left * 1000 / speed) : OptionalLong.empty(),
                current.waitingFor(now));
    }
}
