package org.witan.validator.node.epoch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.witan.catchup.sync.Position;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.proof.Checkpoint;
import org.witan.chain.store.EpochLink;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.Role;
import org.witan.genesis.membership.Validator;
import org.witan.validator.link.Roster;

/**
 * Validators of a later epoch that this node's operator vouches for, by a checkpoint: with them it
 * finds somebody to catch up from where nobody is left whom its own ledger knows. It is nothing any
 * more once the ledger stands there.
 *
 * @param newest how the checkpoint's epoch began; of a checkpoint that was verified from the
 *     genesis on
 */
public record Foreknown(Optional<EpochLink> newest) {
    /** What somebody knows who has nothing but a ledger. */
    public static final Foreknown NOTHING = new Foreknown(Optional.empty());

    /** What a checkpoint tells, which was verified. */
    public static Foreknown of(Optional<Checkpoint> verified) {
        return new Foreknown(verified.map(known -> known.links().getLast()));
    }

    /** Where the epoch begins, if that is beyond this one. */
    Optional<Position> beyond(long epoch) {
        return newest.filter(link -> link.number() > epoch)
                .map(link -> new Position(link.boundary(), link.boundaryHash(), link.epoch()));
    }

    /**
     * Everybody that links exist with: members of the ledger, as they are there, and validators of
     * the later epoch that are strange to it.
     *
     * @param tip of the ledger
     */
    public Roster roster(LedgerMembers members, BlockHeader tip) {
        List<Member> known = new ArrayList<>(members.members());
        long next = tip.isBoundary() ? tip.epoch() + 1 : tip.epoch();
        newest.filter(link -> link.number() > next).stream()
                .flatMap(link -> link.configuration().validators().stream())
                .filter(validator -> members.find(validator.id()).isEmpty())
                .forEach(validator -> known.add(member(validator)));
        return new Roster(known);
    }

    /** Links ask for no more than who it is; nobody says yet whose it is, or where. */
    private static Member member(Validator validator) {
        return new Member(
                validator.id(),
                validator.id(),
                Role.VALIDATOR,
                Member.Status.ACTIVE,
                validator.keyNumber(),
                validator.key(),
                List.of());
    }
}
