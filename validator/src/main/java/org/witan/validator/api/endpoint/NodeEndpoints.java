package org.witan.validator.api.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalDouble;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.api.NodeAccess;
import org.witan.validator.api.NodeSnapshot;
import org.witan.validator.api.Why;
import org.witan.validator.api.json.Json;
import org.witan.validator.api.json.MemberBodies;
import org.witan.validator.api.json.NetworkBodies;
import org.witan.validator.api.json.StatusBodies;
import org.witan.validator.api.metrics.Metrics;

/**
 * What is answered from the published snapshot alone: no disk, no node loop, no waiting. The ping
 * is the exception: it waits for a peer.
 */
final class NodeEndpoints {
    private static final Duration PING_PATIENCE = Duration.ofSeconds(2);

    private final NodeAccess node;
    private final InstantSource clock;

    NodeEndpoints(NodeAccess node, InstantSource clock) {
        this.node = node;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/network", this::network),
                Route.get("/v1/status", _ -> Answer.ok(StatusBodies.status(node.snapshot()))),
                Route.get("/v1/why", this::why),
                Route.get("/v1/members", _ -> Answer.ok(MemberBodies.members(node.snapshot()))),
                Route.get("/v1/mesh", this::mesh),
                Route.get("/v1/peers", _ -> Answer.ok(MemberBodies.peers(node.snapshot()))),
                Route.get("/v1/peers/{id}/ping", this::ping),
                Route.get("/v1/catchup", _ -> Answer.ok(StatusBodies.catchup(node.snapshot()))),
                Route.get("/healthz/live", this::live),
                Route.get("/healthz/ready", this::ready),
                Route.get("/metrics", this::metrics),
                Route.get("/openapi.json", _ -> Answer.bytes(Json.MEDIA_TYPE, openApi())));
    }

    private Answer network(Call call) {
        return Answer.ok(
                NetworkBodies.network(node.snapshot(), node.founding(), node.genesisDocument()));
    }

    private Answer why(Call call) {
        NodeSnapshot snapshot = node.snapshot();
        return Answer.ok(StatusBodies.why(snapshot, Why.of(snapshot, clock.millis())));
    }

    private Answer mesh(Call call) {
        return Answer.ok(MemberBodies.mesh(node.snapshot(), clock.millis()));
    }

    private Answer ping(Call call) {
        NodeSnapshot snapshot = node.snapshot();
        NodeSnapshot.LinkRow link =
                snapshot.links().stream()
                        .filter(row -> row.peer().value().equals(call.segment("id")))
                        .findFirst()
                        .orElseThrow(() -> noPeer(snapshot));
        if (link.phase() != NodeSnapshot.LinkPhase.UP) {
            throw new Refused(
                    502,
                    "LINK_DOWN",
                    "there is no link to " + link.peer(),
                    Why.standing(snapshot, link.peer(), clock.millis()),
                    "look at the log of " + link.peer() + ", then: witan peer list");
        }
        OptionalDouble millis = measured(link.peer());
        if (millis.isEmpty()) {
            throw new Refused(
                    504,
                    "PEER_SILENT",
                    link.peer() + " does not answer over its link",
                    "no answer within " + PING_PATIENCE.toSeconds() + " s",
                    "witan peer list; a link without a sign of life is closed and opened anew");
        }
        ObjectNode body = Json.body(snapshot);
        body.put("peer", link.peer().value()).put("state", "up");
        return Answer.ok(body.put("rttMillis", Math.round(millis.getAsDouble() * 1000) / 1000.0));
    }

    private OptionalDouble measured(NodeId peer) {
        try {
            return node.roundTrip(peer, PING_PATIENCE);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return OptionalDouble.empty();
        }
    }

    private static Refused noPeer(NodeSnapshot snapshot) {
        String peers =
                String.join(
                        ", ", snapshot.links().stream().map(row -> row.peer().value()).toList());
        return new Refused(
                404,
                "PEER_NOT_FOUND",
                "this node, " + snapshot.identity().id() + ", links to no other node of this id",
                "it links to " + (peers.isEmpty() ? "nobody" : peers),
                "witan peer list");
    }

    /** Answering at all is being alive; a node that halted for good ends its process. */
    private Answer live(Call call) {
        return Answer.ok(Json.body(node.snapshot()).put("live", true));
    }

    private Answer ready(Call call) {
        NodeSnapshot snapshot = node.snapshot();
        return Answer.json(snapshot.health().ready() ? 200 : 503, StatusBodies.ready(snapshot));
    }

    private Answer metrics(Call call) {
        return Answer.bytes(Metrics.MEDIA_TYPE, Metrics.text(node.snapshot()));
    }

    static byte[] openApi() {
        try (InputStream file =
                NodeEndpoints.class.getResourceAsStream("/org/witan/validator/api/openapi.json")) {
            if (file == null) {
                throw new IllegalStateException("openapi.json is not in the jar");
            }
            return file.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
