package org.witan.validator.sim.course;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.witan.chain.block.GovernanceOperation.Invite;
import org.witan.chain.block.GovernanceOperation.Redeem;
import org.witan.chain.block.GovernanceOperation.Revoke;
import org.witan.chain.block.Sender;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.validator.sim.world.Cluster;
import org.witan.validator.sim.world.SimNode;

/**
 * Members that invite, and newcomers that redeem, each at any node: in time or late, after somebody
 * else did, at two nodes at once, after it was taken back. They run no nodes.
 */
final class SimGuests {
    private static final int BEAT_MILLIS = 150;
    private static final int LONGEST_MILLIS = 8_000;

    private final Cluster cluster;
    private final SplittableRandom random;
    private final List<Given> given = new ArrayList<>();
    private int fresh;

    /** An invitation that was handed in; whether the ledger has it is for the ledger to say. */
    private record Given(Signer secret, NodeId inviter) {}

    SimGuests(Cluster cluster, SplittableRandom random) {
        this.cluster = cluster;
        this.random = random;
    }

    /** Works until {@code untilMillis}. */
    void work(long untilMillis) {
        cluster.at(
                BEAT_MILLIS,
                () -> {
                    any().ifPresent(this::act);
                    if (cluster.nowMillis() < untilMillis) {
                        work(untilMillis);
                    }
                });
    }

    private Optional<SimNode> any() {
        List<SimNode> up = cluster.nodes.stream().filter(SimNode::isUp).toList();
        return up.isEmpty() ? Optional.empty() : Optional.of(up.get(random.nextInt(up.size())));
    }

    private void act(SimNode at) {
        int what = given.isEmpty() ? 0 : random.nextInt(6);
        if (what < 2) {
            invite(at);
            return;
        }
        Given invitation = given.get(random.nextInt(given.size()));
        if (what == 2) {
            revoke(at, invitation);
            return;
        }
        redeem(at, invitation);
        if (random.nextInt(3) == 0) {
            any().ifPresent(other -> redeem(other, invitation));
        }
    }

    private void invite(SimNode at) {
        List<Member> members = at.members().members();
        Member inviter = members.get(random.nextInt(members.size()));
        Signer secret = cluster.keys().later("secret " + fresh++);
        Role role = List.of(Role.GATEWAY, Role.OBSERVER, Role.CLIENT).get(random.nextInt(3));
        long expires =
                at.store.tip().header().timestampMillis() + 1 + random.nextInt(LONGEST_MILLIS);
        Invite invite = new Invite(secret.publicKey(), role, expires);
        given.add(new Given(secret, inviter.id()));
        cluster.submit(at, cluster.clients().sign(at, inviter, invite));
    }

    private void revoke(SimNode at, Given invitation) {
        at.members()
                .find(invitation.inviter)
                .ifPresent(inviter -> {
                    Revoke revoke = new Revoke(invitation.secret.publicKey());
                    cluster.submit(at, cluster.clients().sign(at, inviter, revoke));
                });
    }

    private void redeem(SimNode at, Given invitation) {
        NodeId id = new NodeId("guest-" + fresh++);
        Signer own = cluster.keys().later(id.value());
        Redeem redeem =
                Redeem.proving(
                        cluster.founding().networkId(), id, invitation.secret, own.publicKey());
        cluster.submit(at, cluster.clients().sign(at, Sender.member(id), own.publicKey(), redeem));
    }
}
