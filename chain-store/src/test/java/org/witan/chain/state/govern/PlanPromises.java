package org.witan.chain.state.govern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.witan.chain.change.Attestation;
import org.witan.chain.change.UpgradePlan;
import org.witan.chain.change.UpgradePlan.End;
import org.witan.chain.state.StatePath;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;

/** What the rules promise of upgrade plans, checked after each block of a random history. */
final class PlanPromises {
    private final TestCouncil council;
    private final Map<Long, UpgradePlan> ended = new TreeMap<>();
    private int activated;

    PlanPromises(TestCouncil council) {
        this.council = council;
    }

    int activated() {
        return activated;
    }

    Optional<UpgradePlan> present() {
        return read(StatePath.UPGRADE, UpgradePlan.CODEC);
    }

    /** Whether the present plan is open and this member did not attest since it was approved. */
    boolean waitsFor(NodeId id) {
        long height = council.state().height() + 1;
        long since = present().filter(p -> p.isOpen(height)).map(UpgradePlan::height).orElse(-1L);
        return read(StatePath.attestation(id), Attestation.CODEC)
                .map(said -> said.recorded() <= since)
                .orElse(since >= 0);
    }

    /**
     * @param members all ids that ever were members
     */
    void check(Configuration before, Configuration now, Set<String> members) {
        Optional<UpgradePlan> plan = present();
        if (plan.isEmpty()) {
            assertThat(now.protocolLevel()).isEqualTo(before.protocolLevel());
            return;
        }
        checkEnded(plan.get());
        long height = council.state().height();
        boolean fired = plan.get().end() == End.DONE && plan.get().closed() == height;
        if (fired) {
            assertThat(height).isLessThanOrEqualTo(plan.get().release().deadline());
            members.forEach(id -> checkAttested(id, plan.get()));
            activated++;
        }
        assertThat(now.protocolLevel())
                .isEqualTo(fired ? plan.get().release().level() : before.protocolLevel());
        plan.get().holder(height).ifPresent(holder -> checkMargin(now, holder));
    }

    /** A plan that has ended stays as it is, in its place and later among the former ones. */
    private void checkEnded(UpgradePlan plan) {
        if (plan.end() != End.NONE || council.state().height() > plan.release().deadline()) {
            ended.putIfAbsent(plan.number(), plan);
        }
        ended.forEach((number, known) -> {
            UpgradePlan now =
                    number == plan.number()
                            ? plan
                            : read(StatePath.upgrade(number), UpgradePlan.CODEC).orElseThrow();
            assertThat(now).as("a plan that has ended").isEqualTo(known);
        });
    }

    private void checkAttested(String id, UpgradePlan plan) {
        Optional<Member> member = council.member(id);
        if (member.isEmpty()
                || member.get().role() == Role.CLIENT
                || member.get().status() == Member.Status.SUSPENDED) {
            return;
        }
        NodeId node = new NodeId(id);
        if (council.state().value(StatePath.invited(node)).isPresent()) {
            return;
        }
        Attestation said = read(StatePath.attestation(node), Attestation.CODEC).orElseThrow();
        assertThat(said.greatestLevel()).as(id).isGreaterThanOrEqualTo(plan.release().level());
        assertThat(said.recorded()).as(id).isGreaterThan(plan.height());
    }

    /** While one restarts, the others that have shown that they run are a quorum. */
    private void checkMargin(Configuration now, NodeId holder) {
        Set<NodeId> missing = new TreeSet<>();
        now.validators()
                .forEach(validator -> {
                    if (validator.id().equals(holder)
                            || council.state()
                                    .value(StatePath.unattested(validator.id()))
                                    .isPresent()) {
                        missing.add(validator.id());
                    }
                });
        if (now.indexOf(holder).isPresent()) {
            int spare = now.validators().size() - now.quorum().size();
            assertThat(missing).hasSizeLessThanOrEqualTo(spare);
        }
    }

    private <T> Optional<T> read(StatePath path, Codec<T> codec) {
        return council.state().value(path).map(bytes -> codec.decode(bytes).orThrow());
    }
}
