package org.witan.validator.link.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.witan.validator.link.session.FreshSecrets;

/** A handshake of two honest sides with secrets of their own, and what they have said. */
final class Exchange {
    /** Of a whole handshake. */
    static final int MESSAGES = 4;

    private final Initiator beta;
    private final Responder alpha = new Responder(Sides.party(Sides.ALPHA), 0);
    private final FreshSecrets alphaSecrets;
    private final List<byte[]> said = new ArrayList<>();

    Exchange(String name) {
        beta =
                new Initiator(
                        Sides.party(Sides.BETA),
                        new Initiator.Target(
                                Sides.ALPHA, Sides.known(Sides.ALPHA).orElseThrow(), Intent.LINK),
                        new FreshSecrets(FixedRandom.named(name + ", beta")),
                        0);
        alphaSecrets = new FreshSecrets(FixedRandom.named(name + ", alpha"));
    }

    /** Lets this many messages be said, each heard by the other side but for the last. */
    Exchange until(int messages) {
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

    Step toBeta(byte[] message) {
        return beta.receive(0, message);
    }

    /** What was said so far, first to last. */
    List<byte[]> said() {
        return said;
    }
}
