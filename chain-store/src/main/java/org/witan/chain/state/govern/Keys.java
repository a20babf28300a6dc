package org.witan.chain.state.govern;

import org.witan.chain.block.GovernanceOperation.RotateKey;
import org.witan.chain.block.Receipt.Outcome;
import org.witan.chain.block.Sender;
import org.witan.chain.change.KeyProofs;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Purpose;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.Organisation;

/** New keys for members and organisations. Source: docs/protocol/governance.md, GV9. */
final class Keys {
    private final Stage stage;
    private final NetworkId networkId;
    private final long height;

    Keys(Stage stage, NetworkId networkId, long height) {
        this.stage = stage;
        this.networkId = networkId;
        this.height = height;
    }

    /** The sender's own wish; only the key that is in force may ask, so once in a block. */
    Outcome rotate(Sender sender, int keyNumber, RotateKey operation) {
        int present =
                sender.organisation()
                        ? stage.organisation(sender.id()).map(Organisation::keyNumber).orElse(-1)
                        : stage.member(sender.id()).map(Member::keyNumber).orElse(-1);
        return present == keyNumber
                ? replace(sender, operation.key(), operation.proof())
                : Outcome.WRONG_STATE;
    }

    /** Gives a member or organisation another key, which has to prove itself. */
    Outcome replace(Sender holder, PublicKey key, Signature proof) {
        return holder.organisation()
                ? stage.organisation(holder.id())
                        .map(o -> replace(o, holder, key, proof))
                        .orElse(Outcome.NO_SUCH_MEMBER)
                : stage.member(holder.id())
                        .map(m -> replace(m, holder, key, proof))
                        .orElse(Outcome.NO_SUCH_MEMBER);
    }

    private Outcome replace(Member member, Sender holder, PublicKey key, Signature proof) {
        Member changed = member.withKey(key);
        return holds(holder, changed.keyNumber(), key, proof)
                ? new Roster(stage, height).rekeyed(changed)
                : Outcome.BAD_PROOF;
    }

    private Outcome replace(Organisation owner, Sender holder, PublicKey key, Signature proof) {
        Organisation changed = owner.withKey(key);
        if (!holds(holder, changed.keyNumber(), key, proof)) {
            return Outcome.BAD_PROOF;
        }
        if (!stage.isFree(key)) {
            return Outcome.KEY_IN_USE;
        }
        stage.take(key, holder);
        stage.put(changed);
        return Outcome.DONE;
    }

    private boolean holds(Sender holder, int number, PublicKey key, Signature proof) {
        byte[] content = KeyProofs.key(networkId, holder.toString(), number, key);
        return Ed25519.VERIFIER.verify(key, Purpose.KEY_PROOF, content, proof);
    }
}
