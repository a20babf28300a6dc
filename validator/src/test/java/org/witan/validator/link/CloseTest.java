package org.witan.validator.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.witan.validator.link.handshake.CloseCode;

/** A node that stops leaves no link behind that would answer in its name. */
class CloseTest {
    private static final int TIMES = 20;

    /**
     * The other side takes the link a moment before the side that opened it does. It stops just
     * then, and what it opened must end all the same: the next process of that name would be taken
     * for a second one as long as the link lives.
     */
    @Test
    void aLinkThatComesWhileItsOpenerStopsEnds() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        Node alpha = nodes.get(0);
        Node beta = nodes.get(1);
        try (alpha;
                beta) {
            alpha.start();
            for (int i = 1; i <= TIMES; i++) {
                Links opener =
                        new Links(
                                LinkSettings.listeningOn(beta.address()),
                                beta.identity(Node.NETWORK, i),
                                new Roster(List.of(alpha.member(), beta.member())),
                                new Node.Told());
                opener.start();
                assertThat(alpha.told.ups.poll(10, TimeUnit.SECONDS)).isEqualTo(beta.id);
                opener.close();
                assertThat(alpha.told.downs.poll(5, TimeUnit.SECONDS))
                        .as("process %d", i)
                        .startsWith(CloseCode.GOING_AWAY + ": ");
            }
            assertThat(alpha.told.heard(LinkEvent.Kind.SECOND_INSTANCE)).isFalse();
        }
    }
}
