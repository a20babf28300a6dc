package org.witan.validator.sim.oracle;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.GovernanceOperation;
import org.witan.chain.block.GovernanceOperation.Invite;
import org.witan.chain.block.GovernanceOperation.Redeem;
import org.witan.chain.block.GovernanceOperation.Revoke;
import org.witan.chain.block.Intent;
import org.witan.chain.block.Receipt.Outcome;
import org.witan.chain.change.Invitation;
import org.witan.chain.change.Invitation.Status;
import org.witan.chain.state.StatePath;
import org.witan.chain.state.StateReader;
import org.witan.chain.store.LedgerReader;
import org.witan.chain.store.StateItem;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;

/** Invitations kept in a plain map, by rules written down a second time (P9). */
final class GuestLedger {
    private final Map<PublicKey, Page> pages = new HashMap<>();
    private final Set<NodeId> guests = new HashSet<>();

    /** Redemptions that the block at hand did not do, and had to if the inviter still may. */
    private final Map<PublicKey, Page> due = new LinkedHashMap<>();

    private final Set<PublicKey> touched = new HashSet<>();

    private record Page(
            NodeId inviter, Role role, long expires, Status status, Optional<NodeId> newcomer) {
        Page as(Status next, Optional<NodeId> by) {
            return new Page(inviter, role, expires, next, by);
        }
    }

    /** How many were let in. */
    int guests() {
        return guests.size();
    }

    /** What a transaction came to. */
    void apply(BlockHeader block, Intent intent, GovernanceOperation operation, Outcome outcome) {
        boolean done = outcome == Outcome.DONE;
        switch (operation) {
            case Invite invite -> {
                if (done) {
                    Page page =
                            new Page(
                                    intent.sender().id(),
                                    invite.role(),
                                    invite.expires(),
                                    Status.OPEN,
                                    Optional.empty());
                    Promise.P9.holds(
                            pages.put(invite.invitation(), page) == null,
                            "an invitation was made twice, height %d",
                            block.height());
                }
            }
            case Redeem redeem -> redeem(block, intent.sender().id(), redeem.invitation(), outcome);
            case Revoke revoke -> {
                if (done) {
                    Page page = page(revoke.invitation(), block);
                    replace(revoke.invitation(), page.as(Status.REVOKED, page.newcomer));
                }
            }
            default -> {}
        }
    }

    private void redeem(BlockHeader block, NodeId id, PublicKey key, Outcome outcome) {
        Page page = page(key, block);
        boolean open = page.status == Status.OPEN && block.timestampMillis() <= page.expires;
        if (outcome != Outcome.DONE) {
            if (open && !guests.contains(id)) {
                due.put(key, page);
            }
            return;
        }
        Promise.P9.holds(
                open && guests.add(id),
                "%s was let in at height %d by an invitation that is %s",
                id,
                block.height(),
                page);
        replace(key, page.as(Status.REDEEMED, Optional.of(id)));
    }

    private Page page(PublicKey key, BlockHeader block) {
        Page page = pages.get(key);
        if (page == null) {
            throw new AssertionError(
                    Promise.P9.says("nobody made the invitation used at %d", block.height()));
        }
        return page;
    }

    private void replace(PublicKey key, Page page) {
        pages.put(key, page);
        touched.add(key);
    }

    /** Compares what the block touched with the state after it. */
    void compare(long height, StateReader after) {
        for (PublicKey key : touched) {
            Page page = Objects.requireNonNull(pages.get(key));
            Invitation there =
                    Invitation.CODEC
                            .decode(after.value(StatePath.invitation(key)).orElseThrow())
                            .orThrow();
            Promise.P9.holds(
                    there.status() == page.status && there.newcomer().equals(page.newcomer),
                    "invitation %s after height %d, by hand %s",
                    there,
                    height,
                    page);
            there.newcomer()
                    .ifPresent(id -> {
                        boolean in = member(after, id).isPresent();
                        Promise.P9.holds(
                                in == (there.status() == Status.REDEEMED),
                                "%s is%s there after height %d",
                                id,
                                in ? "" : " not",
                                height);
                    });
        }
        due.forEach((key, page) -> {
            boolean mayStill =
                    member(after, page.inviter)
                            .filter(inviter -> Invitation.mayInvite(inviter, page.role))
                            .isPresent();
            Promise.P9.holds(
                    !mayStill || touched.contains(key),
                    "an open invitation let nobody in at height %d",
                    height);
        });
        touched.clear();
        due.clear();
    }

    /** Compares all invitations of a ledger that has every block. */
    void compare(LedgerReader ledger) {
        int count = 0;
        for (StateItem item : Disk.all(ledger, StatePath.INVITATIONS)) {
            Invitation there = Invitation.CODEC.decode(item.value()).orThrow();
            long same =
                    pages.entrySet().stream()
                            .filter(page -> StatePath.invitation(page.getKey()).equals(item.path()))
                            .filter(page -> page.getValue().status == there.status())
                            .filter(page -> page.getValue().newcomer.equals(there.newcomer()))
                            .count();
            Promise.P9.holds(same == 1, "%s on a disk is not as by hand: %s", item.path(), there);
            count++;
        }
        Promise.P9.holds(
                count == pages.size(), "%d of %d invitations on a disk", count, pages.size());
    }

    private static Optional<Member> member(StateReader after, NodeId id) {
        return after.value(StatePath.member(id)).map(bytes -> Member.CODEC.decode(bytes).orThrow());
    }
}
