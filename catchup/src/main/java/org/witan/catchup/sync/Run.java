package org.witan.catchup.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.witan.catchup.sync.SyncEffect.Event;
import org.witan.catchup.wire.Reply;
import org.witan.catchup.wire.Request;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.store.EpochLink;
import org.witan.genesis.failure.Check;

/** One catch-up, from the first question to the hand-over. Source: docs/protocol/catchup.md. */
final class Run {
    private final Synchroniser.Fixed fixed;
    private final Sources sources;
    private final EpochChain chain;
    private final Download download;
    private final Rate rate;
    private final HandOver handOver;
    private final List<SyncEffect> effects = new ArrayList<>();

    private Position position;
    private Optional<SyncEffect.Append> open = Optional.empty();
    private Optional<BlockHeader> provenTip = Optional.empty();
    private OptionalLong epochsOwed = OptionalLong.empty();
    private boolean over;

    Run(Synchroniser.Fixed fixed, Sources sources, Position position, long nowMillis) {
        this.fixed = fixed;
        this.sources = sources;
        this.position = position;
        chain = new EpochChain(position);
        download = new Download(fixed, sources, chain);
        rate = new Rate(nowMillis);
        handOver = new HandOver(fixed, sources, nowMillis);
        sources.absolve();
        sources.usable().forEach(Source::pollSoon);
        report(Event.STARTED, "from height " + position.height());
    }

    Position position() {
        return position;
    }

    /** Whether it ended, well or not. */
    boolean over() {
        return over;
    }

    Rate rate() {
        return rate;
    }

    /** Greatest height that is proven to exist. */
    long goal(long nowMillis) {
        return Math.max(position.height(), sources.goal(nowMillis, chain.provenHeight()));
    }

    /** What is to be done since the last call. */
    List<SyncEffect> drain() {
        List<SyncEffect> done = List.copyOf(effects);
        effects.clear();
        return done;
    }

    /** A reply that is not to a question of ours that still stands is ignored. */
    void answered(Source source, Reply reply, long nowMillis) {
        Optional<Request> settled = source.settle(reply.number());
        if (settled.isEmpty()) {
            return;
        }
        owedNoMore(settled.get());
        Optional<String> problem =
                switch (settled.get()) {
                    case Request.GetTip _ when reply instanceof Reply.TipIs tip -> tip(source, tip);
                    case Request.GetEpochs asked when reply instanceof Reply.Epochs epochs ->
                            epochs(source, asked, epochs, nowMillis);
                    case Request.GetRange asked when reply instanceof Reply.Range range ->
                            range(source, asked, range, nowMillis);
                    case Request asked when reply instanceof Reply.Refused refused ->
                            source.refuses(asked, refused, nowMillis);
                    case Request _ -> Optional.of("answers another question than was asked");
                };
        problem.ifPresent(reason -> blame(source, reason));
    }

    /** The member proved itself wrong: what it owes is asked elsewhere. */
    void blame(Source source, String reason) {
        giveUp(source);
        sources.bar(source.id(), reason);
        effects.add(new SyncEffect.Blame(source.id(), reason));
    }

    /** The member is gone, or barred: what it owes is asked elsewhere. */
    void giveUp(Source source) {
        source.giveUp().forEach(this::owedNoMore);
    }

    private void owedNoMore(Request request) {
        if (request instanceof Request.GetRange range) {
            download.forget(range);
        } else if (epochsOwed.isPresent() && epochsOwed.getAsLong() == request.number()) {
            epochsOwed = OptionalLong.empty();
        }
    }

    /** A height counts only with its finalization; one that we have needs none. Rule K7. */
    private Optional<String> tip(Source source, Reply.TipIs tip) {
        BlockHeader header = tip.header();
        if (header.height() < source.saidHeight()) {
            return Optional.of("said " + source.saidHeight() + ", now says " + header.height());
        }
        boolean known =
                header.height() <= position.height()
                        || provenTip.filter(header::equals).isPresent();
        if (known || header.epoch() > chain.lastNumber()) {
            source.says(tip, known);
            return Optional.empty();
        }
        Optional<EpochChain.Span> span = chain.numbered(header.epoch());
        if (span.isEmpty()) {
            return Optional.of("epoch " + header.epoch() + " is over at " + position.height());
        }
        Optional<String> problem = fixed.proofs().tip(tip, span.get());
        if (problem.isEmpty()) {
            source.says(tip, true);
            provenTip = Optional.of(header);
        }
        return problem;
    }

    /** Each link is proven by the set before it; only this chain changes who is believed. K8. */
    private Optional<String> epochs(
            Source source, Request.GetEpochs asked, Reply.Epochs epochs, long nowMillis) {
        if (asked.from() != chain.lastNumber() + 1) {
            return Optional.empty();
        }
        if (epochs.links().isEmpty()) {
            return Optional.of("shows no way to the epoch that it says");
        }
        for (EpochLink link : epochs.links()) {
            EpochChain.Span before = chain.numbered(chain.lastNumber()).orElseThrow();
            Optional<String> problem = fixed.proofs().link(link, before);
            if (problem.isPresent()) {
                return problem;
            }
            chain.add(link);
            report(Event.EPOCH, "epoch %d begins".formatted(link.number()));
        }
        source.delivered(0, fixed.settings().pieceBytes(), nowMillis);
        return Optional.empty();
    }

    private Optional<String> range(
            Source source, Request.GetRange asked, Reply.Range range, long nowMillis) {
        return download.answered(source, asked, range, underway(), nowMillis)
                .map(why -> "range from height %d: %s".formatted(asked.from(), why));
    }

    /** The open append is in the ledger. */
    void appended(SyncInput.Appended done, long nowMillis) {
        SyncEffect.Append append = open.orElseThrow();
        Block last = append.blocks().getLast();
        Check.invariant(
                done.position().height() > last.height()
                        || done.position().hash().equals(last.hash()),
                "appended up to %d, asked for %d",
                done.position().height(),
                last.height());
        open = Optional.empty();
        handOver.moved();
        rate.add(nowMillis, append.blocks().size(), Window.sizeBytes(append.blocks()));
        stand(done.position());
        if (handOver.isReached(position)) {
            sources.usable().forEach(Source::pollSoon);
        }
    }

    /** Consensus committed something; while an append is open its answer will say so too. */
    void movedTo(Position to) {
        if (open.isEmpty() && to.height() > position.height()) {
            stand(to);
        }
    }

    private void stand(Position to) {
        position = to;
        chain.advance(to);
        download.drop(to.height());
    }

    /** The last height that is committed or on its way there. */
    private long underway() {
        return open.map(append -> append.blocks().getLast().height()).orElse(position.height());
    }

    /** This node contradicts a certificate. */
    void failed(long height, String reason) {
        effects.add(new SyncEffect.Failed(height, reason));
        over = true;
    }

    /** Does all that can be done now. */
    void work(long nowMillis) {
        sources.usable().forEach(source -> judge(source, nowMillis));
        settleUnproven();
        append();
        if (over || finish(nowMillis)) {
            return;
        }
        poll(nowMillis);
        askEpochs(nowMillis);
        effects.addAll(download.ask(nowMillis, underway(), goal(nowMillis)));
    }

    private void judge(Source source, long nowMillis) {
        List<Request> overdue = source.overdue(nowMillis, fixed.settings());
        overdue.forEach(this::owedNoMore);
        if (!overdue.isEmpty()) {
            report(Event.SOURCE_SILENT, source.id() + " owes " + overdue.size() + " answers");
        }
        if (source.turnedSlow(nowMillis, fixed.settings())) {
            giveUp(source);
            report(Event.SOURCE_SLOW, source.id() + " is below the least rate");
        }
    }

    /** Tips of epochs that were unknown when they were said. */
    private void settleUnproven() {
        for (Source source : sources.usable()) {
            source.unproven()
                    .filter(tip ->
                            tip.header().height() <= position.height()
                                    || tip.header().epoch() <= chain.lastNumber())
                    .flatMap(tip -> tip(source, tip))
                    .ifPresent(reason -> blame(source, reason));
        }
    }

    private void append() {
        if (open.isPresent()) {
            return;
        }
        open = download.next(position.height());
        open.ifPresent(append -> begin(append, append.blocks().getFirst()));
    }

    /** Two certified blocks at one height: more than f validators lied, or this ledger is wrong. */
    private void begin(SyncEffect.Append append, Block first) {
        if (first.header().parentHash().equals(position.hash())) {
            effects.add(append);
        } else {
            failed(first.height(), "the certified block is not a child of this ledger's tip");
        }
    }

    private void poll(long nowMillis) {
        boolean far = goal(nowMillis) - position.height() > SyncSettings.FAR_HEIGHTS;
        long pause = far ? SyncSettings.FAR_POLL_MILLIS : fixed.settings().pollMillis();
        effects.addAll(sources.poll(nowMillis, pause));
    }

    private void askEpochs(long nowMillis) {
        if (epochsOwed.isPresent() || chain.ahead() >= SyncSettings.EPOCHS_AHEAD) {
            return;
        }
        long from = chain.lastNumber() + 1;
        sources.forEpochs(nowMillis, chain.lastNumber())
                .map(s -> sources.ask(s, n -> new Request.GetEpochs(n, from), nowMillis))
                .ifPresent(ask -> {
                    epochsOwed = OptionalLong.of(ask.request().number());
                    effects.add(ask);
                });
    }

    private boolean finish(long nowMillis) {
        if (open.isPresent() || !handOver.isDue(position, goal(nowMillis), nowMillis)) {
            return false;
        }
        effects.add(new SyncEffect.Finished(position.height()));
        over = true;
        return true;
    }

    /** What it waits for, one sentence. */
    String waitingFor(long nowMillis) {
        return handOver.waitingFor(position, goal(nowMillis), nowMillis);
    }

    private void report(Event event, String sentence) {
        effects.add(new SyncEffect.Report(event, sentence));
    }
}
