package org.witan.validator.api.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import org.witan.validator.api.NodeAccess;
import org.witan.validator.api.NodeSnapshot;
import org.witan.validator.api.Why;
import org.witan.validator.api.json.Json;
import org.witan.validator.api.json.MemberBodies;
import org.witan.validator.api.json.NetworkBodies;
import org.witan.validator.api.json.StatusBodies;
import org.witan.validator.api.metrics.Metrics;

/** What is answered from the published snapshot alone: no disk, no node loop, no waiting. */
final class NodeEndpoints {
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
