package org.witan.chain.state.govern;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.witan.chain.block.Receipt.Outcome;
import org.witan.chain.block.Sender;
import org.witan.chain.change.Council;
import org.witan.chain.change.Followers;
import org.witan.chain.state.StatePath;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.genesis.membership.Validator;

/**
 * Who the members are and which of them vote: keeps member, seat, key and validator set in step.
 *
 * <p>Source: docs/protocol/governance.md, GV5 to GV7. Each method changes the stage and says
 * whether it may stay so; if not, the stage is thrown away.
 */
final class Roster {
    private final Stage stage;
    private final long height;

    Roster(Stage stage, long height) {
        this.stage = stage;
        this.height = height;
    }

    /** A new member; its key is taken, and a validator has yet to attest. */
    Outcome join(Member member) {
        Council council = stage.council();
        Optional<Council.Seat> seat = council.seat(member.organisation());
        if (seat.isEmpty()) {
            return Outcome.NO_SUCH_MEMBER;
        }
        stage.put(council.withSeat(count(seat.get(), 1)));
        stage.set(StatePath.former(member.id()), Optional.empty());
        return rekeyed(member);
    }

    /** A member with a key that it did not have before. */
    Outcome rekeyed(Member member) {
        if (!stage.isFree(member.key())) {
            return Outcome.KEY_IN_USE;
        }
        stage.take(member.key(), Sender.member(member.id()));
        return unproven(member);
    }

    /** A member of which nobody knows whether it runs. */
    Outcome unproven(Member member) {
        if (member.role() == Role.VALIDATOR) {
            byte[] number =
                    Integer.toString(member.keyNumber()).getBytes(StandardCharsets.US_ASCII);
            stage.set(StatePath.unattested(member.id()), Optional.of(number));
        }
        return keep(member);
    }

    /** A member whose role or status changed. */
    Outcome keep(Member member) {
        stage.put(member);
        // Who came without a vote cannot hold up what is voted on: no upgrade waits for it.
        boolean invited = stage.get(StatePath.invited(member.id())).isPresent();
        Followers followers =
                stage.followers().with(member.id(), !invited && Followers.isOne(member));
        if (followers.ids().size() > Followers.MAX) {
            return Outcome.OUT_OF_RANGE;
        }
        stage.put(followers);
        return seat(member.id(), Optional.of(member).filter(Member::votes));
    }

    /** A member that leaves; its id and key stay taken. */
    Outcome leave(Member member) {
        Council council = stage.council();
        council.seat(member.organisation())
                .ifPresent(seat -> stage.put(council.withSeat(count(seat, -1))));
        stage.set(StatePath.member(member.id()), Optional.empty());
        stage.set(StatePath.unattested(member.id()), Optional.empty());
        stage.put(stage.followers().with(member.id(), false));
        stage.unbind(member.id());
        stage.put(StatePath.former(member.id()), Member.CODEC, member);
        return seat(member.id(), Optional.empty());
    }

    /** Puts a member into the validator set, as it is now, or takes it out. */
    private Outcome seat(NodeId id, Optional<Member> voter) {
        Configuration present = stage.configuration();
        List<Validator> changed = new ArrayList<>(present.validators());
        changed.removeIf(validator -> validator.id().equals(id));
        voter.ifPresent(m -> changed.add(new Validator(m.id(), m.keyNumber(), m.key())));
        int least = present.rules().minimumValidators();
        if (changed.isEmpty()
                || changed.size() < present.validators().size() && changed.size() < least) {
            return Outcome.TOO_FEW_VALIDATORS;
        }
        if (changed.size() > Configuration.MAX_VALIDATORS) {
            return Outcome.TOO_MANY_VALIDATORS;
        }
        Configuration next = new Configuration(present.protocolLevel(), present.rules(), changed);
        if (next.equals(present)) {
            return Outcome.DONE;
        }
        stage.put(next);
        return canSpare(next, stage.holder(height)) ? Outcome.DONE : Outcome.TOO_FEW_READY;
    }

    /** Whether a set is a quorum without its unattested validators and the one that restarts. */
    boolean canSpare(Configuration set, Optional<NodeId> restarting) {
        long unattested =
                set.validators().stream()
                        .map(Validator::id)
                        .filter(id ->
                                restarting.filter(id::equals).isPresent()
                                        || stage.get(StatePath.unattested(id)).isPresent())
                        .count();
        return unattested <= set.validators().size() - set.quorum().size();
    }

    private static Council.Seat count(Council.Seat seat, int more) {
        return new Council.Seat(seat.organisation(), seat.members() + more);
    }
}
