package org.witan.validator.link.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.witan.validator.link.keys.LinkKeys;
import org.witan.validator.link.record.Opener;
import org.witan.validator.link.record.RecordType;
import org.witan.validator.link.record.Sealer;
import org.witan.validator.link.session.FreshSecrets;

/**
 * Whoever has captured all that two honest nodes said, in an earlier handshake and in this one so
 * far, says any of it again, to either side, at every point of this one. A hello may be repeated to
 * whoever waits for one and leads to an answer; a repeated answer leads to a proof, which the
 * initiator would have given to anybody. All else is refused, and nobody is proven or linked with.
 */
class ReplayTest {
    private static final int MESSAGES = 4;

    /** The two of one handshake, with secrets of their own, and what each has said. */
    private static final class Pair {
        private final Initiator beta;
        private final Responder alpha = new Responder(Sides.party(Sides.ALPHA), 0);
        private final FreshSecrets alphaSecrets;
        private final List<byte[]> said = new ArrayList<>();

        Pair(String name) {
            beta =
                    new Initiator(
                            Sides.party(Sides.BETA),
                            new Initiator.Target(
                                    Sides.ALPHA,
                                    Sides.known(Sides.ALPHA).orElseThrow(),
                                    Intent.LINK),
                            new FreshSecrets(FixedRandom.named(name + ", beta")),
                            0);
            alphaSecrets = new FreshSecrets(FixedRandom.named(name + ", alpha"));
        }

        /** Lets this many messages be said, each heard by the other side but for the last. */
        Pair until(int messages) {
            while (said.size() < messages) {
                said.add(
                        switch (said.size()) {
                            case 0 -> beta.start().frame();
                            case 1 -> Sides.sent(toAlpha(said.get(0)));
                            case 2 -> Sides.sent(beta.receive(0, said.get(1)));
                            default -> welcome();
                        });
            }
            return this;
        }

        private byte[] welcome() {
            assertThat(toAlpha(said.get(2))).isInstanceOf(Step.Proven.class);
            return ((Step.Established) alpha.accept()).frame();
        }

        Step toAlpha(byte[] message) {
            Step step = alpha.receive(0, message);
            return step instanceof Step.Agree ? alpha.agree(0, alphaSecrets) : step;
        }
    }

    /** Somebody who is told something at a point of the handshake. */
    private enum Ear {
        ALPHA {
            @Override
            Step hears(Pair pair, byte[] message) {
                return pair.toAlpha(message);
            }
        },
        BETA {
            @Override
            Step hears(Pair pair, byte[] message) {
                return pair.beta.receive(0, message);
            }
        };

        abstract Step hears(Pair pair, byte[] message);

        /** Whose turn to hear the message with this number is. */
        static Ear of(int message) {
            return message % 2 == 0 ? ALPHA : BETA;
        }
    }

    private final List<byte[]> earlier = new Pair("earlier").until(MESSAGES).said;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void whatWasCapturedIsRefusedWhereverItIsSaidAgain(int messages) {
        for (Ear ear : Ear.values()) {
            for (int i = 0; i < MESSAGES; i++) {
                boolean answered = ear == Ear.of(i) && i < 2 && messages <= i + 1;
                assertThat(ear.hears(now(messages), earlier.get(i)))
                        .as(named(ear, "earlier", i))
                        .isInstanceOf(answered ? Step.Send.class : Step.Refused.class);
            }
            for (int i = 0; i < messages; i++) {
                Pair pair = now(messages);
                if (i < messages - 1 || ear != Ear.of(i)) {
                    assertThat(ear.hears(pair, pair.said.get(i)))
                            .as(named(ear, "own", i))
                            .isInstanceOf(Step.Refused.class);
                }
            }
        }
    }

    /** A repeated hello or answer is no way in, whatever is repeated after it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void whatIsAnsweredLeadsNowhere(int first) {
        Ear ear = Ear.of(first);
        for (int next = 0; next < MESSAGES; next++) {
            Pair pair = now(first + 1);
            assertThat(ear.hears(pair, earlier.get(first))).isInstanceOf(Step.Send.class);
            assertThat(ear.hears(pair, earlier.get(next))).isInstanceOf(Step.Refused.class);
            assertThat(ear.hears(pair, earlier.get(next))).isInstanceOf(Step.Refused.class);
        }
    }

    @Test
    void recordsOfAnEarlierLinkOpenInNone() {
        LinkKeys before = keys("earlier");
        byte[] record = new Sealer(before, 0).seal(RecordType.DATA, new byte[9]);
        assertThat(new Opener(mirrored(before)).open(record)).isPresent();
        assertThat(new Opener(before).open(record)).isEmpty();
        assertThat(new Opener(keys("now")).open(record)).isEmpty();
        assertThat(new Opener(mirrored(keys("now"))).open(record)).isEmpty();
    }

    private static Pair now(int messages) {
        return new Pair("now").until(messages);
    }

    private static String named(Ear ear, String handshake, int message) {
        return "%s hears message %d of the %s handshake".formatted(ear, message, handshake);
    }

    /** Beta's keys of a link. */
    private static LinkKeys keys(String name) {
        Pair pair = new Pair(name).until(MESSAGES);
        return ((Step.Established) pair.beta.receive(0, pair.said.getLast())).keys();
    }

    /** The keys of the link's other end. */
    private static LinkKeys mirrored(LinkKeys keys) {
        return new LinkKeys(
                keys.suite(), keys.receive(), keys.send(), keys.transcript(), keys.sessionId());
    }
}
