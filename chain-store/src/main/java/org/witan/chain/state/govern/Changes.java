package org.witan.chain.state.govern;

import java.util.Optional;
import org.witan.chain.block.Receipt.Outcome;
import org.witan.chain.change.Change;
import org.witan.chain.change.Change.AddMember;
import org.witan.chain.change.Change.RemoveMember;
import org.witan.chain.change.KeyProofs;
import org.witan.chain.state.StatePath;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.crypto.Purpose;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.Member.Status;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.Role;

/**
 * What each change does. Source: docs/protocol/governance.md.
 *
 * <p>The same code checks a change when it is proposed, on a stage that is thrown away, and when it
 * is applied.
 */
final class Changes {
    private final Stage stage;
    private final NetworkId networkId;
    private final Roster roster;

    Changes(Stage stage, NetworkId networkId) {
        this.stage = stage;
        this.networkId = networkId;
        roster = new Roster(stage);
    }

    /** Does it on the stage; if it is not done, the stage is to be thrown away. */
    Outcome apply(Change change) {
        return switch (change) {
            case AddMember add -> add(add);
            case RemoveMember(var id) ->
                    stage.member(id).map(roster::leave).orElse(Outcome.NO_SUCH_MEMBER);
        };
    }

    private Outcome add(AddMember add) {
        Optional<Member> former = stage.former(add.id());
        if (stage.member(add.id()).isPresent()
                || stage.get(StatePath.organisation(add.id())).isPresent()
                || former.filter(m -> !m.organisation().equals(add.organisation())).isPresent()) {
            return Outcome.ID_IN_USE;
        }
        if (add.learner() && add.role() != Role.VALIDATOR) {
            return Outcome.WRONG_STATE;
        }
        var joining = new KeyProofs.Joining(add.id(), add.organisation(), add.role());
        byte[] proven = KeyProofs.member(networkId, joining, add.key(), add.endpoints());
        if (!Ed25519.VERIFIER.verify(add.key(), Purpose.MEMBER_PROOF, proven, add.proof())) {
            return Outcome.BAD_PROOF;
        }
        return roster.join(
                new Member(
                        add.id(),
                        add.organisation(),
                        add.role(),
                        add.learner() ? Status.LEARNER : Status.ACTIVE,
                        former.map(m -> m.keyNumber() + 1).orElse(0),
                        add.key(),
                        add.endpoints()));
    }
}
