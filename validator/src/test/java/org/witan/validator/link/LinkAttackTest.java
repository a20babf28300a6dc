package org.witan.validator.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.validator.link.LinkEvent.Kind;
import org.witan.validator.link.guard.Attacker;
import org.witan.validator.link.handshake.CloseCode;
import org.witan.validator.link.handshake.Psk;
import org.witan.validator.link.probe.LinkProbe;

/** Strangers, twins, relays and mistakes, against nodes that run. */
class LinkAttackTest {
    private static final Duration SILENCE = Duration.ofSeconds(8);

    private static boolean heard(Node node, Kind kind) {
        return Node.await(5_000, () -> node.told.heard(kind));
    }

    private static boolean linked(Node one, Node other) {
        return Node.await(8_000, () -> one.isUp(other) && other.isUp(one));
    }

    @Test
    void anotherNetworkIsReportedByBothAndNamed() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        Node foreign = nodes.get(1);
        Roster roster = new Roster(nodes.stream().map(Node::member).toList());
        foreign.with(
                new Links(
                        LinkSettings.listeningOn(foreign.address()),
                        foreign.identity(Node.network("other"), 0),
                        roster,
                        foreign.told));
        try (Node alpha = nodes.get(0).start();
                Node beta = foreign.start()) {
            assertThat(heard(alpha, Kind.WRONG_NETWORK)).isTrue();
            assertThat(heard(beta, Kind.WRONG_NETWORK)).isTrue();
            String detail =
                    alpha.told.events.stream()
                            .filter(e -> e.kind() == Kind.WRONG_NETWORK)
                            .map(LinkEvent::detail)
                            .findFirst()
                            .orElseThrow();
            assertThat(detail).contains(Node.NETWORK.toString(), Node.network("other").toString());
            assertThat(beta.told.ups).isEmpty();
            assertThat(Node.await(5_000, () -> isRefused(beta))).isTrue();
        }
    }

    private static boolean isRefused(Node node) {
        return node.links().states().getFirst().state() == LinkState.State.REFUSED;
    }

    @Test
    void aKeyThatTheRosterDoesNotKnowIsRefused() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        Node alpha = nodes.get(0);
        Node beta = nodes.get(1);
        SigningKey other = Node.keyOf("somebody else");
        alpha.links().roster(new Roster(List.of(alpha.member(), beta.member(other))));
        try (alpha;
                beta) {
            alpha.start();
            beta.start();
            assertThat(heard(alpha, Kind.STRANGER_REFUSED)).isTrue();
            assertThat(alpha.told.ups).isEmpty();
            assertThat(beta.told.ups).isEmpty();
        }
    }

    @Test
    void whoIsNotAMemberIsToldSo() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        Node alpha = nodes.get(0);
        Node beta = nodes.get(1);
        alpha.links().roster(new Roster(List.of(alpha.member())));
        try (alpha;
                beta) {
            alpha.start();
            beta.start();
            assertThat(heard(beta, Kind.REFUSED_BY_PEER)).isTrue();
            assertThat(beta.told.events).anyMatch(e -> e.code() == CloseCode.NOT_A_MEMBER);
        }
    }

    @Test
    void aSecondProcessWithTheSameIdIsRefusedAndToldToStop() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        Node alpha = nodes.get(0);
        Node beta = nodes.get(1);
        Roster roster = new Roster(List.of(alpha.member(), beta.member()));
        Node.Told toldTwin = new Node.Told();
        Links twin =
                new Links(
                        LinkSettings.listeningOn(new InetSocketAddress("127.0.0.1", 0)),
                        beta.identity(Node.NETWORK, 1),
                        roster,
                        toldTwin);
        try (alpha;
                beta;
                twin) {
            alpha.start();
            beta.start();
            assertThat(linked(alpha, beta)).isTrue();
            twin.start();
            assertThat(Node.await(8_000, () -> toldTwin.heard(Kind.WE_ARE_SECOND_INSTANCE)))
                    .isTrue();
            assertThat(heard(alpha, Kind.SECOND_INSTANCE)).isTrue();
            assertThat(toldTwin.ups).isEmpty();
            assertThat(alpha.isUp(beta)).isTrue();
            assertThat(alpha.told.downs).isEmpty();
        }
    }

    /** The same for the side that knocks instead of opening. */
    @Test
    void aSecondProcessThatWaitsIsFoundByItsKnock() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        Node alpha = nodes.get(0);
        Node beta = nodes.get(1);
        Roster roster = new Roster(List.of(alpha.member(), beta.member()));
        Node.Told toldTwin = new Node.Told();
        Links twin =
                new Links(
                        LinkSettings.listeningOn(new InetSocketAddress("127.0.0.1", 0)),
                        alpha.identity(Node.NETWORK, 1),
                        roster,
                        toldTwin);
        try (alpha;
                beta;
                twin) {
            alpha.start();
            beta.start();
            assertThat(linked(alpha, beta)).isTrue();
            twin.start();
            assertThat(Node.await(8_000, () -> toldTwin.heard(Kind.WE_ARE_SECOND_INSTANCE)))
                    .isTrue();
            assertThat(alpha.isUp(beta)).isTrue();
        }
    }

    /** There is no TLS on links, so none can be taken for a proof: whoever begins it is cut off. */
    @Test
    void tlsProvesNothing() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        Node alpha = nodes.get(0);
        Node beta = nodes.get(1);
        SSLContext anybody = SSLContext.getInstance("TLS");
        anybody.init(null, new TrustManager[] {new TrustsAll()}, null);
        try (alpha;
                beta;
                SSLSocket stranger = (SSLSocket) anybody.getSocketFactory().createSocket()) {
            alpha.start();
            beta.start();
            assertThat(linked(alpha, beta)).isTrue();
            stranger.connect(alpha.address(), 2_000);
            stranger.setSoTimeout(8_000);
            assertThatThrownBy(stranger::startHandshake).isInstanceOf(IOException.class);
            assertThat(alpha.told.ups).containsExactly(beta.id);
            assertThat(alpha.told.downs).isEmpty();
        }
    }

    /** Takes any certificate, as a careless client does. */
    private static final class TrustsAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Test
    void aRestartedNodeTakesItsPlaceAgain() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        Node alpha = nodes.get(0);
        Node beta = nodes.get(1);
        Roster roster = new Roster(List.of(alpha.member(), beta.member()));
        try (alpha;
                beta) {
            alpha.start();
            beta.start();
            for (int boot = 1; boot <= 3; boot++) {
                assertThat(linked(alpha, beta)).isTrue();
                Node restarted = boot % 2 == 0 ? alpha : beta;
                restarted.with(
                        new Links(
                                LinkSettings.listeningOn(restarted.address()),
                                restarted.identity(Node.NETWORK, boot),
                                roster,
                                restarted.told));
                restarted.start();
            }
            assertThat(linked(alpha, beta)).isTrue();
        }
    }

    @Test
    void aShieldedNetworkLinksWithItsSecretOnly() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta", "gamma");
        Roster roster = new Roster(nodes.stream().map(Node::member).toList());
        Psk psk = new Psk(new byte[Psk.SIZE_BYTES]);
        for (Node node : nodes.subList(0, 2)) {
            node.with(
                    new Links(
                            LinkSettings.listeningOn(node.address()).shielded(List.of(psk)),
                            node.identity(Node.NETWORK, 0),
                            roster,
                            node.told));
        }
        try (Node alpha = nodes.get(0).start();
                Node beta = nodes.get(1).start();
                Node gamma = nodes.get(2).start()) {
            assertThat(linked(alpha, beta)).isTrue();
            assertThat(heard(gamma, Kind.REFUSED_BY_PEER)).isTrue();
            assertThat(gamma.told.ups).isEmpty();
        }
    }

    @Test
    void aRemovedMemberIsCutAndAChangedKeyToo() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        try (Node alpha = nodes.get(0).start();
                Node beta = nodes.get(1).start()) {
            assertThat(linked(alpha, beta)).isTrue();
            alpha.links().roster(new Roster(List.of(alpha.member())));
            assertThat(Node.await(5_000, () -> !beta.told.downs.isEmpty())).isTrue();
            assertThat(beta.told.downs.peek()).contains("4410");
            assertThat(alpha.links().send(beta.id, Traffic.VOTE, new byte[1])).isFalse();
            alpha.links().roster(new Roster(List.of(alpha.member(), beta.member())));
            assertThat(linked(alpha, beta)).isTrue();
        }
    }

    /** Beta's roster has an old endpoint for alpha, its own settings the right one. */
    @Test
    void anEndpointGivenByHandIsTried() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        Node alpha = nodes.get(0);
        Node beta = nodes.get(1);
        Member moved =
                new Member(
                        alpha.id,
                        alpha.id,
                        Role.VALIDATOR,
                        Member.Status.ACTIVE,
                        0,
                        alpha.key.publicKey(),
                        List.of(new Endpoint("127.0.0.1", 1)));
        beta.with(
                new Links(
                        LinkSettings.listeningOn(beta.address())
                                .joining(List.of(new LinkSettings.Join(alpha.id, alpha.endpoint))),
                        beta.identity(Node.NETWORK, 0),
                        new Roster(List.of(moved, beta.member())),
                        beta.told));
        alpha.links().roster(new Roster(List.of(alpha.member(), withoutEndpoint(beta))));
        try (alpha;
                beta) {
            alpha.start();
            beta.start();
            assertThat(linked(alpha, beta)).isTrue();
        }
    }

    private static Member withoutEndpoint(Node node) {
        return new Member(
                node.id,
                node.id,
                Role.VALIDATOR,
                Member.Status.ACTIVE,
                0,
                node.key.publicKey(),
                List.of());
    }

    /** Strangers hold every place that they can get; a member still links at once. */
    @Test
    void aFloodOfHalfOpenConnectionsKeepsNoMemberOut() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        List<Socket> flood = new ArrayList<>();
        try (Node alpha = nodes.get(0).start();
                Node beta = nodes.get(1)) {
            for (int i = 0; i < 500; i++) {
                Socket socket = new Socket();
                socket.bind(new InetSocketAddress("127.0." + i % 50 + ".7", 0));
                socket.connect(alpha.address(), 2_000);
                flood.add(socket);
            }
            long start = System.nanoTime();
            beta.start();
            assertThat(linked(alpha, beta)).isTrue();
            System.out.printf(
                    "linked in %d ms beside 500 half-open connections%n",
                    (System.nanoTime() - start) / 1_000_000);
        } finally {
            for (Socket socket : flood) {
                socket.close();
            }
        }
    }

    /** H6: after the upgrade, or after a hello that is answered, nothing more comes. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoFallsSilentIsCutAndItsPlaceGivenBack(boolean afterHello) throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        byte[] hello = Attacker.frame(0x82, Byzantine.hello(nodes.get(1), nodes.get(0)));
        List<Attacker> silent = new ArrayList<>();
        try (Node alpha = nodes.get(0).start()) {
            long begun = System.nanoTime();
            for (int i = 0; i < 32; i++) {
                Attacker stranger = new Attacker(alpha.endpoint.port(), "127.0.77." + (1 + i / 8));
                silent.add(stranger);
                assertThat(stranger.upgrade(Attacker.UPGRADE)).contains("101");
                if (afterHello) {
                    stranger.say(hello);
                    assertThat(stranger.hears()).as("an answer begins").isEqualTo(0x82);
                }
            }
            assertThat(comesIn(alpha)).as("one more from these addresses").isFalse();
            for (Attacker stranger : silent) {
                assertThat(stranger.isCut()).isTrue();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SILENCE);
            assertThat(Node.await(2_000, () -> comesIn(alpha))).as("its place is free").isTrue();
        } finally {
            for (Attacker stranger : silent) {
                stranger.close();
            }
            nodes.get(1).close();
        }
    }

    /** Whether a further one of the silent ones' network finds a place. */
    private static boolean comesIn(Node node) {
        try (Attacker one = new Attacker(node.endpoint.port(), "127.0.77.99")) {
            return one.upgrade(Attacker.UPGRADE).contains("101");
        } catch (IOException busy) {
            return false;
        }
    }

    @Test
    void aProbeTellsWhoAnswers() throws Exception {
        List<Node> nodes = Node.validators("alpha");
        try (Node alpha = nodes.get(0).start()) {
            assertThat(LinkProbe.ask(alpha.endpoint, Node.NETWORK, List.of()))
                    .isInstanceOf(LinkProbe.Answer.Available.class);
            assertThat(LinkProbe.ask(alpha.endpoint, Node.network("other"), List.of()))
                    .isEqualTo(new LinkProbe.Answer.OtherNetwork(Node.NETWORK.toString()));
            Endpoint nobody = new Endpoint("127.0.0.1", Node.freePorts(1).getFirst());
            assertThat(LinkProbe.ask(nobody, Node.NETWORK, List.of()))
                    .isInstanceOf(LinkProbe.Answer.Unavailable.class);
            assertThat(alpha.told.ups).isEmpty();
        }
    }

    @Test
    void nobodyKnowsAnUnknownPeer() throws Exception {
        List<Node> nodes = Node.validators("alpha");
        try (Node alpha = nodes.get(0)) {
            assertThat(alpha.links().send(new NodeId("nobody"), Traffic.VOTE, new byte[1]))
                    .isFalse();
            assertThat(alpha.links().states()).isEmpty();
            assertThat(Optional.of(alpha.links().port())).contains(0);
        }
    }
}
