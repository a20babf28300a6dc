package org.witan.validator.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever starts first, a pair ends with exactly one link, opened by the greater id (W1 to W5). */
class OneLinkPerPairTest {
    /** Trials per order; {@code -Dtrials=1000} for a longer run. */
    private static final int TRIALS = Integer.getInteger("trials", 100);

    private static final int MESH = 20;

    enum Order {
        GREATER_FIRST,
        SMALLER_FIRST,
        BOTH_AT_ONCE
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void everyOrderEndsWithOneLink(Order order) throws Exception {
        long slowestMillis = 0;
        long start = System.nanoTime();
        for (int trial = 0; trial < TRIALS; trial++) {
            slowestMillis = Math.max(slowestMillis, pair(order, trial));
        }
        System.out.printf(
                "%s: %d pairs in %d ms, slowest %d ms%n",
                order, TRIALS, (System.nanoTime() - start) / 1_000_000, slowestMillis);
    }

    /** Milliseconds from the second start until both sides are linked. */
    private static long pair(Order order, int trial) throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        try (Node alpha = nodes.get(0);
                Node beta = nodes.get(1)) {
            long began = begin(order, alpha, beta);
            assertThat(Node.await(10_000, () -> alpha.isUp(beta) && beta.isUp(alpha)))
                    .as("%s trial %d: %s %s", order, trial, states(alpha), states(beta))
                    .isTrue();
            long millis = (System.nanoTime() - began) / 1_000_000;
            assertThat(alpha.links().send(beta.id, Traffic.VOTE, Node.bytes("over"))).isTrue();
            assertThat(beta.told.next()).isEqualTo("over");
            assertThat(alpha.told.ups).containsExactly(beta.id);
            assertThat(beta.told.ups).containsExactly(alpha.id);
            assertThat(alpha.told.downs).isEmpty();
            assertThat(alpha.links().states().getFirst().openedBy()).contains(beta.id);
            return millis;
        }
    }

    private static long begin(Order order, Node alpha, Node beta) throws Exception {
        switch (order) {
            case GREATER_FIRST -> {
                beta.start();
                alpha.start();
            }
            case SMALLER_FIRST -> {
                alpha.start();
                beta.start();
            }
            case BOTH_AT_ONCE -> {
                Thread other = Thread.ofPlatform().start(alpha::start);
                beta.start();
                other.join();
            }
        }
        return System.nanoTime();
    }

    private static List<LinkState> states(Node node) {
        return node.links().states();
    }

    @Test
    void twentyNodesLinkOneHundredAndNinetyTimes() throws Exception {
        String[] names = new String[MESH];
        for (int i = 0; i < MESH; i++) {
            names[i] = "node-%02d".formatted(i);
        }
        List<Node> nodes = new ArrayList<>(Node.validators(names));
        try {
            long start = System.nanoTime();
            nodes.forEach(Node::start);
            boolean all =
                    Node.await(
                            30_000,
                            () -> nodes.stream().allMatch(n -> n.told.ups.size() >= MESH - 1));
            System.out.printf(
                    "%d nodes linked in %d ms%n", MESH, (System.nanoTime() - start) / 1_000_000);
            assertThat(all).isTrue();
            for (Node node : nodes) {
                assertThat(node.links().states())
                        .allMatch(s -> s.state() == LinkState.State.UP)
                        .hasSize(MESH - 1);
                assertThat(node.told.ups).doesNotHaveDuplicates();
            }
        } finally {
            nodes.forEach(Node::close);
        }
    }
}
