package org.witan.validator.api;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.validator.api.NodeSnapshot.LinkPhase;
import org.witan.validator.api.NodeSnapshot.LinkRow;
import org.witan.validator.api.NodeSnapshot.MemberRow;

/** Says of members, in a sentence each, how they stand as seen from one node; for {@link Why}. */
final class Names {
    private static final long DAY_MILLIS = 86_400_000;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final NodeSnapshot node;
    private final long nowMillis;

    Names(NodeSnapshot node, long nowMillis) {
        this.node = node;
        this.nowMillis = nowMillis;
    }

    /** A sentence for each voting validator that is not in sync, ascending by id. */
    List<String> notInSync() {
        return node.members().stream()
                .filter(row -> votes(row) && !row.inSync())
                .map(row -> sentence(row.id()))
                .toList();
    }

    /** A sentence for each other member without a link, ascending by id. */
    List<String> unreachable() {
        return node.links().stream()
                .filter(link -> link.phase() != LinkPhase.UP)
                .map(this::withoutLink)
                .toList();
    }

    /** How one member stands. */
    String sentence(NodeId member) {
        if (member.equals(node.identity().id())) {
            return member + " is this node.";
        }
        Optional<LinkRow> link =
                node.links().stream().filter(row -> row.peer().equals(member)).findFirst();
        if (link.isEmpty()) {
            return member + " is not known to this node.";
        }
        if (link.get().phase() != LinkPhase.UP) {
            return withoutLink(link.get());
        }
        Optional<MemberRow> row =
                node.members().stream().filter(m -> m.id().equals(member)).findFirst();
        long height = row.isPresent() ? row.get().height().orElse(-1) : -1;
        if (height < 0) {
            return member + " is linked and has not said yet where it stands.";
        }
        if (height < node.tip().height()) {
            return member
                    + " answers but is catching up ("
                    + height
                    + "/"
                    + node.tip().height()
                    + ").";
        }
        return member + " is linked and at the tip.";
    }

    private String withoutLink(LinkRow link) {
        String cause = link.lastError().isEmpty() ? "" : " (" + link.lastError() + ")";
        String state =
                link.phase() == LinkPhase.REFUSED
                        ? " refuses links since "
                        : " is unreachable since ";
        return link.peer() + state + time(link.sinceAtMillis()) + cause + ".";
    }

    private String time(long atMillis) {
        DateTimeFormatter form = Math.abs(nowMillis - atMillis) < DAY_MILLIS ? TIME : DAY_AND_TIME;
        return form.format(Instant.ofEpochMilli(atMillis));
    }

    private static boolean votes(MemberRow row) {
        return row.role() == Role.VALIDATOR && row.status() == Member.Status.ACTIVE;
    }
}
