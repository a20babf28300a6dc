package org.witan.validator.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.link.handshake.Instance;
import org.witan.validator.link.handshake.Position;

/** What the ledger may change about links that exist: set, keys, least version. */
class RosterChangeTest {
    private static final byte[] PROOF = Node.bytes("epochs");

    private static boolean linked(Node one, Node other) {
        return Node.await(10_000, () -> one.isUp(other) && other.isUp(one));
    }

    private static long replacements(Node node) {
        return node.told.events.stream()
                .filter(event -> event.kind() == LinkEvent.Kind.REPLACED)
                .count();
    }

    /** A third member comes: the link of the two others gets fresh keys, and nobody sees a gap. */
    @Test
    void aNewSetRenewsLinksWithoutAGap() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta", "gamma");
        Node alpha = nodes.get(0);
        Node beta = nodes.get(1);
        Roster two = new Roster(List.of(alpha.member(), beta.member()));
        Roster three = new Roster(nodes.stream().map(Node::member).toList());
        try (alpha;
                beta) {
            alpha.links().roster(two);
            beta.links().roster(two);
            alpha.start();
            beta.start();
            assertThat(linked(alpha, beta)).isTrue();
            alpha.links().roster(three);
            beta.links().roster(three);
            int sent = 0;
            while (replacements(alpha) == 0 && sent < 200_000) {
                assertThat(beta.links().send(alpha.id, Traffic.VOTE, Node.bytes("n" + sent)))
                        .isTrue();
                assertThat(alpha.told.next()).isEqualTo("n" + sent);
                sent++;
            }
            assertThat(replacements(alpha)).isPositive();
            assertThat(alpha.told.downs).isEmpty();
            assertThat(beta.told.downs).isEmpty();
        } finally {
            nodes.get(2).close();
        }
    }

    /** Beta goes on with its old key: it hears what was said before, and is heard no more. */
    @Test
    void aChangedKeyEndsTheLinkOfTheOldOneBehindWhatWasSaid() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        try (Node alpha = nodes.get(0).start();
                Node beta = nodes.get(1).start()) {
            Member rotated = numbered(beta.member(Node.keyOf("beta's second")), 1);
            requireEnd(alpha, beta, new Roster(List.of(alpha.member(), rotated)), "4406");
            assertThat(Node.await(5_000, () -> refusals(alpha, 4406))).isTrue();
            assertThat(alpha.told.messages).isEmpty();
        }
    }

    /** The same for whom the ledger removed. */
    @Test
    void aRemovalEndsTheLinkBehindWhatWasSaid() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        try (Node alpha = nodes.get(0).start();
                Node beta = nodes.get(1).start()) {
            requireEnd(alpha, beta, new Roster(List.of(alpha.member())), "4410");
            assertThat(alpha.told.messages).isEmpty();
        }
    }

    /** The second one's link ends by a new roster, behind all that it was told before. */
    private static void requireEnd(Node one, Node other, Roster newer, String code)
            throws InterruptedException {
        assertThat(linked(one, other)).isTrue();
        int said = sayUntilFull(one, other);
        one.links().roster(newer);
        requireSilence(one, other);
        other.told.stalls.release();
        assertThat(Node.await(10_000, () -> !other.told.downs.isEmpty())).isTrue();
        assertThat(other.told.messages).hasSize(said);
        assertThat(other.told.downs.peek()).contains(code);
    }

    /** Makes the other one read nothing, and fills what waits for it; answers how many messages. */
    private static int sayUntilFull(Node speaker, Node listener) throws InterruptedException {
        listener.told.stalls.acquire();
        int said = 0;
        while (speaker.links().send(listener.id, Traffic.CATCHUP, new byte[64 << 10])) {
            said++;
        }
        return said;
    }

    /** The link is still there, and nothing goes over it in either direction. */
    private static void requireSilence(Node one, Node other) {
        assertThat(other.links().send(one.id, Traffic.VOTE, Node.bytes("vote"))).isTrue();
        assertThat(other.links().send(one.id, Traffic.CATCHUP, Node.bytes("range"))).isTrue();
        assertThat(one.links().send(other.id, Traffic.VOTE, new byte[1])).isFalse();
        assertThat(one.links().send(other.id, Traffic.STATUS, new byte[1])).isFalse();
    }

    private static boolean refusals(Node node, int code) {
        return node.told.events.stream().anyMatch(event -> event.code() == code);
    }

    private static Member numbered(Member member, int keyNumber) {
        return new Member(
                member.id(),
                member.organisation(),
                member.role(),
                member.status(),
                keyNumber,
                member.key(),
                member.endpoints());
    }

    /** Both speak version 1; the ledger now asks for 2. */
    @Test
    void aVersionBelowTheLeastIsTurnedAwayUnderTheKey() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        try (Node alpha = nodes.get(0).start();
                Node beta = nodes.get(1).start()) {
            assertThat(linked(alpha, beta)).isTrue();
            List<Member> members = nodes.stream().map(Node::member).toList();
            alpha.links().roster(new Roster(members, 2));
            assertThat(Node.await(5_000, () -> !beta.told.downs.isEmpty())).isTrue();
            assertThat(beta.told.downs.peek()).contains("4412");
            assertThat(
                            Node.await(
                                    5_000,
                                    () ->
                                            beta.links()
                                                    .states()
                                                    .getFirst()
                                                    .lastError()
                                                    .contains("4412")))
                    .as("and so is the next attempt")
                    .isTrue();
            assertThat(alpha.told.ups).hasSize(1);
        }
    }

    /** Beta's key was rotated twice in epochs that alpha has not seen; certificates lead there. */
    @Test
    void aKeyOfALaterEpochServesForCatchingUpUntilTheLedgerKnowsIt() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        Node alpha = nodes.get(0);
        Node beta = nodes.get(1);
        SigningKey third = Node.keyOf("beta's third");
        Member once = numbered(beta.member(Node.keyOf("beta's second")), 1);
        Member rotated = numbered(beta.member(third), 2);
        alpha.with(links(alpha, alpha.key, 0, new Roster(List.of(alpha.member(), beta.member()))));
        beta.with(links(beta, third, 2, new Roster(List.of(alpha.member(), rotated))));
        try (alpha;
                beta) {
            alpha.start();
            beta.start();
            assertThat(linked(alpha, beta)).isTrue();
            assertThat(alpha.links().states().getFirst().lastError()).contains("catching up only");
            assertThat(beta.links().send(alpha.id, Traffic.VOTE, Node.bytes("vote"))).isTrue();
            assertThat(beta.links().send(alpha.id, Traffic.CATCHUP, Node.bytes("range"))).isTrue();
            assertThat(alpha.told.next()).as("the vote is not heard").isEqualTo("range");
            assertThat(alpha.links().send(beta.id, Traffic.VOTE, new byte[1])).isFalse();
            assertThat(alpha.links().send(beta.id, Traffic.STATUS, Node.bytes("status"))).isTrue();
            assertThat(beta.told.next()).isEqualTo("status");
            alpha.links().roster(new Roster(List.of(alpha.member(), once)));
            assertThat(beta.links().send(alpha.id, Traffic.VOTE, Node.bytes("vote"))).isTrue();
            assertThat(beta.links().send(alpha.id, Traffic.CATCHUP, Node.bytes("range"))).isTrue();
            assertThat(alpha.told.next()).as("not on the way either").isEqualTo("range");
            alpha.links().roster(new Roster(List.of(alpha.member(), rotated)));
            assertThat(beta.links().send(alpha.id, Traffic.VOTE, Node.bytes("vote"))).isTrue();
            assertThat(alpha.told.next()).as("now it is").isEqualTo("vote");
            assertThat(alpha.links().send(beta.id, Traffic.VOTE, new byte[1])).isTrue();
            assertThat(alpha.links().states().getFirst().lastError()).isEmpty();
            assertThat(alpha.told.downs).isEmpty();
        }
    }

    private static Links links(Node node, SigningKey key, int keyNumber, Roster roster) {
        LinkIdentity identity =
                new LinkIdentity(
                        Node.NETWORK,
                        node.id,
                        node.role,
                        key,
                        keyNumber,
                        new Instance(node.id.hashCode(), 1, 0),
                        "test",
                        2,
                        Optional.of(node.endpoint),
                        () -> new Position(10L * keyNumber, 1 + keyNumber),
                        new Proofs());
        return new Links(LinkSettings.listeningOn(node.address()), identity, roster, node.told);
    }

    /** Stands for the ledger: one sequence of bytes proves that one key is beta's third. */
    private static final class Proofs implements LinkIdentity.KeyProofs {
        @Override
        public byte[] own() {
            return PROOF;
        }

        @Override
        public Optional<PublicKey> key(NodeId id, int keyNumber, byte[] certificates) {
            boolean proven =
                    id.value().equals("beta")
                            && keyNumber == 2
                            && Arrays.equals(certificates, PROOF);
            return proven ? Optional.of(Node.keyOf("beta's third").publicKey()) : Optional.empty();
        }
    }
}
