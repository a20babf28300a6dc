package org.witan.validator.link;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;

/** Who is known to the network: id, key, role and endpoints. Immutable; replaced as a whole. */
public final class Roster {
    private final Map<NodeId, Member> members = new LinkedHashMap<>();

    /** A roster of these members; clients are left out, since they run no node. */
    public Roster(Collection<Member> known) {
        for (Member member : known) {
            if (member.role() != Role.CLIENT) {
                members.put(member.id(), member);
            }
        }
    }

    /** The founding members. */
    public static Roster of(Founding founding) {
        return new Roster(founding.members());
    }

    /** The member of this id. */
    public Optional<Member> find(NodeId id) {
        return Optional.ofNullable(members.get(id));
    }

    /** All members, in the order in which they were given. */
    public List<Member> members() {
        return List.copyOf(members.values());
    }
}
