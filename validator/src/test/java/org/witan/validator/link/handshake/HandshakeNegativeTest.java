package org.witan.validator.link.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Purpose;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.link.keys.KeySchedule;
import org.witan.validator.link.session.FreshSecrets;

/** Bytes that no honest side sends: every handshake with them ends in a refusal. */
class HandshakeNegativeTest {
    private static final UnaryOperator<byte[]> HONEST = bytes -> bytes;

    /** Four messages, one of which is changed on its way; true if both sides end linked. */
    private static boolean links(int changed, UnaryOperator<byte[]> change) {
        Initiator beta = Sides.initiator(Sides.party(Sides.BETA));
        Responder alpha = new Responder(Sides.party(Sides.ALPHA), 0);
        byte[] message = beta.start().frame();
        for (int i = 1; i <= 4; i++) {
            byte[] arriving = i == changed ? change.apply(message.clone()) : message;
            Step step = i % 2 == 1 ? Sides.take(alpha, arriving) : beta.receive(0, arriving);
            step = step instanceof Step.Proven ? alpha.accept() : step;
            if (step instanceof Step.Refused) {
                return false;
            }
            message = step instanceof Step.Established(var last, _, _) ? last : frame(step);
        }
        return true;
    }

    private static byte[] frame(Step step) {
        return step instanceof Step.Send(var frame) ? frame : new byte[0];
    }

    @Test
    void theHonestRunLinks() {
        assertThat(links(0, HONEST)).isTrue();
    }

    /** Every bit of the first hello; a sample of the others, whose checks cost more. */
    @Test
    void noChangedBitSurvives() {
        int[] sizes = {1343, 1170, 240, 220};
        int[] strides = {1, 23, 5, 5};
        for (int message = 1; message <= 4; message++) {
            int changed = message;
            int stride = strides[message - 1];
            long survivors =
                    IntStream.range(0, sizes[message - 1] * 8 / stride)
                            .map(i -> i * stride)
                            .filter(bit -> linksWithFlipped(changed, bit))
                            .count();
            assertThat(survivors).as("message %d", message).isZero();
        }
    }

    private static boolean linksWithFlipped(int message, int bit) {
        if (message == 1) {
            byte[] hello = HELLO.clone();
            hello[bit / 8] ^= (byte) (1 << bit % 8);
            Responder alpha = new Responder(Sides.party(Sides.ALPHA), 0);
            return !(alpha.receive(0, hello) instanceof Step.Refused);
        }
        return links(
                message,
                bytes -> {
                    bytes[bit / 8 % bytes.length] ^= (byte) (1 << bit % 8);
                    return bytes;
                });
    }

    private static final byte[] HELLO = Sides.initiator(Sides.party(Sides.BETA)).start().frame();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void lengthsAreExact(int message) {
        assertThat(links(message, b -> Arrays.copyOf(b, b.length - 1))).isFalse();
        assertThat(links(message, b -> Arrays.copyOf(b, b.length + 1))).isFalse();
        assertThat(links(message, b -> Arrays.copyOf(b, 20_000))).isFalse();
        assertThat(links(message, _ -> new byte[1])).isFalse();
    }

    @Test
    void theOrderIsFixed() {
        Responder alpha = new Responder(Sides.party(Sides.ALPHA), 0);
        assertThat(alpha.receive(0, HELLO)).isInstanceOf(Step.Agree.class);
        assertThat(alpha.receive(0, HELLO)).isInstanceOf(Step.Refused.class);
        assertThat(alpha.agree(0, Sides.responderSecrets())).isInstanceOf(Step.Refused.class);
        Responder early = new Responder(Sides.party(Sides.ALPHA), 0);
        assertThat(early.agree(0, Sides.responderSecrets())).isInstanceOf(Step.Refused.class);
        assertThat(new Responder(Sides.party(Sides.ALPHA), 0).accept())
                .isInstanceOf(Step.Refused.class);
        Initiator swapped = Sides.initiator(Sides.party(Sides.BETA));
        assertThat(swapped.receive(0, swapped.start().frame())).isInstanceOf(Step.Refused.class);
    }

    /** A first hello with one field replaced and a MAC that fits it. */
    private static Step answerTo(UnaryOperator<InitiatorHello> change) {
        InitiatorHello hello =
                ((Decoded.Ok<InitiatorHello>) InitiatorHello.CODEC.decode(HELLO)).value();
        byte[] bytes = change.apply(hello).encode(new KeySchedule(Hash.NONE.toBytes())::helloMac);
        return Sides.take(new Responder(Sides.party(Sides.ALPHA), 0), bytes);
    }

    private static InitiatorHello with(
            InitiatorHello old, byte[] share, byte[] kemKey, byte[] extensions) {
        return new InitiatorHello(
                old.leastProtocol(),
                old.greatestProtocol(),
                old.suites(),
                old.features(),
                old.networkId(),
                old.pskId(),
                old.nonce(),
                share,
                kemKey,
                extensions,
                old.mac());
    }

    private static Step extended(byte... extensions) {
        return answerTo(h -> with(h, h.share(), h.encapsulationKey(), extensions));
    }

    @Test
    void unknownExtensionsAreIgnoredUnlessCritical() {
        assertThat(extended((byte) 0, (byte) 9, (byte) 0, (byte) 1, (byte) 5))
                .isInstanceOf(Step.Send.class);
        Step critical = extended((byte) 0x80, (byte) 9, (byte) 0, (byte) 0);
        assertThat(((Step.Refused) critical).code()).isEqualTo(CloseCode.NO_COMMON_VERSION);
        Step broken = extended((byte) 0, (byte) 9, (byte) 0, (byte) 2, (byte) 5);
        assertThat(((Step.Refused) broken).code()).isEqualTo(CloseCode.FAILED);
    }

    /** The points of low order on the curve and its twist, and encodings above the field. */
    static Stream<BigInteger> uselessShares() {
        BigInteger p = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
        return Stream.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                new BigInteger(
                        "3256062509165574317959836263561106312940081157278488055600"
                                + "23387167927233504"),
                new BigInteger(
                        "3938235723548961458172306078155302111252991171944069817688"
                                + "2885853963445705823"),
                p.subtract(BigInteger.ONE),
                p,
                p.add(BigInteger.ONE),
                p.add(BigInteger.valueOf(9)),
                BigInteger.TWO.pow(255).add(BigInteger.valueOf(9)));
    }

    @ParameterizedTest
    @MethodSource("uselessShares")
    void uselessSharesAreRefused(BigInteger point) {
        byte[] share = new byte[32];
        byte[] bigEndian = point.toByteArray();
        for (int i = 0; i < Math.min(32, bigEndian.length); i++) {
            share[i] = bigEndian[bigEndian.length - 1 - i];
        }
        assertThat(new FreshSecrets(FixedRandom.named("any")).agree(share)).isEmpty();
        Step step = answerTo(h -> with(h, share, h.encapsulationKey(), h.extensions()));
        assertThat(((Step.Refused) step).code()).isEqualTo(CloseCode.FAILED);
    }

    @Test
    void kemKeysAreCanonical() {
        Step step =
                answerTo(h -> {
                    byte[] key = h.encapsulationKey().clone();
                    key[0] = (byte) 0xff;
                    key[1] |= 0x0f;
                    return with(h, h.share(), key, h.extensions());
                });
        assertThat(((Step.Refused) step).code()).isEqualTo(CloseCode.FAILED);
    }

    @Test
    void newerProtocolsAloneAreRefused() {
        Step step =
                answerTo(h ->
                        new InitiatorHello(
                                2,
                                3,
                                h.suites(),
                                h.features(),
                                h.networkId(),
                                h.pskId(),
                                h.nonce(),
                                h.share(),
                                h.encapsulationKey(),
                                h.extensions(),
                                h.mac()));
        assertThat(((Step.Refused) step).code()).isEqualTo(CloseCode.NO_COMMON_VERSION);
    }

    /** S + L is the same signature to a careless verifier. */
    @Test
    void signaturesHaveOneForm() {
        Signer honest = Sides.key(Sides.BETA);
        Signer twisted =
                new Signer() {
                    @Override
                    public PublicKey publicKey() {
                        return honest.publicKey();
                    }

                    @Override
                    public Signature sign(Purpose purpose, byte[] content) {
                        return plusOrder(honest.sign(purpose, content));
                    }
                };
        Party party = Sides.party(Sides.BETA);
        Party beta =
                new Party(
                        party.networkId(),
                        party.id(),
                        twisted,
                        party.verifier(),
                        party.claims(),
                        party.psks(),
                        party.suites(),
                        party.versions(),
                        party.book());
        Initiator initiator = Sides.initiator(beta);
        Responder alpha = new Responder(Sides.party(Sides.ALPHA), 0);
        byte[] answer = Sides.sent(Sides.take(alpha, initiator.start().frame()));
        byte[] proof = Sides.sent(initiator.receive(0, answer));
        assertThat(alpha.receive(0, proof)).isInstanceOf(Step.Refused.class);
    }

    private static Signature plusOrder(Signature signature) {
        BigInteger order =
                BigInteger.TWO
                        .pow(252)
                        .add(new BigInteger("27742317777372353535851937790883648493"));
        byte[] bytes = signature.toBytes();
        byte[] little = new byte[32];
        for (int i = 0; i < 32; i++) {
            little[i] = bytes[63 - i];
        }
        byte[] sum = new BigInteger(1, little).add(order).toByteArray();
        for (int i = 0; i < 32; i++) {
            bytes[32 + i] = i < sum.length ? sum[sum.length - 1 - i] : 0;
        }
        return Signature.of(bytes);
    }

    @Test
    void unknownFlagsAreRefused() {
        Proof.OfInitiator proof =
                new Proof.OfInitiator(
                        Sides.BETA, Sides.ALPHA, Intent.RESCUE, Sides.claims(Sides.BETA));
        byte[] fields = Proof.OfInitiator.CODEC.encode(proof);
        int flags =
                NodeId.CODEC.encode(Sides.BETA).length + NodeId.CODEC.encode(Sides.ALPHA).length;
        assertThat(fields[flags]).isEqualTo((byte) 2);
        fields[flags] = 3;
        assertThat(Proof.OfInitiator.CODEC.decode(fields)).isInstanceOf(Decoded.Bad.class);
    }
}
