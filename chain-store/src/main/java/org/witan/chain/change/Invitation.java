package org.witan.chain.change;

import java.util.Optional;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Reader;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;

/**
 * An invitation as the state records it under {@code invite/<key>}, for ever.
 *
 * <p>Wire v1: version u8, then the components in their order; the newcomer as present u8 and id.
 * Golden: {@code invitation.v1.hex}. Source: docs/protocol/governance.md, GV19 to GV21.
 *
 * @param key public half of the secret
 * @param inviter the member that invited
 * @param organisation of the inviter; answers for the newcomer
 * @param role what the newcomer will do
 * @param made height of the block that recorded it
 * @param expires until when it can be redeemed, milliseconds since 1970
 * @param status what became of it
 * @param newcomer who redeemed it
 * @param closed height of the block that ended it; 0 while it is open
 */
public record Invitation(
        PublicKey key,
        NodeId inviter,
        NodeId organisation,
        Role role,
        long made,
        long expires,
        Status status,
        Optional<NodeId> newcomer,
        long closed) {
    /** Most open invitations of one member. */
    public static final int MAX_OPEN = 16;

    /** Most members that an invitation admitted. */
    public static final int MAX_ADMITTED = 4096;

    /** How far ahead it may expire, in milliseconds of the blocks' time: 30 days. */
    public static final long MAX_LIFETIME_MILLIS = 30L * 24 * 60 * 60 * 1000;

    /** See the type. */
    public static final Codec<Invitation> CODEC =
            new Codec<>(
                    (invitation, out) -> {
                        PublicKey.CODEC.write(invitation.key, out.u8(1));
                        NodeId.CODEC.write(invitation.inviter, out);
                        NodeId.CODEC.write(invitation.organisation, out);
                        Role.CODEC.write(invitation.role, out);
                        out.u63(invitation.made).u63(invitation.expires);
                        out.u8(invitation.status.ordinal());
                        out.bool(invitation.newcomer.isPresent());
                        invitation.newcomer.ifPresent(id -> NodeId.CODEC.write(id, out));
                        out.u63(invitation.closed);
                    },
                    in -> {
                        in.version(1);
                        return new Invitation(
                                PublicKey.CODEC.read(in),
                                NodeId.CODEC.read(in),
                                NodeId.CODEC.read(in),
                                Role.CODEC.read(in),
                                in.u63(),
                                in.u63(),
                                status(in),
                                in.bool() ? Optional.of(NodeId.CODEC.read(in)) : Optional.empty(),
                                in.u63());
                    });

    /** What became of an invitation; the order is its place in formats. */
    public enum Status {
        /** It can be redeemed until it expires. */
        OPEN,
        /** It admitted somebody. */
        REDEEMED,
        /** It was taken back, before or after it admitted somebody. */
        REVOKED
    }

    /** Whether it can be redeemed in a block of this time. */
    public boolean isOpen(long millis) {
        return status == Status.OPEN && millis <= expires;
    }

    /** Whether a member of this kind may invite for its role. */
    public static boolean mayInvite(Member member, Role role) {
        boolean acts = member.status() == Member.Status.ACTIVE;
        return acts
                && switch (member.role()) {
                    case VALIDATOR -> role != Role.VALIDATOR;
                    case GATEWAY -> role == Role.CLIENT || role == Role.OBSERVER;
                    case OBSERVER, CLIENT -> false;
                };
    }

    /** The same, used by this newcomer. */
    public Invitation redeemed(NodeId by, long height) {
        return closed(Status.REDEEMED, Optional.of(by), height);
    }

    /** The same, taken back. */
    public Invitation revoked(long height) {
        return closed(Status.REVOKED, newcomer, height);
    }

    private Invitation closed(Status how, Optional<NodeId> by, long height) {
        return new Invitation(key, inviter, organisation, role, made, expires, how, by, height);
    }

    private static Status status(Reader in) {
        int code = in.u8();
        if (code >= Status.values().length) {
            throw in.refuse("unknown status " + code);
        }
        return Status.values()[code];
    }
}
