package org.witan.chain.state.govern;

import java.util.Optional;
import org.witan.chain.block.Receipt.Outcome;
import org.witan.chain.block.Sender;
import org.witan.chain.change.Change.AddOrganisation;
import org.witan.chain.change.Council;
import org.witan.chain.change.KeyProofs;
import org.witan.chain.state.StatePath;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Purpose;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Organisation;

/** Organisations that come and go. Source: docs/protocol/governance.md, GV1 and GV5. */
final class Seats {
    private final Stage stage;
    private final NetworkId networkId;

    Seats(Stage stage, NetworkId networkId) {
        this.stage = stage;
        this.networkId = networkId;
    }

    Outcome add(AddOrganisation add) {
        Council council = stage.council();
        boolean known =
                stage.isTaken(add.id())
                        || stage.former(add.id()).isPresent()
                        || stage.get(StatePath.formerOrganisation(add.id())).isPresent();
        if (known) {
            return Outcome.ID_IN_USE;
        }
        if (council.seats().size() == Council.MAX_SEATS) {
            return Outcome.OUT_OF_RANGE;
        }
        PublicKey key = add.governanceKey();
        byte[] content = KeyProofs.seat(networkId, add.id(), key, add.recoveryKey());
        if (!holds(key, content, add.proof())
                || !holds(add.recoveryKey(), content, add.recoveryProof())) {
            return Outcome.BAD_PROOF;
        }
        if (!stage.isFree(key) || !stage.isFree(add.recoveryKey())) {
            return Outcome.KEY_IN_USE;
        }
        Sender sender = new Sender(true, add.id());
        stage.take(key, sender);
        stage.take(add.recoveryKey(), sender);
        stage.put(new Organisation(add.id(), add.name(), 0, key, add.recoveryKey()));
        stage.put(council.withSeat(new Council.Seat(add.id(), 0)));
        return Outcome.DONE;
    }

    /** Only an organisation that answers for nobody can leave, and not the last one. */
    Outcome remove(NodeId id) {
        Council council = stage.council();
        Optional<Organisation> leaving = stage.organisation(id);
        if (leaving.isEmpty()) {
            return Outcome.NO_SUCH_MEMBER;
        }
        if (council.seats().size() == 1
                || council.seat(id).filter(seat -> seat.members() > 0).isPresent()) {
            return Outcome.WRONG_STATE;
        }
        stage.put(council.withoutSeat(id));
        stage.set(StatePath.organisation(id), Optional.empty());
        stage.put(StatePath.formerOrganisation(id), Organisation.CODEC, leaving.get());
        return Outcome.DONE;
    }

    private static boolean holds(PublicKey key, byte[] content, Signature proof) {
        return Ed25519.VERIFIER.verify(key, Purpose.SEAT_PROOF, content, proof);
    }
}
