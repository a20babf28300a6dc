package org.witan.validator.cli.upgrade;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.failure.ExitCode;
import org.witan.validator.cli.http.Fields;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code witan upgrade order}: in which order nodes are restarted. */
@Command(
        name = "order",
        description = {
            "Say in which order nodes are to be restarted, one line for each: URL ID WHY.",
            "Who does not vote first, whoever leads last, and the next leader before it."
        })
final class OrderCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--nodes",
            split = ",",
            required = true,
            paramLabel = "URL",
            description = "the nodes, with commas")
    private List<String> nodes = List.of();

    /** Why a node has its place; nodes are restarted in this order. */
    private enum Turn {
        NO_VALIDATOR("it does not vote"),
        VALIDATOR("it does not lead"),
        NEXT_LEADER("it leads next"),
        LEADER("it leads"),
        SILENT("it does not answer");

        private final String why;

        Turn(String why) {
            this.why = why;
        }
    }

    private record Place(String url, String id, Turn turn) {}

    @Override
    public Integer call() {
        List<Place> places = new ArrayList<>();
        for (String url : nodes) {
            places.add(place(url));
        }
        places.sort(Comparator.comparing(Place::turn));
        GlobalOptions.of(spec).print(spec, lines(places), json(places));
        return ExitCode.OK.number();
    }

    private static Place place(String url) {
        NodeWords node = NodeWords.at(url);
        var status = node.status();
        if (status.isEmpty()) {
            return new Place(url, "-", Turn.SILENT);
        }
        Fields said = status.get();
        String id = said.shown("id");
        if (!said.shown("role").equals("validator")) {
            return new Place(url, id, Turn.NO_VALIDATOR);
        }
        String leader = said.shown("leader");
        if (leader.equals(id)) {
            return new Place(url, id, Turn.LEADER);
        }
        boolean next = id.equals(after(leader, validators(node)));
        return new Place(url, id, next ? Turn.NEXT_LEADER : Turn.VALIDATOR);
    }

    /** Active validators in the order in which they lead. */
    private static List<String> validators(NodeWords node) {
        return node
                .get("/v1/members")
                .orElseGet(() -> new Fields(Map.of()))
                .list("members")
                .stream()
                .filter(row -> row.shown("role").equals("validator"))
                .filter(row -> row.shown("status").equals("active"))
                .map(row -> row.shown("id"))
                .sorted()
                .toList();
    }

    private static String after(String leader, List<String> validators) {
        int at = validators.indexOf(leader);
        return at < 0 ? "" : validators.get((at + 1) % validators.size());
    }

    private static List<String> lines(List<Place> places) {
        return places.stream().map(p -> p.url + " " + p.id + " " + p.turn.why).toList();
    }

    private static Map<String, Object> json(List<Place> places) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Place place : places) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("url", place.url);
            row.put("id", place.id);
            row.put("why", place.turn.why);
            rows.add(row);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("nodes", rows);
        return json;
    }
}
