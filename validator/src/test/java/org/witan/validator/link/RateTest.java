package org.witan.validator.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.witan.validator.link.LinkEvent.Kind;
import org.witan.validator.link.handshake.CloseCode;
import org.witan.validator.link.record.RecordType;

/** Members that cost time without saying anything (rule K2). */
class RateTest {
    @ParameterizedTest
    @EnumSource(
            value = RecordType.class,
            names = {"PING", "PONG", "KEY_UPDATE"})
    void recordsWithoutMessagesAreCounted(RecordType type) throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        try (Node alpha = nodes.get(0).start();
                Byzantine beta = new Byzantine(nodes.get(1), alpha)) {
            for (int i = 0; i < 1_100; i++) {
                if (type == RecordType.KEY_UPDATE) {
                    beta.update();
                } else {
                    beta.say(type, new byte[Long.BYTES]);
                }
            }
            assertThat(beta.hearsEnd()).isEqualTo(CloseCode.RATE);
            assertThat(Node.await(5_000, () -> !alpha.told.downs.isEmpty())).isTrue();
            assertThat(alpha.told.downs.peek()).contains("4407");
        } finally {
            nodes.get(1).close();
        }
    }

    /** Thirty at once, then one a second. */
    @Test
    void handshakesOfOneMemberAreRationed() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        try (Node alpha = nodes.get(0).start()) {
            int refused = 0;
            for (int i = 0; i < 60 && refused == 0; i++) {
                try (Byzantine beta = new Byzantine(nodes.get(1), alpha)) {
                    beta.say(RecordType.CLOSE, new byte[10]);
                    refused += beta.hearsEnd() == CloseCode.RATE ? 1 : 0;
                }
            }
            assertThat(refused).isEqualTo(1);
            assertThat(alpha.told.events)
                    .anyMatch(event ->
                            event.kind() == Kind.MEMBER_REFUSED && event.code() == CloseCode.RATE);
        } finally {
            nodes.get(1).close();
        }
    }
}
