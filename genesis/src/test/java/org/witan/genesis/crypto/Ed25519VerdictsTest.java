package org.witan.genesis.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * What the one signing rule accepts and refuses, on signatures that libraries disagree about.
 *
 * <p>A library update that changes one of these verdicts would split a network in which some nodes
 * have it and some have not: then the rule has to be kept by other means, and this test unchanged.
 */
class Ed25519VerdictsTest {
    private static final BigInteger EIGHT = BigInteger.valueOf(8);
    private static final BigInteger SECRET =
            new BigInteger("1234567890123456789012345678901234567");
    private static final BigInteger NONCE = new BigInteger("7654321098765432109876543210987654321");
    private static final Curve.Point KEY = Curve.BASE.times(SECRET);
    private static final Curve.Point ORDER_8 = Curve.ofOrder8();
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.US_ASCII);

    @Test
    void theCurveOfThisTestIsTheLibrarys() {
        SigningKey key = SigningKey.ofSeed(new byte[32]);
        byte[] digest = sha512(new byte[32]);
        digest[0] &= (byte) 0xf8;
        digest[31] = (byte) (digest[31] & 0x7f | 0x40);
        BigInteger scalar = Curve.fromLittle(Arrays.copyOf(digest, 32));
        assertThat(Curve.BASE.times(scalar).encode()).isEqualTo(key.publicKey().toBytes());
        assertThat(ORDER_8.times(EIGHT)).isEqualTo(Curve.IDENTITY);
    }

    @Test
    void acceptsHonestSignatures() {
        SigningKey key = SigningKey.generate(new SecureRandom());
        Signature signature = key.sign(Purpose.VOTE, CONTENT);
        assertThat(verdict(key.publicKey().toBytes(), signature)).isTrue();
        assertThat(verdict(KEY.encode(), crafted(Curve.BASE.times(NONCE), KEY, 0))).isTrue();
        assertThat(
                        Ed25519.VERIFIER.verify(
                                key.publicKey(), Purpose.TRANSACTION, CONTENT, signature))
                .isFalse();
    }

    @Test
    void refusesSPlusL() {
        byte[] bytes = crafted(Curve.BASE.times(NONCE), KEY, 0).toBytes();
        BigInteger s = Curve.fromLittle(Arrays.copyOfRange(bytes, 32, 64)).add(Curve.L);
        assertThat(verdict(KEY.encode(), joined(Arrays.copyOf(bytes, 32), s))).isFalse();
    }

    /** The cofactored equation; libraries without the cofactor refuse this. */
    @Test
    void acceptsASmallOrderPartInR() {
        Curve.Point r = Curve.BASE.times(NONCE).add(ORDER_8);
        assertThat(verdict(KEY.encode(), crafted(r, KEY, 0))).isTrue();
    }

    /** Whatever h is modulo 8, so all nodes agree; but no such key is ever registered. */
    @Test
    void acceptsSignaturesOfAMixedKeyThatIsNotSound() {
        Curve.Point mixed = KEY.add(ORDER_8);
        boolean sawMultiple = false;
        boolean sawOther = false;
        for (int i = 0; i < 64; i++) {
            Curve.Point r = Curve.BASE.times(NONCE.add(BigInteger.valueOf(i)));
            boolean multiple = challenge(r.encode(), mixed.encode()).mod(EIGHT).signum() == 0;
            sawMultiple |= multiple;
            sawOther |= !multiple;
            assertThat(verdict(mixed.encode(), crafted(r, mixed, i))).isTrue();
        }
        assertThat(sawMultiple && sawOther).isTrue();
        assertThat(PublicKey.of(mixed.encode()).isSound()).isFalse();
        assertThat(PublicKey.of(KEY.encode()).isSound()).isTrue();
    }

    @Test
    void refusesKeysOfSmallOrder() {
        for (int factor = 0; factor < 8; factor++) {
            byte[] key = ORDER_8.times(BigInteger.valueOf(factor)).encode();
            assertThat(verdict(key, joined(Curve.IDENTITY.encode(), BigInteger.ZERO))).isFalse();
            assertThat(PublicKey.of(key).isSound()).isFalse();
        }
    }

    @Test
    void refusesAKeyThatIsNotCanonical() {
        byte[] identity = Curve.little(Curve.P.add(BigInteger.ONE));
        assertThat(verdict(identity, joined(Curve.IDENTITY.encode(), BigInteger.ZERO))).isFalse();
        assertThat(PublicKey.of(identity).isSound()).isFalse();
        byte[] minusZero = Curve.little(BigInteger.ONE.setBit(255));
        assertThat(verdict(minusZero, joined(Curve.IDENTITY.encode(), BigInteger.ZERO))).isFalse();
        assertThat(PublicKey.of(minusZero).isSound()).isFalse();
    }

    @Test
    void refusesAnRThatIsNotCanonical() {
        // R is the identity: S = h·a satisfies the equation, so only the encoding decides.
        byte[] canonical = Curve.IDENTITY.encode();
        byte[] other = Curve.little(Curve.P.add(BigInteger.ONE));
        assertThat(verdict(KEY.encode(), joined(other, answer(other)))).isFalse();
        assertThat(verdict(KEY.encode(), joined(canonical, answer(canonical)))).isTrue();
    }

    private static BigInteger answer(byte[] r) {
        return challenge(r, KEY.encode()).multiply(SECRET).mod(Curve.L);
    }

    /** A signature with this R by {@link #SECRET}, under a key that may have more in it. */
    private static Signature crafted(Curve.Point r, Curve.Point key, int nonceOffset) {
        BigInteger h = challenge(r.encode(), key.encode());
        BigInteger nonce = NONCE.add(BigInteger.valueOf(nonceOffset));
        return joined(r.encode(), nonce.add(h.multiply(SECRET)).mod(Curve.L));
    }

    private static BigInteger challenge(byte[] r, byte[] key) {
        return Curve.fromLittle(sha512(r, key, Purpose.VOTE.bind(CONTENT))).mod(Curve.L);
    }

    private static Signature joined(byte[] r, BigInteger s) {
        byte[] bytes = Arrays.copyOf(r, 64);
        System.arraycopy(Curve.little(s), 0, bytes, 32, 32);
        return Signature.of(bytes);
    }

    private static boolean verdict(byte[] key, Signature signature) {
        return Ed25519.VERIFIER.verify(PublicKey.of(key), Purpose.VOTE, CONTENT, signature);
    }

    private static byte[] sha512(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            Arrays.stream(parts).forEach(digest::update);
            return digest.digest();
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
