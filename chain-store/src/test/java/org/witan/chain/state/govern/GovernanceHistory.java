package org.witan.chain.state.govern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.witan.chain.block.GovernanceOperation;
import org.witan.chain.block.GovernanceOperation.Approve;
import org.witan.chain.block.GovernanceOperation.Attest;
import org.witan.chain.block.GovernanceOperation.Permit;
import org.witan.chain.block.GovernanceOperation.Propose;
import org.witan.chain.block.GovernanceOperation.Report;
import org.witan.chain.block.GovernanceOperation.RotateKey;
import org.witan.chain.block.GovernanceOperation.Withdraw;
import org.witan.chain.block.Receipt;
import org.witan.chain.block.Receipt.Outcome;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.chain.change.Change;
import org.witan.chain.change.Change.AbortUpgrade;
import org.witan.chain.change.Change.FinaliseUpgrade;
import org.witan.chain.change.Change.PlanUpgrade;
import org.witan.chain.change.Council;
import org.witan.chain.change.Proposal;
import org.witan.chain.change.Proposal.Status;
import org.witan.chain.change.UpgradePlan;
import org.witan.chain.change.UpgradePlan.Result;
import org.witan.chain.state.Execution.Executed;
import org.witan.chain.state.StatePath;
import org.witan.chain.state.StateReader;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Quorum;
import org.witan.genesis.membership.Role;
import org.witan.genesis.membership.Rules;

/** One random history, block by block, with its promises checked after each. */
final class GovernanceHistory {
    private static final int LIFETIME = 16;

    private final Random random;
    private final TestCouncil council;
    private final TreeSet<String> members = new TreeSet<>();
    private final Map<Long, Proposal> closed = new TreeMap<>();
    private final PlanPromises plans;
    private final GuestBook guests;
    private int fresh;
    private int applied;
    private int refused;

    GovernanceHistory(long seed) {
        random = new Random(seed);
        int validators = 4 + random.nextInt(4);
        int least = random.nextInt(4) == 0 ? 1 : 4;
        Rules rules = new Rules(100, 1 << 20, 4096, 20, 60, 1 << 16, LIFETIME, least);
        council = new TestCouncil(1 + random.nextInt(7), validators, rules);
        plans = new PlanPromises(council);
        guests = new GuestBook(council, seed + 1);
        for (int i = 1; i <= validators; i++) {
            members.add("v" + i);
        }
    }

    /** Whatever happened, a quorum of organisations can still decide. */
    void decideOnceMore() {
        for (int i = 0; i <= LIFETIME; i++) {
            council.block();
        }
        Receipt proposed = council.propose(1, council.add("last", 1, Role.OBSERVER, false));
        for (int i = 2; i <= new Quorum(seats()).size(); i++) {
            assertThat(council.approve(i, proposed.version()).outcome()).isEqualTo(Outcome.DONE);
        }
        assertThat(council.member("last")).isPresent();
    }

    int applied() {
        return applied;
    }

    /** How many upgrade plans were finalised. */
    int finalised() {
        return plans.activated();
    }

    /** How often an invitation was used. */
    int redeemed() {
        return guests.used();
    }

    /** Plants a mistake into execution. */
    GovernanceHistory seeing(UnaryOperator<StateReader> view) {
        council.seeing(view);
        return this;
    }

    int refused() {
        return refused;
    }

    /** A block of up to three operations. */
    void step() {
        StateReader before = council.state();
        List<Wish> wishes = new ArrayList<>();
        List<Transaction> transactions = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Wish wish = wish();
            wishes.add(wish);
            transactions.add(council.sign(wish.sender, wish.operation));
        }
        List<GuestBook.Try> tries = guests.tries(Sender.member(new NodeId(anyUnsuspended())));
        tries.forEach(each -> transactions.add(each.transaction()));
        Executed executed = council.block(transactions.toArray(Transaction[]::new));
        for (int i = 0; i < wishes.size(); i++) {
            learn(wishes.get(i), executed.receipts().get(i));
        }
        for (int i = 0; i < tries.size(); i++) {
            Outcome outcome = executed.receipts().get(wishes.size() + i).outcome();
            guests.learn(tries.get(i), outcome).ifPresent(members::add);
        }
        boolean nothingDone =
                executed.receipts().stream().noneMatch(r -> r.outcome() == Outcome.DONE);
        if (nothingDone) {
            assertThat(executed.after().changes().keySet())
                    .allMatch(path -> path.text().startsWith("window/"));
        }
        checkConfiguration(before.configuration(), executed.next());
        checkProposals();
        checkSeats();
        guests.check();
        plans.check(before.configuration(), executed.next(), members);
    }

    /** What somebody tries; {@code name} is that of the new key of a rotation. */
    private record Wish(Sender sender, GovernanceOperation operation, String name) {}

    private Wish wish() {
        Sender organisation = TestCouncil.organisation(1 + random.nextInt(seats()));
        Sender member = Sender.member(new NodeId(anyUnsuspended()));
        Sender by = random.nextInt(20) == 0 ? member : organisation;
        long number = Math.max(1, council.council().nextChange() - 1 - random.nextInt(8) / 7);
        return switch (random.nextInt(19)) {
            case 0, 1, 2 -> new Wish(by, new Propose(change(), "", random.nextBoolean()), "");
            case 3, 4, 5, 6, 7 -> new Wish(by, approval(number), "");
            case 8 -> new Wish(by, new Withdraw(number), "");
            case 9 -> new Wish(member, new Attest(0, Hash.NONE, 1, 1, "x"), "");
            case 10, 11, 12 -> new Wish(member, upgrading(), "");
            case 13, 14, 15, 16, 17 -> new Wish(silent().orElse(member), attestation(), "");
            default -> {
                String name = "fresh " + fresh++;
                yield new Wish(member, council.rotation(member, name), name);
            }
        };
    }

    /** What a member says of an upgrade. */
    private GovernanceOperation upgrading() {
        long plan = plans.present().map(UpgradePlan::number).orElse(1L);
        return switch (random.nextInt(4)) {
            case 0 -> new Report(plan, Result.values()[random.nextInt(3)]);
            case 1 -> attestation();
            default -> new Permit(plan, random.nextInt(3));
        };
    }

    private Attest attestation() {
        int level = plans.present().map(p -> p.release().level()).orElse(1);
        return new Attest(council.state().height(), Hash.NONE, 1, level, "x");
    }

    /** A member whose attestation the present plan waits for. */
    private Optional<Sender> silent() {
        return members.stream()
                .filter(id ->
                        council.member(id)
                                .filter(m -> m.status() != Member.Status.SUSPENDED)
                                .isPresent())
                .filter(id -> !guests.isGuest(id))
                .map(NodeId::new)
                .filter(id -> plans.waitsFor(id))
                .map(Sender::member)
                .findFirst();
    }

    private Change upgrade() {
        long plan = plans.present().map(UpgradePlan::number).orElse(1L);
        int level = council.configuration().protocolLevel() + random.nextInt(2);
        long height = council.state().height() + 1;
        long deadline = height + 30 + random.nextInt(90);
        boolean open = plans.present().filter(p -> p.isOpen(height)).isPresent();
        return switch (random.nextInt(16)) {
            case 0 -> new AbortUpgrade(plan);
            case 1, 2, 3 -> new FinaliseUpgrade(plan);
            default ->
                    open
                            ? new FinaliseUpgrade(plan)
                            : new PlanUpgrade(level, "next.tar.gz", Hash.NONE, deadline);
        };
    }

    private GovernanceOperation approval(long number) {
        return council.proposal(number).isPresent() && random.nextInt(20) > 0
                ? council.approval(number)
                : new Approve(number, new Change.RemoveMember(new NodeId("x")).hash());
    }

    private Change change() {
        NodeId known = new NodeId(anyMember());
        switch (random.nextInt(12)) {
            case 8, 9, 10, 11 -> {
                return upgrade();
            }
            case 0 -> {
                return new Change.RemoveMember(known);
            }
            case 1 -> {
                return new Change.Suspend(known);
            }
            case 2 -> {
                return new Change.Resume(known);
            }
            case 3 -> {
                Role role = Role.values()[random.nextInt(3)];
                return new Change.SetRole(known, role);
            }
            case 4 -> {
                return new Change.Cancel(Math.max(1, council.council().nextChange() - 1));
            }
            default -> {
                return newcomer();
            }
        }
    }

    private Change newcomer() {
        Role role = random.nextInt(6) == 0 ? Role.OBSERVER : Role.VALIDATOR;
        boolean learner = random.nextInt(6) == 0;
        return council.add("m" + fresh++, 1 + random.nextInt(seats()), role, learner);
    }

    private String anyMember() {
        List<String> known = members.stream().filter(id -> council.member(id).isPresent()).toList();
        return known.get(random.nextInt(known.size()));
    }

    /** A suspended member's transaction may not even stand in a block. */
    private String anyUnsuspended() {
        List<String> known =
                members.stream()
                        .filter(id ->
                                council.member(id)
                                        .filter(m -> m.status() != Member.Status.SUSPENDED)
                                        .isPresent())
                        .toList();
        return known.get(random.nextInt(known.size()));
    }

    private int seats() {
        return council.founding().organisations().size();
    }

    private void learn(Wish wish, Receipt receipt) {
        if (receipt.outcome() != Outcome.DONE) {
            refused++;
            return;
        }
        if (wish.operation instanceof RotateKey) {
            council.know(wish.sender, wish.name, council.keyNumber(wish.sender) + 1);
        }
    }

    private void checkConfiguration(Configuration before, Configuration now) {
        int size = now.validators().size();
        int least = Math.min(before.validators().size(), now.rules().minimumValidators());
        assertThat(size).isBetween(Math.max(1, least), Configuration.MAX_VALIDATORS);
        if (!now.equals(before)) {
            long unseen =
                    now.validators().stream()
                            .filter(v -> read(StatePath.unattested(v.id())))
                            .count();
            assertThat(unseen).isLessThanOrEqualTo(size - now.quorum().size());
        }
        now.validators()
                .forEach(validator -> {
                    Member member = council.member(validator.id().value()).orElseThrow();
                    assertThat(member.votes()).isTrue();
                    assertThat(member.key()).isEqualTo(validator.key());
                    assertThat(member.keyNumber()).isEqualTo(validator.keyNumber());
                });
        for (String id : members) {
            boolean votes = council.member(id).filter(Member::votes).isPresent();
            assertThat(now.indexOf(new NodeId(id)).isPresent()).as(id).isEqualTo(votes);
        }
    }

    /** Each organisation's seat counts its members. */
    private void checkSeats() {
        for (Council.Seat seat : council.council().seats()) {
            long here =
                    members.stream()
                            .flatMap(id -> council.member(id).stream())
                            .filter(m -> m.organisation().equals(seat.organisation()))
                            .count();
            assertThat(here).as("%s", seat).isEqualTo(seat.members());
        }
    }

    private boolean read(StatePath path) {
        return council.state().value(path).isPresent();
    }

    private void checkProposals() {
        long height = council.state().height();
        int open = 0;
        for (long n = 1; n < council.council().nextChange(); n++) {
            Proposal proposal = council.proposal(n).orElseThrow();
            Proposal known = closed.get(n);
            if (known != null) {
                assertThat(proposal).as("a closed change stays as it is").isEqualTo(known);
                continue;
            }
            open += proposal.isOpen(height) && proposal.change().isMembership() ? 1 : 0;
            if (proposal.status() != Status.OPEN) {
                ended(proposal, height);
            } else if (height > proposal.expires()) {
                closed.put(n, proposal);
            }
        }
        assertThat(open).as("open changes of the membership").isLessThanOrEqualTo(1);
    }

    private void ended(Proposal proposal, long height) {
        closed.put(proposal.number(), proposal);
        assertThat(proposal.closed()).isEqualTo(height).isLessThanOrEqualTo(proposal.expires());
        if (proposal.status() == Status.APPLIED) {
            applied++;
            assertThat(proposal.approvals())
                    .hasSizeGreaterThanOrEqualTo(new Quorum(seats()).size())
                    .doesNotHaveDuplicates();
            if (proposal.change() instanceof Change.AddMember add) {
                members.add(add.id().value());
            }
        }
    }
}
