package org.witan.catchup.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.witan.catchup.wire.Limits;
import org.witan.catchup.wire.Reply;
import org.witan.catchup.wire.Request.GetRange;
import org.witan.chain.block.Block;

/**
 * Which blocks to ask whom for, and what came of it. Source: docs/protocol/catchup.md, K9 to K12.
 */
final class Download {
    private static final long FIRST_GUESS_BYTES = 4 << 10;

    private final SyncSettings settings;
    private final Proofs proofs;
    private final Sources sources;
    private final EpochChain chain;
    private final Window window = new Window();
    private long averageBytes = FIRST_GUESS_BYTES;

    Download(Synchroniser.Fixed fixed, Sources sources, EpochChain chain) {
        this.settings = fixed.settings();
        this.proofs = fixed.proofs();
        this.sources = sources;
        this.chain = chain;
    }

    /** Asks for what is missing up to {@code goal}, lowest first, as far as the window is open. */
    List<SyncEffect> ask(long nowMillis, long tip, long goal) {
        List<SyncEffect> asks = new ArrayList<>();
        while (true) {
            Optional<Window.Gap> gap = window.gap(tip, goal, Limits.RANGE_BLOCKS);
            Optional<SyncEffect> ask = gap.flatMap(missing -> ask(nowMillis, missing));
            if (ask.isEmpty()) {
                return asks;
            }
            asks.add(ask.get());
        }
    }

    private Optional<SyncEffect> ask(long nowMillis, Window.Gap gap) {
        Optional<Source> chosen = sources.forRange(nowMillis, gap.from(), settings.outstanding());
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        Source source = chosen.get();
        int most = Math.min(source.pieceBytes(), settings.pieceBytes());
        long to = Math.min(gap.to(), gap.from() + Math.max(1, most / averageBytes) - 1);
        to = Math.min(Math.min(to, source.saidHeight()), chain.at(gap.from()).last());
        long expected = Math.min(most, (to - gap.from() + 1) * averageBytes);
        if (!gap.urgent() && window.loadBytes() + expected > settings.windowBytes()) {
            return Optional.empty();
        }
        Window.Gap piece = new Window.Gap(gap.from(), to, gap.urgent());
        SyncEffect.Ask ask =
                sources.ask(
                        source,
                        number -> new GetRange(number, piece.from(), piece.to(), most),
                        nowMillis);
        window.ask(piece, ask.request().number(), expected);
        return Optional.of(ask);
    }

    /** Somebody else may be asked for this. */
    void forget(GetRange request) {
        window.forget(request.from(), request.number());
    }

    /** Checks and keeps a range if it is still of use; answers what is wrong with it. */
    Optional<String> answered(
            Source source, GetRange asked, Reply.Range range, long tip, long nowMillis) {
        if (!window.wants(asked.from(), tip)) {
            source.delivered(0, settings.pieceBytes(), nowMillis);
            return Optional.empty();
        }
        Optional<String> problem = proofs.range(asked, range, chain.at(asked.from()).epoch());
        if (problem.isPresent()) {
            return problem;
        }
        Window.Held held =
                Window.Held.of(
                        range.blocks(),
                        range.trail().isEmpty()
                                ? Optional.of(range.finalization())
                                : Optional.empty());
        averageBytes = (averageBytes + held.sizeBytes() / range.blocks().size() + 1) / 2;
        window.hold(held);
        if (!range.trail().isEmpty()) {
            window.promise(range.trail().getLast().height(), range.finalization());
        }
        source.delivered(credit(asked, held), settings.pieceBytes(), nowMillis);
        return Optional.empty();
    }

    /** An answer without anything left out is as good as a large one: small blocks are not slow. */
    private static long credit(GetRange asked, Window.Held held) {
        return held.to() == asked.to()
                ? Math.max(held.sizeBytes(), asked.maxBytes())
                : held.sizeBytes();
    }

    /** The ledger has all up to this height. */
    void drop(long tip) {
        window.drop(tip);
    }

    /** The blocks that follow the tip, up to one with a finalization of its own. */
    Optional<SyncEffect.Append> next(long tip) {
        List<Window.Held> run = window.take(tip);
        if (run.isEmpty()) {
            return Optional.empty();
        }
        List<Block> blocks = run.stream().flatMap(held -> held.blocks().stream()).toList();
        return Optional.of(
                new SyncEffect.Append(blocks, run.getLast().finalization().orElseThrow()));
    }
}
