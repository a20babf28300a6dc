package org.witan.validator.consensus.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.witan.genesis.membership.NodeId;

/** How often one peer may ask, be answered and be reminded, and when it was last heard. */
class PeerTest {
    private final Peer peer = new Peer(new NodeId("b"), 1_000);

    private int asks(long nowMillis) {
        int taken = 0;
        while (peer.mayAsk(nowMillis)) {
            taken++;
        }
        return taken;
    }

    @Test
    void sixtyFourRequestsAtOnceThenOneInFiftyMilliseconds() {
        assertThat(asks(1_000)).isEqualTo(64);
        assertThat(asks(1_049)).isZero();
        assertThat(asks(1_050)).isEqualTo(1);
        assertThat(asks(1_099)).isZero();
        assertThat(asks(1_175)).as("the rest of 25 ms counts on").isEqualTo(2);
        assertThat(asks(1_200)).isEqualTo(1);
        assertThat(asks(1_000_000)).as("it never saves more than 64").isEqualTo(64);
    }

    @Test
    void answersAndRemindersKeepTheirPause() {
        assertThat(peer.mayBeAnswered(2_000, 100)).isTrue();
        assertThat(peer.mayBeAnswered(2_099, 100)).isFalse();
        assertThat(peer.mayBeAnswered(2_100, 100)).isTrue();
        assertThat(peer.mayBeReminded(2_000, 300)).isTrue();
        assertThat(peer.mayBeReminded(2_299, 300)).isFalse();
        assertThat(peer.mayBeReminded(2_300, 300)).isTrue();
    }

    @Test
    void aLinkIsDownSinceItsFirstLossAndHeardWhenItComesUp() {
        assertThat(peer.isDown()).isFalse();
        assertThat(peer.downSinceMillis()).isEqualTo(Long.MAX_VALUE);
        peer.link(false, 3_000);
        peer.link(false, 4_000);
        assertThat(peer.isDown()).isTrue();
        assertThat(peer.downSinceMillis()).isEqualTo(3_000);
        assertThat(peer.heardMillis()).isEqualTo(1_000);
        peer.link(true, 5_000);
        assertThat(peer.isDown()).isFalse();
        assertThat(peer.downSinceMillis()).isEqualTo(Long.MAX_VALUE);
        assertThat(peer.heardMillis()).isEqualTo(5_000);
        peer.heard(6_000);
        assertThat(peer.heardMillis()).isEqualTo(6_000);
        assertThat(peer.status()).isEmpty();
        assertThat(peer.id()).hasToString("b");
    }

    @Test
    void itAsksForTheFirstTimeOnceOnEachLink() {
        assertThat(peer.isFirstAsked()).isTrue();
        assertThat(peer.isFirstAsked()).isFalse();
        peer.link(true, 2_000);
        assertThat(peer.isFirstAsked()).isTrue();
        assertThat(peer.isFirstAsked()).isFalse();
    }
}
