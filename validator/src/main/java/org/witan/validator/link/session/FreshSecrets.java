package org.witan.validator.link.session;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.KEM;
import org.jspecify.annotations.Nullable;
import org.witan.genesis.crypto.AgreementKey;
import org.witan.validator.link.keys.Bytes;
import org.witan.validator.link.keys.Secrets;

/** X25519, and ML-KEM-768 of the platform, with keys that live for one handshake. */
public final class FreshSecrets implements Secrets {
    /** What stands before 1184 bytes of ML-KEM-768 in a SubjectPublicKeyInfo. */
    private static final byte[] KEM_HEADER =
            HexFormat.of().parseHex("308204b2300b0609608648016503040402038204a100");

    private static final int SHARE_BYTES = 32;
    private static final int KEM_KEY_BYTES = 1184;
    private static final int KEM_MODULUS = 3329;
    private static final BigInteger FIELD =
            BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

    private final SecureRandom random;
    private final byte[] nonce = new byte[32];
    private final AgreementKey key;
    private @Nullable KeyPair kem;

    /** New secrets from this source: a share, then a nonce, then whatever is asked for. */
    public FreshSecrets(SecureRandom random) {
        this.random = random;
        key = new AgreementKey(random);
        random.nextBytes(nonce);
    }

    @Override
    public byte[] nonce() {
        return nonce.clone();
    }

    @Override
    public byte[] share() {
        return key.share();
    }

    @Override
    public Optional<byte[]> agree(byte[] otherShare) {
        return isCanonicalShare(otherShare) ? key.agree(otherShare) : Optional.empty();
    }

    @Override
    public byte[] encapsulationKey() {
        return tail(kemPair().getPublic(), KEM_KEY_BYTES);
    }

    @Override
    public Optional<byte[]> decapsulate(byte[] ciphertext) {
        try {
            return Optional.of(
                    KEM.getInstance("ML-KEM")
                            .newDecapsulator(kemPair().getPrivate())
                            .decapsulate(ciphertext)
                            .getEncoded());
        } catch (GeneralSecurityException malformed) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Encapsulated> encapsulate(byte[] otherKey) {
        try {
            if (!isCanonicalKemKey(otherKey)) {
                return Optional.empty();
            }
            KEM.Encapsulated made =
                    KEM.getInstance("ML-KEM")
                            .newEncapsulator(decode("ML-KEM", KEM_HEADER, otherKey), null, random)
                            .encapsulate();
            return Optional.of(new Encapsulated(made.encapsulation(), made.key().getEncoded()));
        } catch (GeneralSecurityException malformed) {
            return Optional.empty();
        }
    }

    private KeyPair kemPair() {
        KeyPair known = kem;
        if (known == null) {
            known = generate("ML-KEM", NamedParameterSpec.ML_KEM_768, random);
            kem = known;
        }
        return known;
    }

    /** Below 2^255 - 19, little-endian: one encoding per point. */
    private static boolean isCanonicalShare(byte[] bytes) {
        if (bytes.length != SHARE_BYTES) {
            return false;
        }
        byte[] bigEndian = new byte[SHARE_BYTES];
        for (int i = 0; i < SHARE_BYTES; i++) {
            bigEndian[i] = bytes[SHARE_BYTES - 1 - i];
        }
        return new BigInteger(1, bigEndian).compareTo(FIELD) < 0;
    }

    /** FIPS 203, 7.2: every 12-bit coefficient is below the modulus. */
    private static boolean isCanonicalKemKey(byte[] key) {
        if (key.length != KEM_KEY_BYTES) {
            return false;
        }
        for (int i = 0; i + 32 < key.length; i += 3) {
            int first = key[i] & 0xff | (key[i + 1] & 0x0f) << 8;
            int second = (key[i + 1] & 0xf0) >>> 4 | (key[i + 2] & 0xff) << 4;
            if (first >= KEM_MODULUS || second >= KEM_MODULUS) {
                return false;
            }
        }
        return true;
    }

    private static PublicKey decode(String algorithm, byte[] header, byte[] raw)
            throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm)
                .generatePublic(new X509EncodedKeySpec(Bytes.join(header, raw)));
    }

    private static byte[] tail(PublicKey key, int size) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - size, encoded.length);
    }

    private static KeyPair generate(
            String algorithm, NamedParameterSpec parameters, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the platform lacks " + algorithm, impossible);
        }
    }
}
