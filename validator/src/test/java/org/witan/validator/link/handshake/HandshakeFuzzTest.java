package org.witan.validator.link.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random messages at random times: a side never throws, never believes a stranger, sends at most
 * two messages and is over after five seconds at the latest.
 */
class HandshakeFuzzTest {
    private static final long WHOLE_MILLIS = 5_000;

    /** Fixed in every build; {@code -Dseeds=100000} for a long run, {@code -Dseed=17} for one. */
    static LongStream seeds() {
        Long one = Long.getLong("seed");
        return one != null ? LongStream.of(one) : LongStream.range(0, Long.getLong("seeds", 300));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void responderStaysSound(long seed) {
        Random random = new Random(seed);
        List<byte[]> material = material(random);
        Responder alpha = new Responder(Sides.party(Sides.ALPHA), 0);
        long now = 0;
        int sent = 0;
        boolean over = false;
        while (now <= WHOLE_MILLIS + 2_000) {
            Step step =
                    switch (random.nextInt(6)) {
                        case 0 -> alpha.agree(now, Sides.responderSecrets());
                        case 1 -> alpha.accept();
                        default -> alpha.receive(now, pick(material, random));
                    };
            assertThat(over).as("nothing follows an end").isIn(false, step instanceof Step.Refused);
            assertThat(step).isNotInstanceOf(Step.Proven.class);
            assertThat(step).isNotInstanceOf(Step.Established.class);
            sent += step instanceof Step.Send ? 1 : 0;
            over |= step instanceof Step.Refused;
            now += random.nextInt(1_500);
        }
        assertThat(sent).isLessThanOrEqualTo(1);
        assertThat(over || alpha.deadlineMillis() <= WHOLE_MILLIS).isTrue();
        assertThat(alpha.receive(now, material.getFirst())).isInstanceOf(Step.Refused.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void initiatorStaysSound(long seed) {
        Random random = new Random(seed);
        List<byte[]> material = material(random);
        Initiator beta = Sides.initiator(Sides.party(Sides.BETA));
        assertThat(beta.start().frame()).isNotEmpty();
        long now = 0;
        int sent = 0;
        while (now <= WHOLE_MILLIS + 2_000) {
            Step step = beta.receive(now, pick(material, random));
            assertThat(step).isNotInstanceOf(Step.Established.class);
            sent += step instanceof Step.Send ? 1 : 0;
            now += random.nextInt(1_500);
        }
        assertThat(sent).isLessThanOrEqualTo(1);
        assertThat(beta.receive(now, material.getFirst())).isInstanceOf(Step.Refused.class);
    }

    /** Messages of another session between the same two, whole and damaged, and noise. */
    private static List<byte[]> material(Random random) {
        List<byte[]> found =
                new ArrayList<>(new Exchange("another").until(Exchange.MESSAGES).said());
        byte[] damaged = found.get(random.nextInt(found.size())).clone();
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
        found.add(damaged);
        byte[] noise = new byte[1 + random.nextInt(3_000)];
        random.nextBytes(noise);
        found.add(noise);
        return found;
    }

    private static byte[] pick(List<byte[]> material, Random random) {
        return material.get(random.nextInt(material.size()));
    }
}
