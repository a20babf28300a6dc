package org.witan.validator.api.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.witan.validator.api.NodeSnapshot;
import org.witan.validator.api.NodeSnapshot.LinkRow;
import org.witan.validator.api.NodeSnapshot.MemberRow;
import org.witan.validator.api.NodeSnapshot.Report;

/** Who is in and how they are linked: {@code /v1/members}, {@code /v1/peers}, {@code /v1/mesh}. */
public final class MemberBodies {
    private MemberBodies() {}

    /** The body of {@code /v1/members}: all members, this node included, ascending by id. */
    public static ObjectNode members(NodeSnapshot node) {
        ObjectNode body = Json.body(node);
        ArrayNode rows = body.putArray("members");
        node.members().forEach(row -> member(rows.addObject(), row, node));
        return body;
    }

    /** The body of {@code /v1/peers}: the other members with this node's link to each. */
    public static ObjectNode peers(NodeSnapshot node) {
        ObjectNode body = Json.body(node);
        ArrayNode rows = body.putArray("peers");
        for (MemberRow row : node.members()) {
            if (!row.id().equals(node.identity().id())) {
                ObjectNode peer = rows.addObject();
                member(peer, row, node);
                Optional<LinkRow> link = link(node.links(), row);
                if (link.isPresent()) {
                    link(peer.putObject("link"), link.get());
                    peer.put("lastError", link.get().lastError());
                } else {
                    peer.putNull("link");
                    peer.put("lastError", "");
                }
            }
        }
        return body;
    }

    /** The body of {@code /v1/mesh}: this node's links, and the others' by their own word. */
    public static ObjectNode mesh(NodeSnapshot node, long nowMillis) {
        ObjectNode body = Json.body(node);
        body.put("id", node.identity().id().value());
        links(body, node.links());
        ArrayNode reports = body.putArray("reports");
        for (Report report : node.reports()) {
            ObjectNode row = reports.addObject();
            row.put("from", report.from().value());
            Json.moment(row, "heardAt", report.heardAtMillis());
            row.put("ageMillis", Math.max(0, nowMillis - report.heardAtMillis()));
            links(row, report.links());
        }
        return body;
    }

    private static void member(ObjectNode row, MemberRow member, NodeSnapshot node) {
        row.put("id", member.id().value());
        row.put("organisation", member.organisation().value());
        row.put("role", member.role().name().toLowerCase(Locale.ROOT));
        row.put("status", member.status().name().toLowerCase(Locale.ROOT));
        Json.texts(row, "endpoints", member.endpoints());
        row.put("self", member.id().equals(node.identity().id()));
        row.put("inSync", member.inSync());
        Json.number(row, "reportedHeight", member.height());
        Json.moment(row, "heardAt", member.heardAtMillis());
        row.put("build", member.build().orElse(null));
    }

    private static Optional<LinkRow> link(List<LinkRow> links, MemberRow member) {
        return links.stream().filter(row -> row.peer().equals(member.id())).findFirst();
    }

    private static void links(ObjectNode object, List<LinkRow> links) {
        ArrayNode rows = object.putArray("links");
        links.forEach(link -> link(rows.addObject(), link));
    }

    private static void link(ObjectNode row, LinkRow link) {
        row.put("peer", link.peer().value());
        row.put("state", link.phase().name().toLowerCase(Locale.ROOT));
        row.put("openedBy", link.openedBy().map(Object::toString).orElse(null));
        if (link.rttMillis().isPresent()) {
            // Whole microseconds: more would be noise.
            row.put("rttMillis", Math.round(link.rttMillis().getAsDouble() * 1000) / 1000.0);
        } else {
            row.putNull("rttMillis");
        }
        Json.moment(
                row,
                "since",
                link.sinceAtMillis() == 0
                        ? OptionalLong.empty()
                        : OptionalLong.of(link.sinceAtMillis()));
    }
}
