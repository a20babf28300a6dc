package org.witan.validator.api.endpoint;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.witan.validator.api.AdminAccess;
import org.witan.validator.api.NodeAccess;
import org.witan.validator.api.Problem;

/** All paths of the API: finds who answers a request, or says why nobody does. */
public final class Routes {
    private final List<Route> routes;

    Routes(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    /**
     * All routes of the API.
     *
     * @param clock the wall clock that snapshots are written by
     * @param maxWait longest time that a caller may wait for a commit
     */
    public static Routes of(NodeAccess node, InstantSource clock, Duration maxWait) {
        List<Route> routes = new ArrayList<>(new NodeEndpoints(node, clock).routes());
        Reads reads = new Reads();
        routes.addAll(new LedgerEndpoints(node, reads).routes());
        routes.addAll(new GovernanceEndpoints(node, reads).routes());
        routes.add(new UpgradeEndpoint(node, reads).route());
        routes.add(new EvidenceEndpoint(node, reads).route());
        routes.add(new SubmitEndpoint(node, clock, maxWait).route());
        return new Routes(routes);
    }

    /** What the operator may ask on the admin socket. */
    public static Routes ofAdmin(NodeAccess node, AdminAccess admin) {
        return new Routes(new AdminEndpoints(node, admin).routes());
    }

    /**
     * A route with the values of its path.
     *
     * @param route the route
     * @param values by the names of its template
     */
    public record Found(Route route, Map<String, String> values) {}

    /** All routes, in the order in which they are tried. */
    public List<Route> all() {
        return routes;
    }

    /**
     * The route of a request; {@code HEAD} is answered as {@code GET}.
     *
     * @throws Refused with 404 for an unknown path, with 405 for a known one with another method
     */
    public Found find(String method, String rawPath) {
        String sought = method.equals("HEAD") ? "GET" : method;
        TreeSet<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            Optional<Map<String, String>> values = route.values(rawPath);
            if (values.isPresent()) {
                if (route.method().equals(sought)) {
                    return new Found(route, values.get());
                }
                allowed.add(route.method());
            }
        }
        if (allowed.isEmpty()) {
            throw new Refused(
                    404,
                    "NO_SUCH_PATH",
                    "there is nothing under this path",
                    "the API knows no such path",
                    "GET /openapi.json lists all paths");
        }
        String methods = String.join(", ", allowed);
        throw new Refused(
                new Problem(
                        405,
                        "METHOD_NOT_ALLOWED",
                        "this path does not take this method",
                        "it takes " + methods,
                        "GET /openapi.json lists the methods of all paths"),
                Map.of("Allow", methods));
    }
}
