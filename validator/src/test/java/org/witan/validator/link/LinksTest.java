package org.witan.validator.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Two nodes link, talk and part, whoever comes first. */
class LinksTest {
    @Test
    void twoValidatorsLinkAndTalk() throws Exception {
        List<Node> nodes = Node.validators("alpha", "beta");
        try (Node alpha = nodes.get(0).start();
                Node beta = nodes.get(1).start()) {
            assertThat(Node.await(5_000, () -> alpha.isUp(beta) && beta.isUp(alpha))).isTrue();
            assertThat(alpha.links().send(beta.id, Traffic.VOTE, Node.bytes("a vote"))).isTrue();
            assertThat(beta.links().send(alpha.id, Traffic.CATCHUP, Node.bytes("a range")))
                    .isTrue();
            assertThat(beta.told.next()).isEqualTo("a vote");
            assertThat(alpha.told.next()).isEqualTo("a range");
            assertThat(alpha.links().states().getFirst().openedBy()).contains(beta.id);
        }
    }
}
