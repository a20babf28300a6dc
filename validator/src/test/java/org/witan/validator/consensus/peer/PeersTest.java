package org.witan.validator.consensus.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Rules;
import org.witan.validator.consensus.TestEpochs;
import org.witan.validator.consensus.message.LinkRow;
import org.witan.validator.consensus.message.Status;

/** What one of four members knows of the others and of strangers. */
class PeersTest {
    private static final NodeId A = TestEpochs.id(0);
    private static final NodeId B = TestEpochs.id(1);
    private static final NodeId C = TestEpochs.id(2);
    private static final NodeId D = TestEpochs.id(3);
    private static final NodeId STRANGER = new NodeId("stranger");
    private static final long START = 100_000;

    private final Peers peers = new Peers(new TestEpochs(4, Rules.DEFAULT).epoch(1), D);

    private Peer heard(NodeId id, long millis) {
        return peers.heard(id, millis).orElseThrow();
    }

    @Test
    void aMemberDoesNotHearItself() {
        assertThat(peers.heard(D, START)).isEmpty();
        assertThat(peers.validators()).extracting(Peer::id).containsExactly(A, B, C);
    }

    @Test
    void aThousandStrangersAreKnownAndMembersAlways() {
        IntStream.range(0, 1_024).forEach(i -> heard(new NodeId("n" + i), START));
        assertThat(peers.heard(STRANGER, START)).isEmpty();
        assertThat(peers.heard(new NodeId("n7"), START)).isPresent();
        assertThat(peers.heard(A, START)).isPresent();
        peers.link(new NodeId("n7"), false, START);
        assertThat(peers.get(new NodeId("n7"))).as("forgotten with its link").isEmpty();
        assertThat(peers.heard(STRANGER, START)).isPresent();
    }

    @Test
    void whoIsDownOrSilentIsMissing() {
        peers.start(START);
        assertThat(peers.missing(START + 2_999, 3_000)).isEmpty();
        assertThat(peers.missing(START + 3_000, 3_000)).containsExactly(A, B, C);
        heard(B, START + 1);
        assertThat(peers.missing(START + 3_000, 3_000)).containsExactly(A, C);
        peers.link(B, false, START + 2);
        assertThat(peers.missing(START + 10, 3_000)).containsExactly(B);
        peers.link(B, true, START + 3);
        assertThat(peers.missing(START + 3_002, 3_000)).containsExactly(A, C);
    }

    @Test
    void absentIsWhoseLinkIsDownForTheBoundOrWhoIsSilent() {
        peers.start(START);
        assertThat(peers.absentFromMillis(A, START)).isEqualTo(START + 3_000);
        peers.link(A, false, START + 50);
        assertThat(peers.absentFromMillis(A, START + 60)).isEqualTo(START + 150);
        assertThat(peers.absentFromMillis(D, START)).isEqualTo(Long.MAX_VALUE);
        assertThat(peers.absentFromMillis(STRANGER, START)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void withoutAQuorumOfOthersNobodyIsToBlame() {
        peers.start(START);
        peers.link(B, false, START);
        peers.link(A, false, START);
        assertThat(peers.absentFromMillis(A, START + 1)).isEqualTo(Long.MAX_VALUE);
        peers.link(B, true, START + 10);
        assertThat(peers.absentFromMillis(A, START + 20)).isEqualTo(START + 100);
        assertThat(peers.absentFromMillis(A, START + 3_010))
                .as("b was heard for the last time 3 s ago")
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whoDrainsOrDoesNotVoteIsAbsentAtOnce() {
        peers.start(START);
        peers.status(heard(A, START), status(1, true, true));
        peers.status(heard(B, START), status(1, false, false));
        peers.status(heard(C, START), status(1, false, true));
        assertThat(peers.absentFromMillis(A, START)).isZero();
        assertThat(peers.absentFromMillis(B, START)).isZero();
        assertThat(peers.absentFromMillis(C, START)).isEqualTo(START + 3_000);
    }

    @Test
    void aHeightIsProvenByTheWordOfTwo() {
        assertThat(peers.provenHeight()).isZero();
        peers.status(heard(A, START), status(90, false, true));
        assertThat(peers.provenHeight()).isZero();
        peers.status(heard(B, START), status(70, false, true));
        assertThat(peers.provenHeight()).isEqualTo(70);
        peers.status(heard(C, START), status(80, false, true));
        assertThat(peers.provenHeight()).isEqualTo(80);
    }

    @Test
    void theNewestViewIsThatOfWhoIsFarthest() {
        assertThat(peers.viewAfterAll()).isEqualTo(1);
        peers.status(heard(A, START), status(5, false, true));
        peers.status(heard(B, START), status(9, false, true));
        peers.status(heard(STRANGER, START), status(50, false, true));
        assertThat(peers.viewAfterAll()).isEqualTo(10);
        peers.status(heard(C, START), status(0, 70, false, true));
        assertThat(peers.viewAfterAll()).as("one is in an epoch that is over").isEqualTo(10);
        peers.status(heard(C, START), status(2, 1, false, true));
        assertThat(peers.viewAfterAll()).as("one is in a later one").isEqualTo(Long.MAX_VALUE);
    }

    private static Status status(long height, boolean draining, boolean voting) {
        return status(1, height, draining, voting);
    }

    private static Status status(long epoch, long height, boolean draining, boolean voting) {
        return new Status(
                epoch,
                height,
                height,
                height,
                Hash.NONE,
                new Status.Held(new BitSet(), new BitSet()),
                false,
                draining,
                voting,
                new Status.ProtocolRange(1, 1),
                LinkRow.NONE);
    }
}
