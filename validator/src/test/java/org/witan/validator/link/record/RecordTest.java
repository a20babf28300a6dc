package org.witan.validator.link.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.witan.validator.link.keys.LinkKeys;
import org.witan.validator.link.keys.Suite;
import org.witan.validator.link.keys.TrafficKeys;

/** Sealed records and the pieces inside them (R1 to R6). */
class RecordTest {
    static LinkKeys keys(Suite suite) {
        byte[] key = new byte[TrafficKeys.KEY_BYTES];
        byte[] iv = new byte[TrafficKeys.IV_BYTES];
        Arrays.fill(key, (byte) 7);
        TrafficKeys both = new TrafficKeys(key, iv);
        return new LinkKeys(suite, both, both, new byte[32], new byte[8]);
    }

    private final Sealer sealer = new Sealer(keys(Suite.AES_256_GCM), 0);
    private final Opener opener = new Opener(keys(Suite.AES_256_GCM));

    @ParameterizedTest
    @EnumSource(Suite.class)
    void recordsOpenInOrderAcrossKeyUpdates(Suite suite) {
        Sealer out = new Sealer(keys(suite), 0);
        Opener in = new Opener(keys(suite));
        for (int i = 0; i < 100; i++) {
            if (i % 10 == 9) {
                assertThat(in.open(out.update(0)).orElseThrow().type())
                        .isEqualTo(RecordType.KEY_UPDATE);
            }
            byte[] text = new byte[i * 37];
            Opener.Opened opened = in.open(out.seal(RecordType.DATA, text)).orElseThrow();
            assertThat(opened.type()).isEqualTo(RecordType.DATA);
            assertThat(opened.plaintext()).isEqualTo(text);
        }
        assertThat(in.number()).isEqualTo(out.number()).isEqualTo(110);
    }

    @Test
    void theKeyIsRolledByCount() {
        byte[] frame = new byte[0];
        for (long i = 0; i < Sealer.UPDATE_RECORDS; i++) {
            assertThat(sealer.updateDue(0)).isFalse();
            frame = sealer.seal(RecordType.DATA, new byte[0]);
        }
        assertThat(frame).isNotEmpty();
        assertThat(sealer.updateDue(0)).isTrue();
        assertThat(sealer.update(0)).isNotEmpty();
        assertThat(sealer.updateDue(0)).isFalse();
    }

    @Test
    void theKeyIsRolledByTime() {
        assertThat(sealer.updateDue(3_599_999)).isFalse();
        assertThat(sealer.updateDue(3_600_000)).isTrue();
        assertThat(sealer.update(3_600_000)).isNotEmpty();
        assertThat(sealer.updateDue(3_600_000)).isFalse();
    }

    @Test
    void replayReorderingAndLossBreakTheLink() {
        byte[] first = sealer.seal(RecordType.DATA, new byte[1]);
        byte[] second = sealer.seal(RecordType.DATA, new byte[1]);
        assertThat(new Opener(keys(Suite.AES_256_GCM)).open(second)).isEmpty();
        assertThat(opener.open(first)).isPresent();
        assertThat(opener.open(first)).isEmpty();
        assertThat(opener.open(second)).as("nothing follows a bad record").isEmpty();
    }

    @Test
    void noChangedBitSurvives() {
        byte[] frame = sealer.seal(RecordType.PING, new byte[8]);
        for (int bit = 0; bit < frame.length * 8; bit++) {
            byte[] changed = frame.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(new Opener(keys(Suite.AES_256_GCM)).open(changed)).isEmpty();
        }
        assertThat(opener.open(frame)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, Opener.MAX_FRAME_BYTES + 1})
    void impossibleLengthsAreRefused(int length) {
        assertThat(opener.open(new byte[length])).isEmpty();
    }

    /** Random messages of random streams through random records arrive whole and in order. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void messagesSurvivePackingAndAlternation(long seed) {
        Random random = new Random(seed);
        List<List<byte[]>> sent = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        List<List<byte[]>> arrived =
                List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        int[] progress = new int[3];
        byte[][] under = new byte[3][];
        Packer packer = new Packer();
        Assembler assembler = new Assembler(100_000, 100_000, 100_000);
        for (int turn = 0; turn < 400; turn++) {
            while (packer.hasRoom()) {
                int stream = random.nextInt(3);
                if (under[stream] == null) {
                    under[stream] = new byte[random.nextInt(turn < 380 ? 60_000 : 3)];
                    random.nextBytes(under[stream]);
                    sent.get(stream).add(under[stream]);
                }
                progress[stream] = packer.add(stream, under[stream], progress[stream]);
                if (progress[stream] == under[stream].length) {
                    under[stream] = null;
                    progress[stream] = 0;
                }
            }
            byte[] record = opener.open(packer.seal(sealer)).orElseThrow().plaintext();
            assertThat(assembler.take(record, (s, message) -> arrived.get(s).add(message)))
                    .isTrue();
        }
        for (int stream = 0; stream < 3; stream++) {
            int whole = arrived.get(stream).size();
            assertThat(whole).isGreaterThan(10);
            for (int i = 0; i < whole; i++) {
                assertThat(arrived.get(stream).get(i)).isEqualTo(sent.get(stream).get(i));
            }
        }
    }

    private static boolean takes(Assembler assembler, int... bytes) {
        byte[] record = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            record[i] = (byte) bytes[i];
        }
        return assembler.take(record, (_, _) -> {});
    }

    @Test
    void piecesFollowTheRules() {
        assertThat(takes(new Assembler(10), 0, 3, 0, 1, 9)).isTrue();
        assertThat(takes(new Assembler(10), 1, 3, 0, 1, 9)).as("unknown stream").isFalse();
        assertThat(takes(new Assembler(10), 0, 4, 0, 1, 9)).as("unknown flag").isFalse();
        assertThat(takes(new Assembler(10), 0, 3, 0, 2, 9)).as("length over the end").isFalse();
        assertThat(takes(new Assembler(10), 0, 3, 0)).as("half a header").isFalse();
        assertThat(takes(new Assembler(10), 0, 2, 0, 1, 9)).as("last without first").isFalse();
        assertThat(takes(new Assembler(10), 0, 1, 0, 1, 9, 0, 1, 0, 1, 9))
                .as("first after first")
                .isFalse();
        assertThat(takes(new Assembler(10), 0, 1, 0, 0)).as("nothing at all").isFalse();
        assertThat(takes(new Assembler(1), 0, 1, 0, 1, 9, 0, 2, 0, 1, 9)).as("too long").isFalse();
        assertThat(takes(new Assembler(1), 0, 3, 0, 2, 9, 9)).as("too long at once").isFalse();
    }

    @Test
    void noiseNeverHarmsTheAssembler() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            Assembler assembler = new Assembler(64, 64);
            byte[] noise = new byte[random.nextInt(40)];
            random.nextBytes(noise);
            for (int j = 0; j < noise.length; j += 4) {
                noise[j] &= 1;
            }
            assembler.take(noise, (_, message) -> assertThat(message.length).isLessThan(65));
        }
    }
}
