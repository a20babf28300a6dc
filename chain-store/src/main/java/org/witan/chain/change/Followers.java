package org.witan.chain.change;

import java.util.List;
import java.util.TreeSet;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;

/**
 * The members that run a node and do not vote, as the state records them under {@code
 * network/followers}; there is no value while there are none.
 *
 * <p>Wire v1: version u8, ids u16 count. Golden: {@code followers.v1.hex}.
 *
 * @param ids gateways, observers and learners that are not suspended, ascending
 */
public record Followers(List<NodeId> ids) {
    /** None. */
    public static final Followers NONE = new Followers(List.of());

    /** Most followers. */
    public static final int MAX = 4096;

    /** Most members that run a node. */
    static final int MAX_NODES = MAX + Configuration.MAX_VALIDATORS;

    /** See the type. */
    public static final Codec<Followers> CODEC =
            new Codec<>(
                    (followers, out) -> out.u8(1).list16(followers.ids, NodeId.CODEC),
                    in -> {
                        in.version(1);
                        return new Followers(in.list16(MAX, 2, NodeId.CODEC));
                    });

    /** Whether a member belongs here. */
    public static boolean isOne(Member member) {
        return member.role() != Role.CLIENT
                && member.status() != Member.Status.SUSPENDED
                && !member.votes();
    }

    /** The same with a member, or without it. */
    public Followers with(NodeId id, boolean follows) {
        TreeSet<NodeId> changed = new TreeSet<>(ids);
        if (follows) {
            changed.add(id);
        } else {
            changed.remove(id);
        }
        return new Followers(List.copyOf(changed));
    }
}
