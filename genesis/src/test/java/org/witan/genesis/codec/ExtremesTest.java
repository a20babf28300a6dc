package org.witan.genesis.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.witan.genesis.failure.InvariantBroken;

/** The least and the greatest value of each field, and one beyond. */
class ExtremesTest {
    private static <T> void holds(
            BiConsumer<T, Writer> write, Function<Reader, T> read, List<T> values) {
        Codec<T> codec = new Codec<>(write, read);
        for (T value : values) {
            byte[] bytes = codec.encode(value);
            assertThat(codec.decode(bytes)).isEqualTo(new Decoded.Ok<>(value));
            for (int length = 0; length < bytes.length; length++) {
                assertThat(codec.decode(Arrays.copyOf(bytes, length)))
                        .isInstanceOf(Decoded.Bad.class);
            }
        }
    }

    @Test
    void numbersComeBack() {
        holds((v, out) -> out.u8(v), Reader::u8, List.of(0, 1, 0x7f, 0x80, 0xff));
        holds((v, out) -> out.u16(v), Reader::u16, List.of(0, 0xff, 0x100, 0x7fff, 0xffff));
        holds((v, out) -> out.u31(v), Reader::u31, List.of(0, 1, 0x01020304, Integer.MAX_VALUE));
        holds(
                (v, out) -> out.u63(v),
                Reader::u63,
                List.of(0L, 1L, 0x0102030405060708L, Long.MAX_VALUE));
        holds((v, out) -> out.bool(v), Reader::bool, List.of(true, false));
        holds(
                (v, out) -> out.bool(v).u8(9),
                in -> {
                    boolean value = in.bool();
                    assertThat(in.at()).isEqualTo(1);
                    assertThat(in.u8()).isEqualTo(9);
                    return value;
                },
                List.of(true, false));
    }

    @Test
    void nothingBeyondIsWritten() {
        for (int value : new int[] {-1, 0x100}) {
            assertThatThrownBy(() -> new Writer().u8(value)).isInstanceOf(InvariantBroken.class);
        }
        for (int value : new int[] {-1, 0x10000}) {
            assertThatThrownBy(() -> new Writer().u16(value)).isInstanceOf(InvariantBroken.class);
        }
        assertThatThrownBy(() -> new Writer().u31(-1)).isInstanceOf(InvariantBroken.class);
        assertThatThrownBy(() -> new Writer().u63(-1)).isInstanceOf(InvariantBroken.class);
    }

    @Test
    void lengthsAndCountsMayReachTheirLimit() {
        byte[] ten = new byte[10];
        assertThat(reading(in -> in.bytes8(10).length).decode(new Writer().bytes8(ten).toBytes()))
                .isEqualTo(new Decoded.Ok<>(10));
        assertThat(reading(in -> in.bytes16(10).length).decode(new Writer().bytes16(ten).toBytes()))
                .isEqualTo(new Decoded.Ok<>(10));
        assertThat(reading(in -> in.bytes32(10).length).decode(new Writer().bytes32(ten).toBytes()))
                .isEqualTo(new Decoded.Ok<>(10));
        Codec<Integer> item = new Codec<>((v, out) -> out.u8(v), Reader::u8);
        byte[] three = new Writer().list16(List.of(1, 2, 3), item).toBytes();
        assertThat(reading(in -> in.list16(3, 1, item).size()).decode(three))
                .isEqualTo(new Decoded.Ok<>(3));
        assertThat(reading(in -> in.list16(2, 1, item).size()).decode(three))
                .isInstanceOf(Decoded.Bad.class);
    }

    @Test
    void aWriterKnowsItsSizeAndFillsItsFirstBufferExactly() {
        Writer out = new Writer();
        for (int i = 0; i < 256; i++) {
            out.u8(i);
        }
        assertThat(out.size()).isEqualTo(256);
        assertThat(out.u8(7).toBytes()).hasSize(257).endsWith(7);
    }

    private static Codec<Integer> reading(Function<Reader, Integer> read) {
        return new Codec<>((v, out) -> out.u8(v), read);
    }
}
