package org.witan.validator.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Two nodes link, talk and part, whoever comes first. */
class LinksTest {
    @Test
    void twoValidatorsLinkAndTalk() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        try (Node alpha = nodes.get(0).start();
                Node beta = nodes.get(1).start()) {
            assertThat(Node.await(5_000, () -> alpha.isUp(beta) && beta.isUp(alpha))).isTrue();
            assertThat(alpha.links().send(beta.id, Traffic.VOTE, Node.bytes("a vote"))).isTrue();
            assertThat(beta.links().send(alpha.id, Traffic.CATCHUP, Node.bytes("a range")))
                    .isTrue();
            assertThat(beta.told.next()).isEqualTo("a vote");
            assertThat(alpha.told.next()).isEqualTo("a range");
            assertThat(alpha.links().states().getFirst().openedBy()).contains(beta.id);
        }
    }

    /** Keep-alives are 5 s apart; who asks gets an answer to a ping that is sent now. */
    @Test
    void aRoundTripIsMeasuredWhenItIsAskedFor() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta", "gamma");
        try (Node alpha = nodes.get(0).start()) {
            assertThat(alpha.links().measure(nodes.get(1).id, 100)).isEmpty();
            try (Node beta = nodes.get(1).start()) {
                assertThat(linked(alpha, beta)).isTrue();
                Set<Double> measured = new HashSet<>();
                boolean fresh =
                        Node.await(
                                4_000,
                                () -> {
                                    measured.add(roundTrip(alpha, beta));
                                    return measured.size() >= 5;
                                });
                assertThat(fresh).as("five different ones of %s", measured).isTrue();
                assertThat(measured).allMatch(millis -> millis > 0 && millis < 2_000);
                assertThat(alpha.links().measure(nodes.get(2).id, 100)).isEmpty();
            }
        }
    }

    private static double roundTrip(Node from, Node to) {
        try {
            return from.links().measure(to.id, 5_000).orElse(-1);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    private static boolean linked(Node one, Node other) {
        return Node.await(8_000, () -> one.isUp(other) && other.isUp(one));
    }

    @Test
    void everyClassArrivesWholeAndOnItsChannel() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        try (Node alpha = nodes.get(0).start();
                Node beta = nodes.get(1).start()) {
            assertThat(linked(alpha, beta)).isTrue();
            Random random = new Random(5);
            for (Node from : nodes) {
                Node to = from == alpha ? beta : alpha;
                for (Traffic traffic : Traffic.values()) {
                    byte[] greatest = new byte[traffic.messageBytes()];
                    random.nextBytes(greatest);
                    assertThat(from.links().send(to.id, traffic, greatest)).isTrue();
                    assertThat(to.told.messages.poll(10, TimeUnit.SECONDS)).isEqualTo(greatest);
                    assertThat(to.told.channel).isEqualTo(traffic.channel());
                    byte[] larger = new byte[traffic.messageBytes() + 1];
                    assertThat(from.links().send(to.id, traffic, larger)).isFalse();
                }
                assertThat(from.links().send(to.id, Traffic.VOTE, new byte[0])).isTrue();
                assertThat(to.told.messages.poll(10, TimeUnit.SECONDS)).isEmpty();
            }
        }
    }

    /** A node that does not take its messages costs its peer 8 MiB and nobody else anything. */
    @Test
    void aSlowReaderHoldsUpNobodyElse() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta", "gamma");
        try (Node alpha = nodes.get(0).start();
                Node beta = nodes.get(1).start();
                Node gamma = nodes.get(2).start()) {
            assertThat(linked(alpha, beta) && linked(alpha, gamma) && linked(beta, gamma)).isTrue();
            alpha.told.stalls.acquire();
            int queued = 0;
            while (queued < 2_000 && alpha.takes(beta)) {
                queued++;
            }
            assertThat(queued).as("64 KiB each").isBetween(16, 400);
            assertThat(beta.told.heard(LinkEvent.Kind.DROPPED)).isTrue();
            assertThat(gamma.links().send(beta.id, Traffic.VOTE, Node.bytes("in time"))).isTrue();
            assertThat(beta.told.next()).isEqualTo("in time");
            alpha.told.stalls.release();
            int arrived = 0;
            while (arrived < queued && alpha.told.messages.poll(10, TimeUnit.SECONDS) != null) {
                arrived++;
            }
            assertThat(arrived).isEqualTo(queued);
        }
    }

    /**
     * The server of the library loses wake-ups (G10): a ping-pong would stop until the next send.
     */
    @Test
    void noMessageWaitsForTheNextOne() throws Exception {
        int rounds = Integer.getInteger("pingpong", 5_000);
        List<Node> nodes = Node.validators("alpha", "beta");
        try (Node alpha = nodes.get(0).start();
                Node beta = nodes.get(1).start()) {
            assertThat(linked(alpha, beta)).isTrue();
            byte[] ball = new byte[100];
            long start = System.nanoTime();
            for (int i = 0; i < rounds; i++) {
                beta.links().send(alpha.id, Traffic.VOTE, ball);
                assertThat(alpha.told.messages.poll(2, TimeUnit.SECONDS)).isNotNull();
                alpha.links().send(beta.id, Traffic.VOTE, ball);
                assertThat(beta.told.messages.poll(2, TimeUnit.SECONDS)).isNotNull();
            }
            long micros = (System.nanoTime() - start) / 1_000 / rounds;
            System.out.printf("round trip %d us over %d rounds%n", micros, rounds);
        }
    }

    @Test
    void linksGetFreshKeysWithoutAGap() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        Node alpha = nodes.get(0);
        Node beta = nodes.get(1);
        Roster roster = new Roster(List.of(alpha.member(), beta.member()));
        beta.with(
                new Links(
                        new LinkSettings(
                                beta.address(), List.of(), List.of(), 10_000, 100, 10_000, 64),
                        beta.identity(Node.NETWORK, 0),
                        roster,
                        beta.told));
        try (alpha;
                beta) {
            alpha.start();
            beta.start();
            assertThat(linked(alpha, beta)).isTrue();
            int sent = 0;
            while (replacements(alpha) < 5 && sent < 20_000) {
                assertThat(beta.links().send(alpha.id, Traffic.VOTE, Node.bytes("n"))).isTrue();
                assertThat(alpha.told.next()).isEqualTo("n");
                sent++;
            }
            assertThat(replacements(alpha)).isGreaterThanOrEqualTo(5);
            assertThat(alpha.told.ups).hasSize(1);
            assertThat(alpha.told.downs).isEmpty();
            assertThat(beta.told.downs).isEmpty();
        }
    }

    private static long replacements(Node node) {
        return node.told.events.stream()
                .filter(event -> event.kind() == LinkEvent.Kind.REPLACED)
                .count();
    }
}
