package org.witan.catchup.snapshot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.witan.catchup.wire.Reply;
import org.witan.catchup.wire.Request;
import org.witan.catchup.wire.Request.GetChunk;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.store.Base;
import org.witan.chain.store.StateChunk;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.Check;
import org.witan.genesis.membership.NodeId;

/**
 * Fetches the state of a final height, for a node whose ledger is empty.
 *
 * <p>It ends with {@link JoinEffect.Complete} or {@link JoinEffect.FetchBlocks}. Same inputs, same
 * effects. Source: docs/protocol/catchup.md, K18 to K23.
 */
public final class SnapshotJoin {
    /** Fewer blocks than these are executed rather than skipped. */
    public static final long LEAST_GAP = 10_000;

    /** It wants a tick at least this often, in milliseconds. */
    public static final long BEAT_MILLIS = 250;

    private static final long POLL_MILLIS = 1_000;
    private static final long FAR_POLL_MILLIS = 10_000;

    private final NodeId self;
    private final Trust trust;
    private final long leastGap;
    private final Donors donors = new Donors();
    private final List<JoinEffect> effects = new ArrayList<>();
    private Optional<Base> base = Optional.empty();
    private Segments segments = new Segments();
    private OptionalLong epochsOwed = OptionalLong.empty();
    private boolean over;

    /** A joiner that has no links. */
    public SnapshotJoin(JoinTerms joiner, Anchor anchor) {
        self = joiner.self();
        leastGap = anchor.checkpoint().isPresent() ? 0 : joiner.leastGap();
        trust = new Trust(joiner.networkId(), joiner.verifier(), anchor);
    }

    /** Takes back what was begun before a crash; false if it does not hold. Before any step. */
    public boolean restore(Base begun) {
        boolean holds = trust.believes(begun);
        base = holds ? Optional.of(begun) : Optional.empty();
        return holds;
    }

    /** Takes back a chunk that was kept before a crash; false if it does not hold. */
    public boolean restore(StateChunk chunk) {
        return base.isPresent() && accept(chunk);
    }

    /**
     * Applies one input and says what to do about it.
     *
     * @param now milliseconds on any clock that does not go back
     */
    public List<JoinEffect> step(long now, JoinInput input) {
        effects.clear();
        switch (input) {
            case JoinInput.Linked(var member) -> up(member);
            case JoinInput.Unlinked(var member) -> down(member);
            case JoinInput.Answered(var member, var reply) ->
                    donors.usable(member).ifPresent(donor -> answered(donor, reply, now));
            case JoinInput.Garbled(var member, var why) ->
                    donors.usable(member).ifPresent(donor -> blame(donor, "no message: " + why));
            case JoinInput.Tick _ -> {}
        }
        if (!over) {
            work(now);
        }
        return List.copyOf(effects);
    }

    /** How it goes, one line for people. */
    public String progress() {
        if (base.isEmpty()) {
            return "waiting for %d of %d members' tips"
                    .formatted(Math.max(0, needed() - donors.proven().size()), needed());
        }
        return "height=%d parts=%d/%d bytes=%d"
                .formatted(
                        base.get().height(),
                        segments.complete(),
                        Segments.COUNT,
                        segments.sizeBytes());
    }

    private void up(NodeId member) {
        down(member);
        if (!member.equals(self)) {
            donors.up(member);
        }
    }

    private void down(NodeId member) {
        donors.down(member).ifPresent(donor -> donor.giveUp().forEach(this::owedNoMore));
    }

    private void answered(Donor donor, Reply reply, long nowMillis) {
        Optional<Request> settled = donor.settle(reply.number());
        if (settled.isEmpty() || over) {
            return;
        }
        owedNoMore(settled.get());
        Optional<String> problem =
                switch (settled.get()) {
                    case Request.GetTip _ when reply instanceof Reply.TipIs tip -> tip(donor, tip);
                    case Request.GetEpochs asked when reply instanceof Reply.Epochs epochs ->
                            epochs(asked, epochs);
                    case GetChunk asked when reply instanceof Reply.Chunk chunk ->
                            chunk(donor, asked, chunk.chunk());
                    case Request asked when reply instanceof Reply.Refused refused ->
                            donor.refuses(asked, refused, nowMillis);
                    case Request _ -> Optional.of("answers another question than was asked");
                };
        problem.ifPresent(why -> blame(donor, why));
    }

    private Optional<String> tip(Donor donor, Reply.TipIs tip) {
        BlockHeader header = tip.header();
        if (header.height() < donor.height()) {
            return Optional.of("said " + donor.height() + ", now says " + header.height());
        }
        boolean known = header.height() == 0;
        if (known || header.epoch() > trust.epoch().number()) {
            donor.says(tip, known);
            return Optional.empty();
        }
        Optional<String> problem = trust.tip(header, tip.finalization());
        donor.says(tip, problem.isEmpty());
        return problem;
    }

    private Optional<String> epochs(Request.GetEpochs asked, Reply.Epochs epochs) {
        if (asked.from() != trust.epoch().number() + 1) {
            return Optional.empty();
        }
        return epochs.links().isEmpty()
                ? Optional.of("shows no way to the epoch that it says")
                : trust.extend(epochs.links());
    }

    private Optional<String> chunk(Donor donor, GetChunk asked, StateChunk chunk) {
        if (base.isEmpty() || base.get().height() != asked.height()) {
            return Optional.empty();
        }
        if (!Segments.answers(asked, chunk)) {
            return Optional.of("a chunk of other values than were asked for");
        }
        if (!accept(chunk)) {
            return Optional.of("a chunk that is not of the state of height " + base.get().height());
        }
        donor.delivered();
        effects.add(new JoinEffect.Keep(chunk));
        return Optional.empty();
    }

    private boolean accept(StateChunk chunk) {
        Optional<Segments.Segment> segment = segments.waitingFrom(chunk.from());
        return segment.isPresent()
                && chunk.holds(base.orElseThrow().stateRoot())
                && segments.add(segment.get(), chunk);
    }

    private void blame(Donor donor, String why) {
        donors.bar(donor);
        donor.giveUp().forEach(this::owedNoMore);
        effects.add(new JoinEffect.Blame(donor.id(), why));
    }

    private void owedNoMore(Request request) {
        if (request instanceof GetChunk chunk) {
            // What was asked of another height says nothing about the parts of this one.
            base.filter(b -> b.height() == chunk.height())
                    .flatMap(_ -> segments.waitingFrom(chunk.from()))
                    .ifPresent(segment -> segment.asked(false));
        } else if (epochsOwed.isPresent() && epochsOwed.getAsLong() == request.number()) {
            epochsOwed = OptionalLong.empty();
        }
    }

    private void work(long nowMillis) {
        for (Donor donor : donors.usable()) {
            donor.overdue(nowMillis).forEach(this::owedNoMore);
        }
        settleTips();
        askEpochs(nowMillis);
        if (base.isPresent() && donors.haveLost(base.get().height())) {
            effects.add(new JoinEffect.Report("nobody keeps the state of " + progress()));
            base = Optional.empty();
            donors.usable().forEach(Donor::askAnew);
        } else if (base.isEmpty()) {
            decide();
        }
        if (!over && base.isPresent()) {
            fetch(nowMillis);
        }
        long pause = base.isPresent() ? FAR_POLL_MILLIS : POLL_MILLIS;
        for (Donor donor : donors.usable()) {
            if (!over && donor.pollDue(nowMillis, pause)) {
                effects.add(donors.ask(donor, Request.GetTip::new, nowMillis));
            }
        }
    }

    /** Tips of epochs that were unknown when they were said. */
    private void settleTips() {
        for (Donor donor : donors.usable()) {
            donor.tip()
                    .filter(tip -> !donor.proven() && donor.isRecent())
                    .flatMap(tip -> tip(donor, tip))
                    .ifPresent(why -> blame(donor, why));
        }
    }

    private void askEpochs(long nowMillis) {
        long known = trust.epoch().number();
        if (epochsOwed.isEmpty()) {
            donors.forEpochs(known, nowMillis)
                    .map(d -> donors.ask(d, n -> new Request.GetEpochs(n, known + 1), nowMillis))
                    .ifPresent(ask -> {
                        epochsOwed = OptionalLong.of(ask.request().number());
                        effects.add(ask);
                    });
        }
    }

    private int needed() {
        return donors.needed(trust.epoch(), self);
    }

    /** Chooses the height, or that none is needed, once somebody honest has spoken. */
    private void decide() {
        List<Donor> spoke = donors.proven();
        Optional<Reply.TipIs> highest =
                spoke.stream()
                        .flatMap(d -> d.tip().stream())
                        .max(Comparator.comparingLong(tip -> tip.header().height()));
        long goal = highest.map(tip -> tip.header().height()).orElse(0L);
        long wanted = trust.checkpoint().map(BlockHeader::height).orElse(0L);
        if (spoke.size() < needed() || goal < wanted) {
            return;
        }
        if (goal <= leastGap) {
            over = true;
            effects.add(new JoinEffect.FetchBlocks(goal));
            return;
        }
        Reply.TipIs tip = highest.orElseThrow();
        if (trust.knowsNext(tip.header())) {
            Base chosen = trust.base(tip.header(), tip.finalization().orElseThrow());
            base = Optional.of(chosen);
            segments = new Segments();
            effects.add(new JoinEffect.Begin(chosen));
        }
    }

    private void fetch(long nowMillis) {
        Base from = base.orElseThrow();
        if (segments.areComplete()) {
            over = true;
            effects.add(new JoinEffect.Complete(from));
            return;
        }
        for (var free = segments.free(); free.isPresent(); free = segments.free()) {
            Optional<Donor> donor = donors.forChunk(from.height(), nowMillis);
            if (donor.isEmpty()) {
                return;
            }
            Segments.Segment segment = free.get();
            Check.invariant(segment.isFree(), "a part that is asked for twice");
            segment.asked(true);
            effects.add(ask(donor.get(), segment.from(), segment.to(), nowMillis));
        }
    }

    private JoinEffect.Ask ask(Donor donor, Hash from, Hash to, long nowMillis) {
        long height = base.orElseThrow().height();
        int most = donor.pieceBytes();
        return donors.ask(donor, number -> new GetChunk(number, height, from, to, most), nowMillis);
    }
}
