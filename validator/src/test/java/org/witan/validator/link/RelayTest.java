package org.witan.validator.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.Role;

/** Beta reaches alpha only through somebody who meddles with the bytes. */
class RelayTest {
    private static Member at(Node node, int port) {
        return new Member(
                node.id,
                node.id,
                Role.VALIDATOR,
                Member.Status.ACTIVE,
                0,
                node.key.publicKey(),
                List.of(new Endpoint("127.0.0.1", port)));
    }

    private static Links through(Relay relay, Node beta, Node alpha, long pingMillis) {
        return new Links(
                new LinkSettings(
                        beta.address(), List.of(), List.of(), pingMillis, 86_400_000, 10_000, 64),
                beta.identity(Node.NETWORK, 0),
                new Roster(List.of(at(alpha, relay.port()), beta.member())),
                beta.told);
    }

    private static boolean linked(Node one, Node other) {
        return Node.await(8_000, () -> one.isUp(other) && other.isUp(one));
    }

    /** One wrong, missing or repeated byte ends the link; no message of it gets through. */
    @ParameterizedTest
    @EnumSource(
            value = Relay.Mood.class,
            names = {"FLIPS_A_BIT", "REPEATS"})
    void meddlingEndsTheLink(Relay.Mood mood) throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        Node alpha = nodes.get(0);
        Node beta = nodes.get(1);
        try (Relay relay = new Relay(alpha.endpoint.port());
                alpha;
                beta) {
            beta.with(through(relay, beta, alpha, 10_000));
            alpha.links().roster(new Roster(List.of(alpha.member(), at(beta, 1))));
            alpha.start();
            beta.start();
            assertThat(linked(alpha, beta)).isTrue();
            relay.mood = mood;
            assertThat(beta.links().send(alpha.id, Traffic.VOTE, Node.bytes("one"))).isTrue();
            assertThat(Node.await(8_000, () -> !alpha.told.downs.isEmpty())).isTrue();
            assertThat(alpha.told.messages.size())
                    .isLessThanOrEqualTo(mood == Relay.Mood.REPEATS ? 1 : 0);
            relay.mood = Relay.Mood.HONEST;
            assertThat(linked(alpha, beta)).as("and comes back").isTrue();
        }
    }

    /** A peer that falls silent is dead after three keep-alives. */
    @Test
    void silenceEndsTheLink() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        Node alpha = nodes.get(0);
        Node beta = nodes.get(1);
        try (Relay relay = new Relay(alpha.endpoint.port());
                alpha;
                beta) {
            beta.with(through(relay, beta, alpha, 100));
            alpha.links().roster(new Roster(List.of(alpha.member(), at(beta, 1))));
            alpha.start();
            beta.start();
            assertThat(linked(alpha, beta)).isTrue();
            relay.mood = Relay.Mood.SWALLOWS;
            assertThat(Node.await(5_000, () -> !beta.told.downs.isEmpty())).isTrue();
            assertThat(beta.told.downs.peek()).contains("4408");
        }
    }

    /**
     * What a process sent before it was gone may come in for a while. It is no answer to a question
     * that is asked now, so the process that was started in its place is not taken for a second.
     */
    @Test
    void whatWasSentLongAgoDoesNotProveThatItsSenderLives() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        Node alpha = nodes.get(0);
        Node beta = nodes.get(1);
        Node.Told toldNext = new Node.Told();
        Links next =
                new Links(
                        LinkSettings.listeningOn(new InetSocketAddress("127.0.0.1", 0)),
                        beta.identity(Node.NETWORK, 1),
                        new Roster(List.of(alpha.member(), beta.member())),
                        toldNext);
        AtomicBoolean over = new AtomicBoolean();
        try (Relay relay = new Relay(alpha.endpoint.port());
                alpha;
                beta;
                next) {
            beta.with(through(relay, beta, alpha, 10_000));
            alpha.links().roster(new Roster(List.of(alpha.member(), at(beta, 1))));
            alpha.start();
            beta.start();
            assertThat(linked(alpha, beta)).isTrue();
            relay.mood = Relay.Mood.DEAFENS;
            Thread late =
                    Thread.ofVirtual()
                            .start(() -> Node.await(15_000, () -> saysOrIsOver(beta, alpha, over)));
            next.start();
            boolean up = Node.await(10_000, () -> toldNext.ups.contains(alpha.id));
            over.set(true);
            late.join();
            assertThat(up).isTrue();
            assertThat(toldNext.heard(LinkEvent.Kind.WE_ARE_SECOND_INSTANCE)).isFalse();
        }
    }

    private static boolean saysOrIsOver(Node from, Node to, AtomicBoolean over) {
        LockSupport.parkNanos(20_000_000);
        from.links().send(to.id, Traffic.VOTE, Node.bytes("late"));
        return over.get();
    }

    /** Alpha cannot reach beta to open; beta hears no knock. After the cut they link again. */
    @Test
    void aCutLinkIsOpenedAgain() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        Node alpha = nodes.get(0);
        Node beta = nodes.get(1);
        try (Relay relay = new Relay(alpha.endpoint.port());
                alpha;
                beta) {
            beta.with(through(relay, beta, alpha, 10_000));
            alpha.links().roster(new Roster(List.of(alpha.member(), at(beta, 1))));
            alpha.start();
            beta.start();
            for (int i = 0; i < 3; i++) {
                assertThat(linked(alpha, beta)).isTrue();
                int before = beta.told.ups.size();
                relay.cut();
                assertThat(Node.await(8_000, () -> beta.told.ups.size() > before)).isTrue();
            }
        }
    }
}
