package org.witan.validator.api.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.witan.validator.api.AdminAccess;
import org.witan.validator.api.NodeAccess;
import org.witan.validator.api.json.Json;

/** What only the operator of the node may ask: {@code /admin/v1/…}, on a socket of its own. */
final class AdminEndpoints {
    private final NodeAccess node;
    private final AdminAccess admin;

    AdminEndpoints(NodeAccess node, AdminAccess admin) {
        this.node = node;
        this.admin = admin;
    }

    List<Route> routes() {
        return List.of(
                post("/admin/v1/drain", () -> admin.drain(true), this::drained),
                post("/admin/v1/undrain", () -> admin.drain(false), this::drained),
                post("/admin/v1/stop", admin::stop, body -> body.put("stopping", true)));
    }

    /** The node does it at its next turn, so what is asked is told, not what is. */
    private void drained(ObjectNode body) {
        body.put("waiting", admin.waiting());
    }

    private Route post(String path, Runnable action, Consumer<ObjectNode> told) {
        return new Route(
                "POST",
                path,
                Set.of(),
                call -> {
                    action.run();
                    ObjectNode body = Json.body(node.snapshot());
                    told.accept(body);
                    return Answer.json(202, body);
                });
    }
}
