package org.witan.genesis.membership;

import java.util.List;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Reader;
import org.witan.genesis.crypto.PublicKey;

/**
 * A member as the network state records it under {@code member/<id>}.
 *
 * <p>Wire v1: version u8, id, organisation, role u8, status u8, key number u31, key 32, endpoints
 * u16 count. Golden: {@code member.v1.hex}.
 *
 * @param id the member
 * @param organisation who answers for it
 * @param role what it does
 * @param status whether it takes part
 * @param keyNumber how often its key was replaced, from 0
 * @param key its node key
 * @param endpoints where it can be dialled, at most 4, in order of preference
 */
public record Member(
        NodeId id,
        NodeId organisation,
        Role role,
        Status status,
        int keyNumber,
        PublicKey key,
        List<Endpoint> endpoints) {
    /** Most endpoints of one member. */
    public static final int MAX_ENDPOINTS = 4;

    /** See the type. */
    public static final Codec<Member> CODEC =
            new Codec<>(
                    (member, out) -> {
                        out.u8(1);
                        NodeId.CODEC.write(member.id, out);
                        NodeId.CODEC.write(member.organisation, out);
                        Role.CODEC.write(member.role, out);
                        out.u8(member.status.ordinal());
                        out.u31(member.keyNumber);
                        PublicKey.CODEC.write(member.key, out);
                        out.list16(member.endpoints, Endpoint.CODEC);
                    },
                    in -> {
                        in.version(1);
                        return new Member(
                                NodeId.CODEC.read(in),
                                NodeId.CODEC.read(in),
                                Role.CODEC.read(in),
                                status(in),
                                in.u31(),
                                PublicKey.CODEC.read(in),
                                in.list16(MAX_ENDPOINTS, 2, Endpoint.CODEC));
                    });

    /** Whether a member takes part. The order is its place in formats. */
    public enum Status {
        /** Takes part in its role. */
        ACTIVE,
        /** Follows and attests, does not vote yet. */
        LEARNER,
        /** Keeps its place, does not vote. */
        SUSPENDED
    }

    /** Whether it is of the validator set. */
    public boolean votes() {
        return role == Role.VALIDATOR && status == Status.ACTIVE;
    }

    /** The same member with another role and status. */
    public Member as(Role newRole, Status newStatus) {
        return new Member(id, organisation, newRole, newStatus, keyNumber, key, endpoints);
    }

    /** The same member with its next key. */
    public Member withKey(PublicKey newKey) {
        return new Member(id, organisation, role, status, keyNumber + 1, newKey, endpoints);
    }

    /** The same member at other endpoints. */
    public Member withEndpoints(List<Endpoint> newEndpoints) {
        return new Member(id, organisation, role, status, keyNumber, key, newEndpoints);
    }

    private static Status status(Reader in) {
        int code = in.u8();
        if (code >= Status.values().length) {
            throw in.refuse("unknown status " + code);
        }
        return Status.values()[code];
    }
}
