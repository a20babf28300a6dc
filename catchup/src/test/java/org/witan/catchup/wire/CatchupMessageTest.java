package org.witan.catchup.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.witan.catchup.fixture.HandMadeNetwork;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.merkle.RangeProof;
import org.witan.chain.state.StatePath;
import org.witan.chain.store.EpochLink;
import org.witan.chain.store.StateChunk;
import org.witan.genesis.Golden;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.codec.Writer;
import org.witan.genesis.crypto.Hash;

class CatchupMessageTest {
    private static final HandMadeNetwork NETWORK = network();
    private static final Map<String, CatchupMessage> EXAMPLES = examples();

    private static HandMadeNetwork network() {
        HandMadeNetwork network = new HandMadeNetwork("golden", 4);
        network.grow(1, true);
        network.grow(1, false);
        network.grow(0, true);
        network.boundary(List.of("v1", "v2", "v3", "v4", "v5"));
        return network;
    }

    private static Map<String, CatchupMessage> examples() {
        List<Block> blocks = List.of(block(1), block(2));
        BlockHeader third = block(3).header();
        Certificate certificate = NETWORK.ledger().finalization(3).orElseThrow();
        EpochLink link = NETWORK.ledger().epoch(2).orElseThrow();
        Map<String, CatchupMessage> examples = new LinkedHashMap<>();
        examples.put("get-tip", new Request.GetTip(1));
        examples.put("get-epochs", new Request.GetEpochs(2, 7));
        examples.put("get-range", new Request.GetRange(3, 5, 260, 1 << 20));
        examples.put("tip-is", new Reply.TipIs(4, third, Optional.of(certificate)));
        examples.put("tip-is-genesis", new Reply.TipIs(5, block(0).header(), Optional.empty()));
        examples.put("epochs", new Reply.Epochs(6, List.of(link)));
        examples.put("range", new Reply.Range(7, blocks, List.of(third), certificate));
        examples.put("refused", new Reply.Refused(8, Refusal.BUSY, 250, "your share is used up"));
        examples.put("get-chunk", new Request.GetChunk(9, 77, hash(1), hash(200), 1 << 20));
        examples.put("chunk", new Reply.Chunk(10, chunk()));
        return examples;
    }

    private static Hash hash(int first) {
        byte[] bytes = new byte[Hash.SIZE_BYTES];
        bytes[0] = (byte) first;
        return Hash.of(bytes);
    }

    private static StateChunk chunk() {
        StatePath path = StatePath.parse("entry/v1/colour");
        List<RangeProof.Side> sides =
                List.of(
                        RangeProof.Nothing.EMPTY,
                        new RangeProof.OneLeaf(hash(3), hash(4)),
                        new RangeProof.Several(hash(5)));
        return new StateChunk(
                Hash.NONE,
                StateChunk.LAST,
                List.of(new StateChunk.Item(path, new byte[] {1, 2, 3})),
                new RangeProof(sides));
    }

    private static Block block(long height) {
        return NETWORK.ledger().block(height).orElseThrow();
    }

    static Stream<String> names() {
        return EXAMPLES.keySet().stream();
    }

    static CatchupMessage example(String name) {
        return Optional.ofNullable(EXAMPLES.get(name)).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("names")
    void staysAsItIs(String name) {
        byte[] bytes = CatchupMessage.CODEC.encode(example(name));
        Golden.hex(getClass(), name + ".v1.hex", bytes);
        assertThat(CatchupMessage.CODEC.decode(bytes)).isEqualTo(new Decoded.Ok<>(example(name)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatIsCutOffOrAddedIsRefused(String name) {
        byte[] bytes = CatchupMessage.CODEC.encode(example(name));
        IntStream.range(0, bytes.length).forEach(length -> assertBad(Arrays.copyOf(bytes, length)));
        assertBad(Arrays.copyOf(bytes, bytes.length + 1));
    }

    private static void assertBad(byte[] bytes) {
        assertThat(CatchupMessage.CODEC.decode(bytes)).isInstanceOf(Decoded.Bad.class);
    }

    /** One value, one encoding: what decodes at all encodes to the same bytes. */
    @ParameterizedTest
    @MethodSource("names")
    void noBytesMeanWhatOtherBytesMean(String name) {
        byte[] bytes = CatchupMessage.CODEC.encode(example(name));
        Random random = new Random(1);
        int decoded = 0;
        for (int i = 0; i < 5000; i++) {
            byte[] changed = bytes.clone();
            changed[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            if (CatchupMessage.CODEC.decode(changed) instanceof Decoded.Ok<CatchupMessage>(var v)) {
                assertThat(CatchupMessage.CODEC.encode(v)).isEqualTo(changed);
                decoded++;
            }
        }
        assertThat(decoded).isPositive();
    }

    @Test
    void blocksThatAreEncodedAlreadyGiveTheSameBytes() {
        Reply.Range range = (Reply.Range) example("range");
        List<byte[]> encoded = range.blocks().stream().map(Block.CODEC::encode).toList();
        assertThat(Reply.encodeRange(7, encoded, range.trail(), range.finalization()))
                .isEqualTo(CatchupMessage.CODEC.encode(range));
    }

    @Test
    void aRangeHasABlockAndAtMost256() {
        assertThat(decode(new Writer().u8(1).u8(18).u63(1).u16(0)))
                .isEqualTo(new Decoded.Bad<>(12, "a range without blocks"));
        assertThat(decode(new Writer().u8(1).u8(18).u63(1).u16(257)))
                .isEqualTo(new Decoded.Bad<>(10, "count 257 over the limit of 256"));
    }

    @Test
    void aCountIsHeldAgainstTheBytesThatAreLeft() {
        assertThat(decode(new Writer().u8(1).u8(18).u63(1).u16(256)))
                .isEqualTo(new Decoded.Bad<>(10, "count 256 cannot fit into 0 bytes"));
        assertThat(decode(new Writer().u8(1).u8(17).u63(1).u16(64)))
                .isEqualTo(new Decoded.Bad<>(10, "count 64 cannot fit into 0 bytes"));
    }

    @Test
    void unknownTypesAndRefusalsAreRefused() {
        assertThat(decode(new Writer().u8(1).u8(5).u63(1)))
                .isEqualTo(new Decoded.Bad<>(10, "unknown request 5"));
        assertThat(decode(new Writer().u8(1).u8(21).u63(1)))
                .isEqualTo(new Decoded.Bad<>(10, "unknown reply 21"));
        assertThat(decode(new Writer().u8(1).u8(19).u63(1).u8(4).u31(0).text8("")))
                .isEqualTo(new Decoded.Bad<>(11, "unknown refusal 4"));
    }

    private static Decoded<CatchupMessage> decode(Writer bytes) {
        return CatchupMessage.CODEC.decode(bytes.toBytes());
    }
}
