package org.witan.chain.state.govern;

import java.util.List;
import java.util.Optional;
import org.witan.chain.block.Evidence;
import org.witan.chain.block.GovernanceOperation.Attest;
import org.witan.chain.block.Intent;
import org.witan.chain.block.Receipt.Outcome;
import org.witan.chain.change.Attestation;
import org.witan.chain.state.StatePath;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.Member.Status;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;

/**
 * What members say of themselves, and of each other. Source: docs/protocol/governance.md, GV10 to
 * GV12.
 */
final class Words {
    private final Stage stage;
    private final long height;

    Words(Stage stage, long height) {
        this.stage = stage;
        this.height = height;
    }

    Outcome setEndpoints(Member member, List<Endpoint> endpoints) {
        return new Roster(stage, height).keep(member.withEndpoints(endpoints));
    }

    /** A learner votes from its first attestation on. */
    Outcome attest(Member member, int keyNumber, Attest said) {
        if (member.keyNumber() != keyNumber) {
            return Outcome.WRONG_STATE;
        }
        if (said.height() >= height
                || height - said.height() > Intent.MAX_LIFETIME_BLOCKS
                || said.leastLevel() > said.greatestLevel()) {
            return Outcome.OUT_OF_RANGE;
        }
        stage.set(StatePath.unattested(member.id()), Optional.empty());
        stage.put(
                StatePath.attestation(member.id()),
                Attestation.CODEC,
                new Attestation(
                        keyNumber,
                        said.height(),
                        said.block(),
                        said.leastLevel(),
                        said.greatestLevel(),
                        said.build(),
                        height));
        return member.status() == Status.LEARNER
                ? new Roster(stage, height).keep(member.as(Role.VALIDATOR, Status.ACTIVE))
                : Outcome.DONE;
    }

    /** Two votes that contradict each other, of the epoch in force or the one before it. */
    Outcome accuse(Evidence evidence, Configuration inForce, NetworkId networkId) {
        Optional<Configuration> before =
                stage.read(StatePath.PREVIOUS_CONFIGURATION, Configuration.CODEC);
        for (Configuration set : List.of(inForce, before.orElse(inForce))) {
            Epoch epoch = Epoch.of(evidence.first().ballot().epoch(), set);
            if (evidence.convicts(epoch, networkId, Ed25519.VERIFIER)) {
                return record(set.validators().get(evidence.first().signer()).id(), evidence);
            }
        }
        return Outcome.BAD_PROOF;
    }

    private Outcome record(NodeId signer, Evidence evidence) {
        StatePath path = StatePath.evidence(signer, evidence);
        if (stage.get(path).isPresent()) {
            return Outcome.WRONG_STATE;
        }
        stage.put(path, Evidence.CODEC, evidence);
        return Outcome.DONE;
    }
}
