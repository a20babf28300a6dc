package org.witan.genesis.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.witan.genesis.failure.InvariantBroken;

/** One value has one encoding, and bytes that are none cost neither memory nor an exception. */
class CodecTest {
    private static final Codec<Integer> ITEM = new Codec<>((v, out) -> out.u8(v), Reader::u8);

    @Test
    void writesBigEndianWithPrefixes() {
        byte[] bytes =
                new Writer()
                        .u8(1)
                        .u16(0x203)
                        .u31(0x4050607)
                        .u63(0x8090a0b0c0d0eL)
                        .bool(true)
                        .text8("é")
                        .bytes16(new byte[] {9})
                        .bytes32(new byte[] {8})
                        .list16(List.of(5, 6), ITEM)
                        .toBytes();
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo(
                        "01020304050607"
                                + "0008090a0b0c0d0e"
                                + "01"
                                + "02c3a9"
                                + "000109"
                                + "0000000108"
                                + "00020506");
    }

    @Test
    void growsBeyondItsFirstBuffer() {
        byte[] large = new byte[100_000];
        large[99_999] = 7;
        assertThat(new Writer().bytes32(large).toBytes()).hasSize(100_004).endsWith(7);
    }

    @Test
    void refusesToWriteWhatDoesNotFit() {
        assertThatThrownBy(() -> new Writer().u8(256)).isInstanceOf(InvariantBroken.class);
        assertThatThrownBy(() -> new Writer().u16(-1)).isInstanceOf(InvariantBroken.class);
        assertThatThrownBy(() -> new Writer().u63(-1)).isInstanceOf(InvariantBroken.class);
        assertThatThrownBy(() -> new Writer().bytes8(new byte[256]))
                .isInstanceOf(InvariantBroken.class);
    }

    @ParameterizedTest
    @CsvSource({
        "u8,'',0,0 bytes left where 1 are needed",
        "u16,01,0,1 bytes left where 2 are needed",
        "u31,80000000,0,number over 2^31 - 1",
        "u63,ffffffffffffffff,0,number over 2^63 - 1",
        "bool,02,0,a truth value other than 0 and 1",
        "version,02,0,'version 2, known is 1'",
        "bytes8,05aa,0,length 5 but 1 bytes left",
        "bytes8,0b,0,length 11 over the limit of 10",
        "bytes16,ffff,0,length 65535 over the limit of 10",
        "bytes32,7fffffff,0,length 2147483647 over the limit of 10",
        "text8,01ff,0,text that is not UTF-8",
        "text8,02c0af,0,text that is not UTF-8",
        "text8,03eda080,0,text that is not UTF-8",
        "list16,ffff,0,count 65535 over the limit of 1000",
        "list16,03e80102,0,count 1000 cannot fit into 2 bytes",
        "list16,000201,0,count 2 cannot fit into 1 bytes",
        "u8,0102,1,1 bytes too many"
    })
    void saysWhereAndWhyBytesAreBad(String kind, String hex, int offset, String why) {
        Decoded<Object> decoded = codec(kind).decode(HexFormat.of().parseHex(hex));
        assertThat(decoded).isEqualTo(new Decoded.Bad<>(offset, why));
    }

    /** 64 MiB claimed by six bytes, a hundred thousand times: nothing of it is allocated. */
    @Test
    void allocatesNothingForALengthThatLies() {
        Codec<Object> huge = reading(in -> in.bytes32(1 << 26));
        Codec<Object> many = reading(in -> in.list16(65_535, 1000, ITEM));
        byte[] lie = HexFormat.of().parseHex("03ffffff0000");
        for (int i = 0; i < 100_000; i++) {
            assertThat(huge.decode(lie)).isInstanceOf(Decoded.Bad.class);
            assertThat(many.decode(lie)).isInstanceOf(Decoded.Bad.class);
        }
    }

    @Test
    void takesWhatStandsBetweenTwoOffsets() {
        Codec<Object> codec =
                reading(in -> {
                    in.u8();
                    int from = in.at();
                    in.u16();
                    assertThat(in.left()).isEqualTo(1);
                    byte[] slice = in.slice(from, in.at());
                    in.u8();
                    return HexFormat.of().formatHex(slice);
                });
        assertThat(codec.decode(new byte[] {1, 2, 3, 4})).isEqualTo(new Decoded.Ok<>("0203"));
    }

    @Test
    void throwsForBadBytesOnlyWhereTheyAreOurs() {
        assertThat(ITEM.decode(new byte[] {5}).orThrow()).isEqualTo(5);
        assertThatThrownBy(() -> ITEM.decode(new byte[0]).orThrow())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("byte 0");
    }

    private static Codec<Object> codec(String kind) {
        return reading(
                switch (kind) {
                    case "u8" -> Reader::u8;
                    case "u16" -> Reader::u16;
                    case "u31" -> Reader::u31;
                    case "u63" -> Reader::u63;
                    case "bool" -> Reader::bool;
                    case "version" ->
                            in -> {
                                in.version(1);
                                return 0;
                            };
                    case "bytes8" -> in -> in.bytes8(10);
                    case "bytes16" -> in -> in.bytes16(10);
                    case "bytes32" -> in -> in.bytes32(10);
                    case "text8" -> in -> in.text8(10);
                    default -> in -> in.list16(1000, 1, ITEM);
                });
    }

    private static Codec<Object> reading(Function<Reader, Object> reader) {
        return new Codec<>((_, _) -> {}, reader);
    }
}
