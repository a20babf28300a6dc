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

/**
 * Who is known to the network: id, key, role and endpoints, and the least protocol that they speak.
 * Immutable; replaced as a whole.
 */
public final class Roster {
    private final Map<NodeId, Member> members = new LinkedHashMap<>();

    private final int leastProtocol;

    /** A roster of these members; clients are left out, since they run no node. */
    public Roster(Collection<Member> known) {
        this(known, 1);
    }

    /**
     * The same where links of lower versions end with 4412.
     *
     * @param leastProtocol lowest version of the link protocol that the ledger allows
     */
    public Roster(Collection<Member> known, int leastProtocol) {
        this.leastProtocol = leastProtocol;
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

    /** Lowest version of the link protocol that the ledger allows, from 1. */
    public int leastProtocol() {
        return leastProtocol;
    }

    /** Whether both name the same members with the same roles and keys. */
    boolean isSameSet(Roster other) {
        return keys().equals(other.keys());
    }

    private Map<NodeId, Object> keys() {
        Map<NodeId, Object> keys = new LinkedHashMap<>();
        members.forEach((id, member) -> keys.put(id, List.of(member.key(), member.role())));
        return keys;
    }

    /** All members, in the order in which they were given. */
    public List<Member> members() {
        return List.copyOf(members.values());
    }
}
