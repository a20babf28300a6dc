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

    /** It talks and never reads: what waits for it is bounded, and three keep-alives end it. */
    @Test
    void whoNeverReadsIsCut() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        Node alpha = nodes.get(0);
        Roster roster = new Roster(nodes.stream().map(Node::member).toList());
        LinkSettings settings =
                new LinkSettings(
                        alpha.address(), List.of(), List.of(), 300, 86_400_000, 10_000, 64);
        alpha.with(new Links(settings, alpha.identity(Node.NETWORK, 0), roster, alpha.told));
        try (alpha) {
            alpha.start();
            try (Byzantine beta = new Byzantine(nodes.get(1), alpha)) {
                beta.say(RecordType.PING, new byte[Long.BYTES]);
                assertThat(Node.await(5_000, () -> !alpha.told.ups.isEmpty())).isTrue();
                byte[] block = new byte[1 << 20];
                int queued = 0;
                while (alpha.links().send(nodes.get(1).id, Traffic.CATCHUP, block)) {
                    queued++;
                }
                boolean cut =
                        Node.await(
                                20_000,
                                () -> {
                                    alpha.links().send(nodes.get(1).id, Traffic.CATCHUP, block);
                                    beta.say(RecordType.PING, new byte[Long.BYTES]);
                                    java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
                                    return !alpha.told.downs.isEmpty();
                                });
                assertThat(queued).isBetween(8, 32);
                assertThat(cut).isTrue();
                assertThat(alpha.told.downs.peek()).contains("4408");
            }
        } finally {
            nodes.get(1).close();
        }
    }
}
