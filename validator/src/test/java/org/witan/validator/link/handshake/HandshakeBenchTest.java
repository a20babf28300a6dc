package org.witan.validator.link.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.witan.validator.link.session.FreshSecrets;

/** Processor time of a handshake, both sides together: {@code ./mvnw verify -Dgroups=bench}. */
@Tag("bench")
class HandshakeBenchTest {
    private static final int ROUNDS = 2_000;

    @Test
    void handshakesPerSecond() {
        SecureRandom random = new SecureRandom();
        for (int run = 0; run < 6; run++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (int i = 0; i < ROUNDS; i++) {
                once(random);
            }
            long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
            System.out.printf(
                    "handshake: %.3f ms of processor time, both sides%n", nanos / 1e6 / ROUNDS);
        }
    }

    private static void once(SecureRandom random) {
        Initiator beta =
                new Initiator(
                        Sides.party(Sides.BETA),
                        new Initiator.Target(
                                Sides.ALPHA, Sides.known(Sides.ALPHA).orElseThrow(), Intent.LINK),
                        new FreshSecrets(random),
                        0);
        Responder alpha = new Responder(Sides.party(Sides.ALPHA), 0);
        alpha.receive(0, beta.start().frame());
        Step answer = alpha.agree(0, new FreshSecrets(random));
        alpha.receive(0, Sides.sent(beta.receive(0, Sides.sent(answer))));
        Step.Established there = (Step.Established) alpha.accept();
        assertThat(beta.receive(0, there.frame())).isInstanceOf(Step.Established.class);
    }
}
