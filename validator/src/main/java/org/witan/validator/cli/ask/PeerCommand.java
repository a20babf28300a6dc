package org.witan.validator.cli.ask;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.failure.ExitCode;
import org.witan.validator.cli.http.Fields;
import org.witan.validator.cli.http.HttpConnection;
import org.witan.validator.cli.http.NodeClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code witan peer}: who is linked to whom. */
@Command(name = "peer", description = "Show who is linked to whom.")
public final class PeerCommand {
    @Spec private CommandSpec spec = CommandSpec.create();

    /** Prints the other members with this node's link to each. */
    @Command(description = "The other members, with this node's link to each.")
    int list() {
        Fields peers = get("/v1/peers");
        Table table = new Table("PEER", "STATE", "OPENED BY", "RTT", "IN SYNC", "HEIGHT", "ERROR");
        for (Fields peer : peers.list("peers")) {
            Fields link = peer.inner("link");
            table.row(
                    peer.shown("id"),
                    link.shown("state"),
                    link.shown("openedBy"),
                    roundTrip(link),
                    peer.flag("inSync") ? "yes" : "no",
                    peer.shown("reportedHeight"),
                    peer.text("lastError").orElse(""));
        }
        Asked.print(spec, peers, table.lines());
        return ExitCode.OK.number();
    }

    /** Prints who sees whom, each row by that member's own word. */
    @Command(description = "Who sees whom; each row is what that member says itself.")
    int matrix() {
        Fields mesh = get("/v1/mesh");
        Asked.print(spec, mesh, matrix(mesh));
        return ExitCode.OK.number();
    }

    /** Measures the round trip over one link; 5 if it is not up. */
    @Command(description = "Measure the round trip to one member; ends with 5 if it is not linked.")
    int ping(@Parameters(paramLabel = "PEER", description = "the member's id") String peer) {
        Fields pong = get("/v1/peers/" + HttpConnection.encode(peer) + "/ping");
        Asked.print(
                spec, pong, List.of(pong.shown("peer") + ": up, answered in " + roundTrip(pong)));
        return ExitCode.OK.number();
    }

    static List<String> matrix(Fields mesh) {
        List<Fields> views = new ArrayList<>(List.of(mesh));
        views.addAll(mesh.list("reports"));
        TreeSet<String> ids = new TreeSet<>(List.of(mesh.shown("id")));
        for (Fields view : views) {
            view.list("links").forEach(link -> ids.add(link.shown("peer")));
        }
        List<String> head = new ArrayList<>(List.of("SEES"));
        head.addAll(ids);
        Table table = new Table(head.toArray(String[]::new));
        for (String id : ids) {
            List<String> row = new ArrayList<>(List.of(id));
            for (String peer : ids) {
                row.add(id.equals(peer) ? "." : cell(views, id, peer));
            }
            table.row(row);
        }
        return table.lines();
    }

    private static String cell(List<Fields> views, String id, String peer) {
        return views.stream()
                .filter(view -> view.text("from").or(() -> view.text("id")).orElse("").equals(id))
                .flatMap(view -> view.list("links").stream())
                .filter(link -> link.shown("peer").equals(peer))
                .map(link -> link.shown("state"))
                .findFirst()
                .orElse("?");
    }

    private static String roundTrip(Fields link) {
        return link.fraction("rttMillis").map(ms -> "%.2f ms".formatted(ms)).orElse("-");
    }

    private Fields get(String path) {
        try (NodeClient client = Asked.client(GlobalOptions.of(spec))) {
            return client.get(path);
        }
    }
}
