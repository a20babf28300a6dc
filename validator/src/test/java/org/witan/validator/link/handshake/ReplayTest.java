package org.witan.validator.link.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.witan.validator.link.keys.LinkKeys;
import org.witan.validator.link.record.Opener;
import org.witan.validator.link.record.RecordType;
import org.witan.validator.link.record.Sealer;

/**
 * Whoever has captured all that two honest nodes said, in an earlier handshake and in this one so
 * far, says any of it again, to either side, at every point of this one. A hello may be repeated to
 * whoever waits for one and leads to an answer; a repeated answer leads to a proof, which the
 * initiator would have given to anybody. All else is refused, and nobody is proven or linked with.
 */
class ReplayTest {
    /** Somebody who is told something at a point of the handshake. */
    private enum Ear {
        ALPHA {
            @Override
            Step hears(Exchange pair, byte[] message) {
                return pair.toAlpha(message);
            }
        },
        BETA {
            @Override
            Step hears(Exchange pair, byte[] message) {
                return pair.toBeta(message);
            }
        };

        abstract Step hears(Exchange pair, byte[] message);

        /** Whose turn to hear the message with this number is. */
        static Ear of(int message) {
            return message % 2 == 0 ? ALPHA : BETA;
        }
    }

    private final List<byte[]> earlier = new Exchange("earlier").until(Exchange.MESSAGES).said();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void whatWasCapturedIsRefusedWhereverItIsSaidAgain(int messages) {
        for (Ear ear : Ear.values()) {
            for (int i = 0; i < Exchange.MESSAGES; i++) {
                boolean answered = ear == Ear.of(i) && i < 2 && messages <= i + 1;
                assertThat(ear.hears(now(messages), earlier.get(i)))
                        .as(named(ear, "earlier", i))
                        .isInstanceOf(answered ? Step.Send.class : Step.Refused.class);
            }
            for (int i = 0; i < messages; i++) {
                Exchange pair = now(messages);
                if (i < messages - 1 || ear != Ear.of(i)) {
                    assertThat(ear.hears(pair, pair.said().get(i)))
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
        for (int next = 0; next < Exchange.MESSAGES; next++) {
            Exchange pair = now(first + 1);
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

    private static Exchange now(int messages) {
        return new Exchange("now").until(messages);
    }

    private static String named(Ear ear, String handshake, int message) {
        return "%s hears message %d of the %s handshake".formatted(ear, message, handshake);
    }

    /** Beta's keys of a link. */
    private static LinkKeys keys(String name) {
        Exchange pair = new Exchange(name).until(Exchange.MESSAGES);
        return ((Step.Established) pair.toBeta(pair.said().getLast())).keys();
    }

    /** The keys of the link's other end. */
    private static LinkKeys mirrored(LinkKeys keys) {
        return new LinkKeys(
                keys.suite(), keys.receive(), keys.send(), keys.transcript(), keys.sessionId());
    }
}
