package org.witan.chain.state.govern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.witan.chain.block.GovernanceOperation.Invite;
import org.witan.chain.block.GovernanceOperation.Redeem;
import org.witan.chain.block.GovernanceOperation.Revoke;
import org.witan.chain.block.Receipt.Outcome;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.chain.change.Followers;
import org.witan.chain.change.Invitation;
import org.witan.chain.change.Invitation.Status;
import org.witan.chain.state.StatePath;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;

/**
 * Invitations of a random history: who tries what, and a book of them that is kept by hand and held
 * against the state after each block (GV19 to GV21).
 */
final class GuestBook {
    private static final long DAY = 24L * 60 * 60 * 1000;

    private final TestCouncil council;
    private final Random random;
    private final List<Page> pages = new ArrayList<>();
    private final Map<String, Page> guests = new TreeMap<>();
    private int fresh;
    private int used;

    /** An invitation as it stands in the book. */
    private static final class Page {
        private final String name;
        private final SigningKey secret;
        private final PublicKey key;
        private final NodeId inviter;
        private final Role role;
        private final long expires;
        private Status status = Status.OPEN;
        private Optional<NodeId> newcomer = Optional.empty();

        private Page(String name, NodeId inviter, Invite invite) {
            this.name = name;
            secret = TestNetwork.key(name);
            key = secret.publicKey();
            this.inviter = inviter;
            role = invite.role();
            expires = invite.expires();
        }
    }

    /** What somebody hands in; {@code name} is that of the key that is new with it. */
    record Try(Transaction transaction, String name) {}

    GuestBook(TestCouncil council, long seed) {
        this.council = council;
        random = new Random(seed);
    }

    /** How often an invitation was used. */
    int used() {
        return used;
    }

    /** Whether a member is there by an invitation alone. */
    boolean isGuest(String id) {
        return council.state().value(StatePath.invited(new NodeId(id))).isPresent();
    }

    /**
     * What is tried in the next block, without what could not stand in it.
     *
     * @param member any member that may send
     */
    List<Try> tries(Sender member) {
        List<Try> all = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            switch (pages.isEmpty() ? 0 : random.nextInt(6)) {
                case 0, 1 -> all.add(invites(member));
                case 2 -> revokes(member).ifPresent(all::add);
                default -> {
                    Page page = pages.get(random.nextInt(pages.size()));
                    all.add(redeems(page));
                    if (random.nextInt(3) == 0) {
                        all.add(redeems(page));
                    }
                }
            }
        }
        all.removeIf(each -> !council.admits(each.transaction));
        return all;
    }

    private Try invites(Sender member) {
        String name = "secret " + fresh++;
        long[] ahead = {0, 2, 5, 30, DAY, 31 * DAY};
        long expires = council.millis() + 1 + ahead[random.nextInt(ahead.length)];
        Role role = Role.values()[random.nextInt(Role.values().length)];
        Invite invite = new Invite(TestNetwork.key(name).publicKey(), role, expires);
        return new Try(council.sign(member, invite), name);
    }

    private Optional<Try> revokes(Sender member) {
        Page page = pages.get(random.nextInt(pages.size()));
        Optional<Member> inviter =
                council.member(page.inviter.value())
                        .filter(m -> m.status() == Member.Status.ACTIVE);
        Optional<Sender> by =
                switch (random.nextInt(4)) {
                    case 0 -> Optional.of(member);
                    case 1 -> inviter.map(m -> new Sender(true, m.organisation()));
                    default -> inviter.map(m -> Sender.member(m.id()));
                };
        return by.map(sender -> new Try(council.sign(sender, new Revoke(page.key)), ""));
    }

    /** By somebody new; now and then under an id that is or was somebody's, or with no secret. */
    private Try redeems(Page page) {
        String name = "guest " + fresh++;
        NodeId id =
                random.nextInt(8) == 0 && !guests.isEmpty()
                        ? new NodeId(guests.keySet().iterator().next())
                        : new NodeId("g" + fresh);
        SigningKey secret = random.nextInt(12) == 0 ? TestNetwork.key("guessed") : page.secret;
        SigningKey own = TestNetwork.key(name);
        Redeem proven = Redeem.proving(council.founding().networkId(), id, secret, own.publicKey());
        Redeem redeem = new Redeem(page.key, proven.key(), proven.proof());
        return new Try(council.signAs(own, Sender.member(id), redeem), name);
    }

    /** What became of a try, in the order of the block; says which member is new by it. */
    Optional<String> learn(Try tried, Outcome outcome) {
        Sender sender = tried.transaction.intent().sender();
        if (outcome != Outcome.DONE) {
            return Optional.empty();
        }
        return switch (tried.transaction.intent().operation()) {
            case Invite invite -> {
                long ahead = invite.expires() - council.millis();
                assertThat(ahead).isBetween(1L, Invitation.MAX_LIFETIME_MILLIS);
                assertThat(invite.role()).isNotEqualTo(Role.VALIDATOR);
                pages.add(new Page(tried.name, sender.id(), invite));
                yield Optional.empty();
            }
            case Redeem redeem -> {
                redeemed(page(redeem.invitation()), sender.id());
                council.know(sender, tried.name, 0);
                yield Optional.of(sender.id().value());
            }
            case Revoke(var key) -> {
                Page page = page(key);
                assertThat(page.status).as("revoked once").isNotEqualTo(Status.REVOKED);
                page.status = Status.REVOKED;
                yield Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private void redeemed(Page page, NodeId id) {
        assertThat(page.status).as("%s is used once", page.name).isEqualTo(Status.OPEN);
        assertThat(council.millis()).isLessThanOrEqualTo(page.expires);
        assertThat(guests.put(id.value(), page)).as("%s was nobody's id", id).isNull();
        page.status = Status.REDEEMED;
        page.newcomer = Optional.of(id);
        used++;
    }

    private Page page(PublicKey key) {
        return pages.stream().filter(page -> page.key.equals(key)).findFirst().orElseThrow();
    }

    /** The state says what the book says, and guests count in nothing. */
    void check() {
        Map<NodeId, Integer> open = new TreeMap<>();
        for (Page page : pages) {
            Invitation now = read(StatePath.invitation(page.key), Invitation.CODEC).orElseThrow();
            assertThat(now.status()).as(page.name).isEqualTo(page.status);
            assertThat(now.newcomer()).as(page.name).isEqualTo(page.newcomer);
            assertThat(now.role()).isEqualTo(page.role);
            if (now.isOpen(council.millis())) {
                open.merge(now.inviter(), 1, Integer::sum);
            }
        }
        open.forEach((inviter, count) ->
                assertThat(count).as("%s", inviter).isLessThanOrEqualTo(Invitation.MAX_OPEN));
        long there = guests.keySet().stream().filter(this::isGuest).count();
        String counted = council.state().value(StatePath.INVITED).map(String::new).orElse("0");
        assertThat(counted).isEqualTo(Long.toString(there));
        guests.keySet().stream().filter(this::isGuest).forEach(this::checkGuest);
    }

    private void checkGuest(String id) {
        Page page = Objects.requireNonNull(guests.get(id));
        Member member = council.member(id).orElseThrow();
        assertThat(page.status).as("what admitted %s", id).isEqualTo(Status.REDEEMED);
        assertThat(member.role()).isEqualTo(page.role);
        assertThat(council.configuration().indexOf(member.id())).isEmpty();
        assertThat(read(StatePath.FOLLOWERS, Followers.CODEC).orElse(Followers.NONE).ids())
                .doesNotContain(member.id());
    }

    private <T> Optional<T> read(StatePath path, Codec<T> codec) {
        return council.state().value(path).map(bytes -> codec.decode(bytes).orThrow());
    }
}
