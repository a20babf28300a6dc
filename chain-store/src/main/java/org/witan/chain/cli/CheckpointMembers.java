package org.witan.chain.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.witan.chain.proof.Checkpoint;
import org.witan.chain.store.EpochLink;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.Validator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code witan checkpoint members}: who decided when, proven without a node. */
@Command(
        name = "members",
        description = {
            "Show which validators decided from which block on, checked without any node.",
            "Exit 6 if the file does not prove it."
        })
public final class CheckpointMembers implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private GivenCheckpoint given = new GivenCheckpoint();

    @Option(
            names = "--at",
            paramLabel = "HEIGHT",
            description = "only those who decided on this block")
    private @Nullable Long at;

    /**
     * A span of blocks with one set of validators.
     *
     * @param last of its blocks; that of the checkpoint in the last span, which may go on
     */
    private record Span(EpochLink link, long last) {
        long first() {
            return link.boundary().height() + 1;
        }

        boolean holds(long height) {
            return height >= first() && height <= last;
        }
    }

    @Override
    public Integer call() {
        Checkpoint checkpoint = given.read();
        List<Span> spans = spans(checkpoint);
        long asked = at == null ? 0 : at;
        if (at != null) {
            spans = spans.stream().filter(span -> span.holds(asked)).toList();
        }
        if (spans.isEmpty()) {
            throw new OperatorError(
                    ExitCode.NOT_FOUND,
                    "NO_SUCH_BLOCKS",
                    "the checkpoint says nothing of block " + asked,
                    "it goes from block 1 to " + checkpoint.header().height(),
                    "ask for a block in between, or a node for a newer checkpoint");
        }
        List<String> lines = new ArrayList<>(CheckpointText.lines(checkpoint));
        spans.forEach(span -> lines.addAll(lines(span)));
        lines.add(given.trust(checkpoint));
        Map<String, Object> json = CheckpointText.json(checkpoint);
        given.addTo(json);
        json.put("epochs", spans.stream().map(CheckpointMembers::json).toList());
        GlobalOptions.of(spec).print(spec, lines, json);
        return ExitCode.OK.number();
    }

    private static List<Span> spans(Checkpoint checkpoint) {
        List<Span> spans = new ArrayList<>();
        List<EpochLink> links = checkpoint.links();
        for (int i = 0; i < links.size(); i++) {
            boolean newest = i + 1 == links.size();
            long last =
                    newest ? checkpoint.header().height() : links.get(i + 1).boundary().height();
            spans.add(new Span(links.get(i), last));
        }
        return spans;
    }

    private static List<String> lines(Span span) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "epoch %d: blocks %d to %d, since %s"
                        .formatted(span.link.number(), span.first(), span.last, since(span)));
        for (Validator validator : span.link.configuration().validators()) {
            lines.add(
                    "  %s, key %d %s"
                            .formatted(validator.id(), validator.keyNumber(), validator.key()));
        }
        return lines;
    }

    private static Instant since(Span span) {
        return Instant.ofEpochMilli(span.link.boundary().timestampMillis());
    }

    private static Map<String, Object> json(Span span) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("epoch", span.link.number());
        json.put("firstHeight", span.first());
        json.put("lastHeight", span.last);
        json.put("since", since(span).toString());
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Validator validator : span.link.configuration().validators()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", validator.id().value());
            row.put("keyNumber", validator.keyNumber());
            row.put("key", validator.key().toString());
            rows.add(row);
        }
        json.put("validators", rows);
        return json;
    }
}
