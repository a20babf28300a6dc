package org.witan.validator.node.duty;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.witan.chain.block.Evidence;
import org.witan.chain.block.GovernanceOperation;
import org.witan.chain.block.GovernanceOperation.Attest;
import org.witan.chain.block.GovernanceOperation.ReportEvidence;
import org.witan.chain.change.Attestation;
import org.witan.chain.change.UpgradePlan;
import org.witan.chain.state.StatePath;
import org.witan.chain.state.StateReader;
import org.witan.chain.store.LedgerReader;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.ProtocolLevel;
import org.witan.genesis.membership.Role;
import org.witan.validator.api.NodeSnapshot;

/**
 * What a node owes the ledger now; empty once the ledger has it.
 *
 * @param name stable while it is owed
 * @param operation what to write
 * @param evidence whether it is about another validator, so that one report is enough
 */
record Due(String name, GovernanceOperation operation, boolean evidence) {
    /** Proofs that are looked at; of earlier epochs than the last two none can be reported. */
    private static final int MOST_PROOFS = 1000;

    /** The attestation of a member that follows the ledger, for its newest block. */
    static Optional<Due> attestation(LedgerReader ledger, NodeId self, NodeSnapshot node) {
        StateReader state = ledger.state();
        Optional<Member> member = read(state, StatePath.member(self), Member.CODEC);
        if (member.isEmpty() || !owes(state, member.get(), node)) {
            return Optional.empty();
        }
        var tip = ledger.tip();
        NodeSnapshot.Identity runs = node.identity();
        Attest said =
                new Attest(
                        tip.height(),
                        tip.hash(),
                        ProtocolLevel.FIRST,
                        runs.greatestLevel(),
                        runs.build());
        return Optional.of(new Due("attest-" + member.get().keyNumber(), said, false));
    }

    private static boolean owes(StateReader state, Member self, NodeSnapshot node) {
        boolean validator = self.role() == Role.VALIDATOR;
        if (validator && self.status() == Member.Status.LEARNER) {
            return true;
        }
        boolean takesPart = !validator || node.health().mayVote();
        if (self.role() == Role.CLIENT || self.status() != Member.Status.ACTIVE || !takesPart) {
            return false;
        }
        Optional<Attestation> last =
                read(state, StatePath.attestation(self.id()), Attestation.CODEC);
        return state.value(StatePath.unattested(self.id())).isPresent()
                || last.filter(said -> !says(said, node.identity())).isPresent()
                || isPlanOwed(state, self, last, node.identity().greatestLevel());
    }

    private static boolean says(Attestation said, NodeSnapshot.Identity runs) {
        return said.build().equals(runs.build()) && said.greatestLevel() == runs.greatestLevel();
    }

    /** Whether an open plan wants to hear from a member whose program speaks its level. */
    private static boolean isPlanOwed(
            StateReader state, Member self, Optional<Attestation> last, int greatestLevel) {
        return read(state, StatePath.UPGRADE, UpgradePlan.CODEC)
                .filter(plan -> plan.isOpen(state.height() + 1))
                .filter(plan -> plan.release().level() <= greatestLevel)
                .filter(plan ->
                        last.filter(said -> plan.isAttestedBy(said, self.keyNumber())).isEmpty())
                .isPresent();
    }

    /** The proofs against others that this node holds and the ledger takes but does not have. */
    static List<Due> reports(LedgerReader ledger, NodeId self, long epoch) {
        StateReader state = ledger.state();
        List<Due> reports = new ArrayList<>();
        for (Evidence evidence : ledger.evidence(MOST_PROOFS)) {
            long of = evidence.first().ballot().epoch();
            Optional<NodeId> signer = of + 1 < epoch ? Optional.empty() : signer(ledger, evidence);
            if (signer.isEmpty() || signer.get().equals(self)) {
                continue;
            }
            StatePath path = StatePath.evidence(signer.get(), evidence);
            if (state.value(path).isEmpty()) {
                reports.add(new Due(path.text(), new ReportEvidence(evidence), true));
            }
        }
        return reports;
    }

    private static Optional<NodeId> signer(LedgerReader ledger, Evidence evidence) {
        int index = evidence.first().signer();
        return ledger.epoch(evidence.first().ballot().epoch())
                .map(link -> link.epoch())
                .map(Epoch::configuration)
                .filter(set -> index < set.validators().size())
                .map(set -> set.validators().get(index).id());
    }

    private static <T> Optional<T> read(StateReader state, StatePath path, Codec<T> codec) {
        return state.value(path).map(bytes -> codec.decode(bytes).orThrow());
    }
}
