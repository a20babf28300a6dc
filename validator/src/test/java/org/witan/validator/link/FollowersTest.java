package org.witan.validator.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.validator.link.handshake.Instance;
import org.witan.validator.link.handshake.Position;

/** Members that do not vote: how one gets in, who opens, and how many there may be. */
final class FollowersTest {
    private static final byte[] INVITATION = Node.bytes("an invitation");
    private static final byte[] USED = Node.bytes("a used invitation");

    private final List<Node> nodes = new ArrayList<>();

    @AfterEach
    void close() {
        nodes.forEach(node -> node.links().close());
    }

    /** Its link is refused until the ledger has it, which is told of it by the handshake alone. */
    @Test
    void aNewcomerIsTakenToTheLedgerAndComesAgain() throws Exception {
        Node alpha = validator("alpha", 64);
        Node obs = follower("obs", alpha, INVITATION);
        assertThat(Node.await(15_000, () -> alpha.told.newcomers.contains(obs.id))).isTrue();
        assertThat(alpha.told.ups).isEmpty();
        assertThat(obs.told.ups).isEmpty();

        alpha.links().roster(new Roster(List.of(alpha.member(), obs.member())));
        assertThat(Node.await(15_000, () -> alpha.isUp(obs) && obs.isUp(alpha))).isTrue();
        assertThat(obs.links().port()).as("nobody can open to it").isZero();

        alpha.links().roster(new Roster(List.of(alpha.member())));
        assertThat(Node.await(15_000, () -> !obs.told.downs.isEmpty())).isTrue();
        assertThat(Node.await(15_000, () -> !alpha.told.downs.isEmpty())).isTrue();
        assertThat(alpha.told.downs).singleElement().asString().startsWith("4410");
        assertThat(obs.told.downs).singleElement().asString().startsWith("4410");
    }

    @Test
    void whoseInvitationIsUsedIsToldSo() throws Exception {
        Node alpha = validator("alpha", 64);
        Node obs = follower("obs", alpha, USED);
        assertThat(
                        Node.await(
                                15_000,
                                () -> told(obs).contains("4403") || told(obs).contains("was used")))
                .isTrue();
        assertThat(told(obs)).contains("knows no member obs: it was used by another?");
        assertThat(alpha.told.newcomers).isEmpty();
    }

    @Test
    void placesForFollowersAreBounded() throws Exception {
        Node alpha = validator("alpha", 1);
        Node beta = validator("beta", 64);
        Node one = follower("one", alpha, INVITATION);
        Node two = follower("two", alpha, INVITATION);
        alpha.links()
                .roster(
                        new Roster(
                                List.of(
                                        alpha.member(),
                                        beta.member(),
                                        one.member(),
                                        two.member())));
        assertThat(Node.await(15_000, () -> alpha.isUp(one) || alpha.isUp(two))).isTrue();
        Node late = alpha.isUp(one) ? two : one;
        assertThat(Node.await(15_000, () -> told(late).contains("4407"))).isTrue();
        assertThat(alpha.isUp(late)).isFalse();
        beta.links().roster(new Roster(List.of(alpha.member(), beta.member())));
        assertThat(Node.await(15_000, () -> alpha.isUp(beta)))
                .as("validators have their own")
                .isTrue();
    }

    /** A validator that was made an observer opens to the others, whatever its id. */
    @Test
    void aValidatorThatIsMadeAnObserverFollows() throws Exception {
        Node alpha = validator("alpha", 64);
        Node beta = validator("beta", 64);
        Node.introduce(List.of(alpha, beta));
        assertThat(Node.await(15_000, () -> alpha.isUp(beta) && beta.isUp(alpha))).isTrue();
        alpha.told.ups.clear();
        Member demoted = alpha.member().as(Role.OBSERVER, Member.Status.ACTIVE);
        Roster roster = new Roster(List.of(demoted, beta.member()));
        beta.links().roster(roster);
        alpha.links().roster(roster);
        assertThat(Node.await(15_000, () -> alpha.isUp(beta) && beta.isUp(alpha))).isTrue();
        assertThat(beta.links().states().getFirst().openedBy()).contains(alpha.id);
    }

    private static String told(Node node) {
        return node.links().states().isEmpty() ? "" : node.links().states().getFirst().lastError();
    }

    private Node validator(String name, int places) throws Exception {
        Node node = new Node(name, Role.VALIDATOR, Node.freePorts(1).getFirst());
        LinkSettings settings = LinkSettings.listeningOn(node.address()).takingFollowers(places);
        return started(node, settings, new Roster(List.of(node.member())), new byte[0]);
    }

    private Node follower(String name, Node of, byte[] shows) throws Exception {
        Node node = new Node(name, Role.OBSERVER, Node.freePorts(1).getFirst());
        LinkSettings settings = LinkSettings.listeningOn(node.address());
        return started(node, settings, new Roster(List.of(of.member())), shows);
    }

    private Node started(Node node, LinkSettings settings, Roster roster, byte[] shows) {
        LinkIdentity identity =
                new LinkIdentity(
                        Node.NETWORK,
                        node.id,
                        node.role,
                        node.key,
                        0,
                        new Instance(node.id.hashCode(), 1, 0),
                        "test",
                        2,
                        Optional.empty(),
                        () -> Position.GENESIS,
                        new Shown(shows));
        nodes.add(node.with(new Links(settings, identity, roster, node.told)).start());
        return node;
    }

    /** Stands for the ledger: the key of an invited node is the one of its name. */
    private record Shown(byte[] own) implements LinkIdentity.KeyProofs {
        @Override
        public Optional<PublicKey> key(NodeId id, int keyNumber, byte[] certificates) {
            return Optional.empty();
        }

        @Override
        public LinkIdentity.Newcomer newcomer(NodeId id, byte[] shown) {
            if (Arrays.equals(shown, USED)) {
                // A line feed: what a stranger says is shown as one line.
                return new LinkIdentity.Newcomer(Optional.empty(), "it was used by another\n");
            }
            return new LinkIdentity.Newcomer(Optional.of(Node.keyOf(id.value()).publicKey()), "");
        }
    }
}
