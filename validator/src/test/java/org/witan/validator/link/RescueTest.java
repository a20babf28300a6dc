package org.witan.validator.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.Role;
import org.witan.validator.link.handshake.Instance;
import org.witan.validator.link.handshake.Position;

/** Beta should open, but a firewall swallows what it sends to alpha; alpha reaches beta (W4). */
class RescueTest {
    private static final long WINDOW_MILLIS = 200;

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

    private static Links links(Node node, int advertised, Roster roster) {
        LinkIdentity identity =
                new LinkIdentity(
                        Node.NETWORK,
                        node.id,
                        Role.VALIDATOR,
                        node.key,
                        0,
                        new Instance(node.id.hashCode(), 1, 0),
                        "test",
                        2,
                        Optional.of(new Endpoint("127.0.0.1", advertised)),
                        () -> Position.GENESIS,
                        LinkIdentity.KeyProofs.NONE);
        LinkSettings settings =
                new LinkSettings(
                        node.address(),
                        List.of(),
                        List.of(),
                        10_000,
                        86_400_000,
                        WINDOW_MILLIS,
                        64);
        return new Links(settings, identity, roster, node.told);
    }

    @Test
    void theWaitingSideOpensThroughAOneWayFirewall() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        Node alpha = nodes.get(0);
        Node beta = nodes.get(1);
        try (Relay firewall = new Relay(alpha.endpoint.port());
                alpha;
                beta) {
            firewall.mood = Relay.Mood.SWALLOWS;
            Roster seen = new Roster(List.of(at(alpha, firewall.port()), beta.member()));
            alpha.with(links(alpha, firewall.port(), seen));
            beta.with(links(beta, beta.endpoint.port(), seen));
            alpha.start();
            beta.start();
            assertThat(Node.await(15_000, () -> alpha.isUp(beta) && beta.isUp(alpha))).isTrue();
            assertThat(alpha.links().states().getFirst().openedBy()).contains(alpha.id);
            assertThat(beta.links().states().getFirst().openedBy()).contains(alpha.id);
            beta.links().send(alpha.id, Traffic.VOTE, Node.bytes("through"));
            assertThat(alpha.told.next()).isEqualTo("through");
            alpha.links().send(beta.id, Traffic.VOTE, Node.bytes("and back"));
            assertThat(beta.told.next()).isEqualTo("and back");
            firewall.mood = Relay.Mood.HONEST;
            assertThat(Node.await(5_000, () -> !beta.told.downs.isEmpty()))
                    .as("the rescued link holds when the firewall goes")
                    .isFalse();
            assertThat(alpha.told.ups).hasSize(1);
        }
    }
}
