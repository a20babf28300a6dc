package org.witan.validator.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.witan.validator.link.dial.Ban;
import org.witan.validator.link.handshake.CloseCode;
import org.witan.validator.link.record.RecordType;

/** A member that broke the rules loses its link and is kept out for a while, ever longer (K3). */
class PunishTest {
    private static final long BOUND_MILLIS = 30_000;

    /** How long no link was there. */
    private static long outMillis(Node judge, Node culprit) throws InterruptedException {
        judge.told.ups.clear();
        culprit.told.ups.clear();
        long began = System.nanoTime();
        judge.links().punish(culprit.id, "a forged vote");
        judge.links().punish(culprit.id, "another one, found at the same time");
        assertThat(Node.await(BOUND_MILLIS, () -> isOut(judge) && isOut(culprit))).isTrue();
        judge.told.downs.clear();
        culprit.told.downs.clear();
        assertThat(judge.told.ups.poll(BOUND_MILLIS, TimeUnit.MILLISECONDS)).isNotNull();
        assertThat(culprit.told.ups.poll(BOUND_MILLIS, TimeUnit.MILLISECONDS)).isNotNull();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    /** A link may have ended for another reason just before: two attempts at once leave one. */
    private static boolean isOut(Node node) {
        return node.told.downs.stream().anyMatch(reason -> reason.contains("4407"));
    }

    @Test
    void whicheverSideOpensItIsOutForASecondThenForTwoThenForFour() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        try (Node alpha = nodes.get(0).start();
                Node beta = nodes.get(1).start()) {
            assertThat(Node.await(BOUND_MILLIS, () -> !alpha.told.ups.isEmpty())).isTrue();
            assertThat(Node.await(BOUND_MILLIS, () -> !beta.told.ups.isEmpty())).isTrue();
            assertThat(outMillis(alpha, beta)).isGreaterThanOrEqualTo(Ban.FIRST_MILLIS);
            assertThat(outMillis(alpha, beta)).isGreaterThanOrEqualTo(2 * Ban.FIRST_MILLIS);
            assertThat(outMillis(beta, alpha)).isGreaterThanOrEqualTo(Ban.FIRST_MILLIS);
        }
    }

    @Test
    void whoIsOutIsToldSoHoweverItComes() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        try (Node alpha = nodes.get(0).start()) {
            for (int i = 0; i < 4; i++) {
                alpha.links().punish(nodes.get(1).id, "a forged vote");
                try (Byzantine beta = new Byzantine(nodes.get(1), alpha)) {
                    beta.say(RecordType.PING, new byte[Long.BYTES]);
                    assertThat(beta.hearsEnd()).isEqualTo(CloseCode.RATE);
                }
            }
            assertThat(alpha.told.ups).isEmpty();
        } finally {
            nodes.get(1).close();
        }
    }
}
