package org.witan.validator.api.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.witan.validator.api.NodeSnapshot;
import org.witan.validator.api.NodeSnapshot.Catchup;
import org.witan.validator.api.NodeSnapshot.Health;
import org.witan.validator.api.NodeSnapshot.Identity;
import org.witan.validator.api.NodeSnapshot.Round;
import org.witan.validator.api.Why;

/** How the node stands: {@code /v1/status}, {@code /v1/why}, {@code /v1/catchup}, health. */
public final class StatusBodies {
    private StatusBodies() {}

    /** The body of {@code /v1/status}. */
    public static ObjectNode status(NodeSnapshot node) {
        ObjectNode body = Json.body(node);
        identity(body, node.identity());
        body.put("headHash", node.tip().headHash().hex());
        body.put("stateRoot", node.tip().stateRoot().hex());
        Json.moment(body, "blockTime", node.tip().timestampMillis());
        Json.moment(body, "committedAt", node.tip().committedAtMillis());
        round(body, node.round());
        health(body, node.health());
        body.set("catchup", catchup(Json.body(node), node.catchup()).without("network"));
        body.putObject("pool")
                .put("transactions", node.pool().transactions())
                .put("sizeBytes", node.pool().sizeBytes());
        body.put("build", node.identity().build());
        body.put("greatestLevel", node.identity().greatestLevel());
        return body;
    }

    /** The body of {@code /v1/why}. */
    public static ObjectNode why(NodeSnapshot node, Why why) {
        ObjectNode body = Json.body(node);
        body.put("state", state(why.state()));
        body.put("sentence", why.sentence());
        Json.texts(body, "lines", why.lines());
        body.put("view", node.round().view());
        body.put("leader", node.round().leader().value());
        body.put("quorum", node.health().quorum());
        body.put("margin", node.health().margin());
        ArrayNode votes = body.putArray("votes");
        for (var count : node.round().votes()) {
            ObjectNode row = votes.addObject();
            row.put("kind", count.kind().name().toLowerCase(Locale.ROOT));
            Json.texts(row, "held", count.held());
            Json.texts(row, "missing", count.missing());
        }
        return body;
    }

    /** The body of {@code /v1/catchup}. */
    public static ObjectNode catchup(NodeSnapshot node) {
        return catchup(Json.body(node), node.catchup());
    }

    /** The body of {@code /healthz/ready}. */
    public static ObjectNode ready(NodeSnapshot node) {
        ObjectNode body = Json.body(node);
        body.put("ready", node.health().ready());
        reasons(body, node.health());
        return body;
    }

    private static void identity(ObjectNode body, Identity identity) {
        body.put("id", identity.id().value());
        String role = identity.role().name().toLowerCase(Locale.ROOT);
        body.put("role", identity.stranger().isPresent() ? "none" : role);
        body.put("networkId", identity.networkId().toString());
        body.put("networkName", identity.networkName());
        body.put("words", identity.words());
        Json.moment(body, "startedAt", identity.startedAtMillis());
    }

    private static void round(ObjectNode body, Round round) {
        body.put("epoch", round.epoch());
        body.put("protocolLevel", round.protocolLevel());
        body.put("view", round.view());
        body.put("leader", round.leader().value());
        Json.moment(body, "viewSince", round.viewSinceAtMillis());
        Json.moment(body, "workSince", round.workSinceAtMillis());
    }

    private static void health(ObjectNode body, Health health) {
        body.put("validators", health.validators());
        body.put("quorum", health.quorum());
        body.put("inSync", health.inSync());
        body.put("margin", health.margin());
        body.put("ready", health.ready());
        reasons(body, health);
        body.put("mayVote", health.mayVote());
        body.put("mayVoteReason", health.mayVoteReason());
        body.put("draining", health.draining());
        body.put("halted", health.halted().orElse(null));
    }

    private static void reasons(ObjectNode body, Health health) {
        ArrayNode reasons = body.putArray("reasons");
        for (var reason : health.reasons()) {
            reasons.addObject().put("code", reason.code()).put("why", reason.sentence());
        }
    }

    private static ObjectNode catchup(ObjectNode body, Catchup catchup) {
        body.put("mode", catchup.mode());
        body.put("running", catchup.running());
        body.put("height", catchup.height());
        body.put("target", catchup.target());
        body.put("blocksPerSecond", catchup.blocksPerSecond());
        body.put("bytesPerSecond", catchup.bytesPerSecond());
        Json.texts(body, "sources", catchup.sources());
        Json.number(body, "etaSeconds", catchup.etaSeconds());
        return body;
    }

    private static String state(Why.State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
