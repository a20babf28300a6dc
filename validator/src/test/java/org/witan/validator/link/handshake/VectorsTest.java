package org.witan.validator.link.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.witan.genesis.crypto.Hash;
import org.witan.validator.link.keys.KeySchedule;
import org.witan.validator.link.keys.LinkKeys;
import org.witan.validator.link.keys.Secrets;
import org.witan.validator.link.keys.Suite;
import org.witan.validator.link.record.Packer;
import org.witan.validator.link.record.RecordType;
import org.witan.validator.link.record.Sealer;

/**
 * docs/protocol/wlh1-vectors.json, made anew from fixed seeds and compared; {@code -Drewrite=true}
 * writes it. An independent program, wlh1_vectors.py beside it, computes the same values.
 */
class VectorsTest {
    private static final Path FILE =
            Path.of(System.getProperty("witan.root", ".."), "docs/protocol/wlh1-vectors.json");

    @Test
    void vectorsHaveNotChanged() throws IOException {
        StringJoiner cases = new StringJoiner(",\n", "[\n", "\n]\n");
        cases.add(vector("AES-256-GCM", Suite.AES_256_GCM, List.of()));
        cases.add(
                vector(
                        "AES-256-GCM with a pre-shared key",
                        Suite.AES_256_GCM,
                        List.of(new Psk(Sides.seed(Sides.ALPHA)))));
        cases.add(vector("ChaCha20-Poly1305", Suite.CHACHA20_POLY1305, List.of()));
        if (Boolean.getBoolean("rewrite")) {
            Files.writeString(FILE, cases.toString());
        }
        assertThat(cases.toString()).isEqualTo(Files.readString(FILE));
    }

    /** Remembers the secrets that both sides agree on, for the file. */
    private record Watched(Secrets inner, Map<String, byte[]> seen) implements Secrets {
        @Override
        public byte[] nonce() {
            return inner.nonce();
        }

        @Override
        public byte[] share() {
            return inner.share();
        }

        @Override
        public Optional<byte[]> agree(byte[] otherShare) {
            var secret = inner.agree(otherShare);
            secret.ifPresent(s -> seen.put("x25519_secret", s.clone()));
            return secret;
        }

        @Override
        public byte[] encapsulationKey() {
            return inner.encapsulationKey();
        }

        @Override
        public Optional<byte[]> decapsulate(byte[] ciphertext) {
            return inner.decapsulate(ciphertext);
        }

        @Override
        public Optional<Encapsulated> encapsulate(byte[] otherKey) {
            var made = inner.encapsulate(otherKey);
            made.ifPresent(m -> seen.put("mlkem_secret", m.secret().clone()));
            return made;
        }
    }

    private static String vector(String name, Suite suite, List<Psk> psks) {
        Map<String, byte[]> values = new TreeMap<>();
        Party beta = Sides.with(Sides.offering(Sides.party(Sides.BETA), suite), psks);
        Party alpha = Sides.with(Sides.party(Sides.ALPHA), psks);
        values.put("psk", psks.isEmpty() ? new byte[0] : psks.getFirst().secret());
        values.put("network_id", Sides.NETWORK.hash().toBytes());
        values.put("initiator_seed", Sides.seed(Sides.BETA));
        values.put("responder_seed", Sides.seed(Sides.ALPHA));
        Initiator initiator = Sides.initiator(beta);
        Responder responder = new Responder(alpha, 0);
        byte[] hello = initiator.start().frame();
        responder.receive(0, hello);
        byte[] answer =
                Sides.sent(responder.agree(0, new Watched(Sides.responderSecrets(), values)));
        byte[] proof = Sides.sent(initiator.receive(0, answer));
        responder.receive(0, proof);
        Step.Established there = (Step.Established) responder.accept();
        Step.Established here = (Step.Established) initiator.receive(0, there.frame());
        values.put("message_1", hello);
        values.put("message_2", answer);
        values.put("message_3", proof);
        values.put("message_4", there.frame());
        schedule(values, suite, psks);
        LinkKeys keys = here.keys();
        values.put("i_app_key", keys.send().key());
        values.put("i_app_iv", keys.send().iv());
        values.put("r_app_key", keys.receive().key());
        values.put("r_app_iv", keys.receive().iv());
        values.put("session_id", keys.sessionId());
        records(values, "i", here.keys());
        records(values, "r", there.keys());
        return json(name, suite, values);
    }

    /** The values between the messages, by the schedule alone. */
    private static void schedule(Map<String, byte[]> values, Suite suite, List<Psk> psks) {
        byte[] psk = psks.isEmpty() ? Hash.NONE.toBytes() : psks.getFirst().secret();
        KeySchedule schedule = new KeySchedule(psk);
        values.put("h0", schedule.transcript());
        schedule.absorb(value(values, "message_1"));
        values.put("h1", schedule.transcript());
        schedule.absorb(value(values, "message_2"));
        byte[] h2 = schedule.transcript();
        values.put("h2", h2);
        schedule.agreed(
                value(values, "mlkem_secret").clone(), value(values, "x25519_secret").clone());
        values.put("i_key", schedule.initiatorProofKeys().key());
        values.put("i_iv", schedule.initiatorProofKeys().iv());
        values.put("r_key", schedule.responderProofKeys().key());
        values.put("r_iv", schedule.responderProofKeys().iv());
        byte[] auth =
                suite.open(schedule.initiatorProofKeys(), h2, value(values, "message_3"))
                        .orElseThrow();
        values.put("plaintext_3", auth);
        schedule.absorb(auth);
        byte[] h3 = schedule.transcript();
        values.put("h3", h3);
        byte[] reply =
                suite.open(schedule.responderProofKeys(), h3, value(values, "message_4"))
                        .orElseThrow();
        values.put("plaintext_4", reply);
        schedule.absorb(reply);
        values.put("h4", schedule.transcript());
    }

    private static byte[] value(Map<String, byte[]> values, String name) {
        byte[] value = values.get(name);
        if (value == null) {
            throw new AssertionError("no " + name);
        }
        return value;
    }

    /** Twenty records: short messages, a ping, a key update in the middle, a goodbye. */
    private static void records(Map<String, byte[]> values, String side, LinkKeys keys) {
        Sealer sealer = new Sealer(keys, 0);
        Packer packer = new Packer();
        for (int i = 0; i < 20; i++) {
            byte[] frame =
                    switch (i) {
                        case 5 -> sealer.seal(RecordType.PING, new byte[8]);
                        case 10 -> sealer.update(0);
                        case 19 ->
                                sealer.seal(
                                        RecordType.CLOSE,
                                        new byte[] {0x03, (byte) 0xe9, 0, 0, 0, 0, 0, 0, 0, 19});
                        default -> {
                            byte[] text =
                                    (side + " message " + i).getBytes(StandardCharsets.US_ASCII);
                            packer.add(i % 5, text, 0);
                            packer.add((i + 1) % 5, new byte[i], 0);
                            yield packer.seal(sealer);
                        }
                    };
            values.put("%s_record_%02d".formatted(side, i), frame);
        }
    }

    private static String json(String name, Suite suite, Map<String, byte[]> values) {
        StringJoiner fields = new StringJoiner(",\n", "  {\n", "\n  }");
        fields.add("    \"case\": \"" + name + "\"");
        fields.add("    \"suite\": " + suite.code());
        fields.add("    \"initiator\": \"" + Sides.BETA + "\"");
        fields.add("    \"responder\": \"" + Sides.ALPHA + "\"");
        values.forEach((key, bytes) ->
                fields.add("    \"%s\": \"%s\"".formatted(key, HexFormat.of().formatHex(bytes))));
        return fields.toString();
    }
}
