package org.witan.validator.consensus.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Block;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.Golden;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Rules;
import org.witan.validator.consensus.CheapKeys;
import org.witan.validator.consensus.TestEpochs;

/** The bytes of every message: what they look like, and that bad ones are only refused. */
class MessageTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final TestEpochs EPOCHS = new TestEpochs(4, Rules.DEFAULT);
    private static final Block BLOCK =
            EPOCHS.block(EPOCHS.genesis(), EPOCHS.epoch(1), 1, false, 1_000_123);

    static Stream<Arguments> messages() {
        Vote vote = vote(VoteKind.NOTARIZE, 0, BLOCK.hash());
        Certificate skipped =
                new Certificate(
                        vote(VoteKind.NULLIFY, 0, Hash.NONE).ballot(),
                        List.of(0, 2, 3),
                        Stream.of(0, 2, 3)
                                .map(i -> vote(VoteKind.NULLIFY, i, Hash.NONE).signature())
                                .toList());
        BitSet bits = new BitSet();
        bits.set(1);
        Status status =
                new Status(
                        1,
                        3,
                        1,
                        7,
                        BLOCK.hash(),
                        new Status.Held(bits, new BitSet()),
                        true,
                        false,
                        true,
                        new Status.ProtocolRange(1, 2),
                        new LinkRow(List.of(LinkRow.UNKNOWN, 12, LinkRow.DOWN, 3)));
        return Stream.of(
                Arguments.of("proposal", new Proposal(vote, List.of(skipped), BLOCK)),
                Arguments.of("votes", new Votes(List.of(vote))),
                Arguments.of("certificates", new Certificates(List.of(skipped))),
                Arguments.of("status", status),
                Arguments.of("get-certificates", new GetCertificates(1, List.of(2L, 5L))),
                Arguments.of("get-blocks", new GetBlocks(List.of(BLOCK.hash()))),
                Arguments.of("blocks", new Blocks(List.of(BLOCK))));
    }

    private static Vote vote(VoteKind kind, int signer, Hash block) {
        Ballot ballot = new Ballot(kind, 1, EPOCHS.epoch(1).configHash(), 2, block);
        String name = TestEpochs.id(signer).value();
        return Vote.cast(ballot, signer, TestEpochs.NETWORK, CheapKeys.signer(name));
    }

    @DisplayName("D1 2: one encoding of every type, as in the golden files")
    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void hasOneEncoding(String name, ConsensusMessage message) {
        byte[] bytes = ConsensusMessage.CODEC.encode(message);
        Golden.hex(MessageTest.class, name + ".v1.hex", bytes);
        assertThat(ConsensusMessage.CODEC.decode(bytes)).isEqualTo(new Decoded.Ok<>(message));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void anyShorterOrLongerIsRefused(String name, ConsensusMessage message) {
        byte[] bytes = ConsensusMessage.CODEC.encode(message);
        for (int length = 0; length < bytes.length; length++) {
            assertBad(Arrays.copyOf(bytes, length));
        }
        assertBad(Arrays.copyOf(bytes, bytes.length + 1));
    }

    @DisplayName("D1 3: a count that promises more than the bytes hold allocates nothing")
    @ParameterizedTest
    @MethodSource("bombs")
    void lengthBombIsRefused(byte[] bytes) {
        assertBad(bytes);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Decoded<ConsensusMessage> again = ConsensusMessage.CODEC.decode(bytes);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 14);
        assertThat(again).isInstanceOf(Decoded.Bad.class);
    }

    static Stream<byte[]> bombs() {
        return Stream.of(
                new byte[] {1, 2, (byte) 0xff, (byte) 0xff},
                new byte[] {1, 3, 0, 127},
                new byte[] {1, 5, 0, 0, 0, 0, 0, 0, 0, 1, 0, 65},
                new byte[] {1, 6, 0, 16},
                new byte[] {1, 7, 0, 17},
                new byte[] {1, 8},
                new byte[] {2, 1});
    }

    @Test
    void aProposalSignsItsOwnBlock() {
        Vote other = vote(VoteKind.NOTARIZE, 0, EPOCHS.genesis().hash());
        assertBad(ConsensusMessage.CODEC.encode(new Proposal(other, List.of(), BLOCK)));
        Vote skip = vote(VoteKind.NULLIFY, 0, Hash.NONE);
        assertBad(ConsensusMessage.CODEC.encode(new Proposal(skip, List.of(), BLOCK)));
    }

    @Test
    @DisplayName("D1 6: a bitmap that is cut or padded")
    void aBitmapHasNoZeroByteAtItsEnd() {
        Status status = (Status) messages().toList().get(3).get()[1];
        byte[] bytes = ConsensusMessage.CODEC.encode(status);
        int bitmap = 2 + 4 * 8 + 32 + 1;
        assertThat(bytes[bitmap]).isEqualTo((byte) 2);
        bytes[bitmap] = 0;
        assertBad(bytes);
    }

    @Test
    void aStatusIsSmall() {
        Status status = (Status) messages().toList().get(3).get()[1];
        assertThat(ConsensusMessage.CODEC.encode(status)).hasSizeLessThan(100);
    }

    private static void assertBad(byte[] bytes) {
        assertThat(ConsensusMessage.CODEC.decode(bytes)).isInstanceOf(Decoded.Bad.class);
    }
}
