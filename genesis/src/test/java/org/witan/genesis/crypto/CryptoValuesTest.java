package org.witan.genesis.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes, keys and signatures as values, and the bytes that are signed. */
class CryptoValuesTest {
    private static final Hash ABC =
            Hash.ofHex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

    @Test
    void hashesAsTheStandardSays() {
        assertThat(Digest.plain().add(new byte[] {'a', 'b', 'c'}).done()).isEqualTo(ABC);
        byte[] tagged = {'t', 0, 'x'};
        assertThat(Digest.tagged("t").add('x').done()).isEqualTo(Digest.plain().add(tagged).done());
    }

    @Test
    void readsTheBitsOfAHashFromTheFirst() {
        assertThat(ABC.byteAt(0)).isEqualTo(0xba);
        int first = 0;
        for (int bit = 0; bit < 8; bit++) {
            first = first << 1 | ABC.bitAt(bit);
        }
        assertThat(first).isEqualTo(0xba);
        assertThat(ABC.shortHex()).isEqualTo("ba7816bf");
    }

    @Test
    void ordersHashesAsUnsignedBytes() {
        byte[] high = new byte[32];
        high[0] = (byte) 0x80;
        assertThat(Hash.of(high)).isGreaterThan(Hash.NONE);
        assertThat(List.of(Hash.of(high), ABC, Hash.NONE).stream().sorted())
                .containsExactly(Hash.NONE, Hash.of(high), ABC);
    }

    @Test
    void keepsItsBytesToItself() {
        byte[] bytes = new byte[32];
        Hash hash = Hash.of(bytes);
        bytes[0] = 1;
        hash.toBytes()[1] = 1;
        assertThat(hash).isEqualTo(Hash.NONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void refusesOtherLengths(int length) {
        byte[] bytes = new byte[length];
        assertThatIllegalArgumentException().isThrownBy(() -> Hash.of(bytes));
        assertThatIllegalArgumentException().isThrownBy(() -> PublicKey.of(bytes));
        assertThatIllegalArgumentException().isThrownBy(() -> SigningKey.ofSeed(bytes));
        assertThatIllegalArgumentException().isThrownBy(() -> Signature.of(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ed25519:",
                "ed25519:00",
                "rsa:0000000000000000000000000000000000000000000000000000000000000000",
                "ed25519:000000000000000000000000000000000000000000000000000000000000000g",
                "ed25519:000000000000000000000000000000000000000000000000000000000000000A",
                "ed25519:00000000000000000000000000000000000000000000000000000000000000000"
            })
    void refusesOtherTextsForAKey(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PublicKey.parse(text));
    }

    /** RFC 8032, section 7.1, test 1: the public key of a known seed. */
    @Test
    void derivesKeysAsTheStandardSays() {
        byte[] seed =
                HexFormat.of()
                        .parseHex(
                                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        String key = "ed25519:d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        assertThat(SigningKey.ofSeed(seed).publicKey()).hasToString(key);
        assertThat(PublicKey.parse(key)).isEqualTo(SigningKey.ofSeed(seed).publicKey());
    }

    @Test
    void bindsEverySignatureToItsPurpose() {
        byte[] content = {1, 2};
        List<String> bound =
                Arrays.stream(Purpose.values())
                        .map(purpose -> HexFormat.of().formatHex(purpose.bind(content)))
                        .toList();
        assertThat(bound).doesNotHaveDuplicates().allMatch(hex -> hex.endsWith("000102"));
        for (String one : bound) {
            // The zero byte ends the tag, so no tag can be the beginning of another.
            assertThat(one.substring(0, one.length() - 6)).doesNotContain("0000");
        }
    }

    @Test
    void signsTheSameEveryTimeAndNotAfterErasing() {
        SigningKey key = SigningKey.ofSeed(new byte[32]);
        Signature first = key.sign(Purpose.VOTE, new byte[] {1});
        assertThat(key.sign(Purpose.VOTE, new byte[] {1})).isEqualTo(first);
        SigningKey other = SigningKey.ofSeed(ABC.toBytes());
        other.erase();
        assertThat(other.exportSeed()).containsOnly(0);
        assertThat(other.toString()).doesNotContain(HexFormat.of().formatHex(ABC.toBytes()));
    }

    /** The platform's X25519 gets the same secret from the same shares. */
    @Test
    void agreesWithThePlatform() throws Exception {
        AgreementKey ours = new AgreementKey(new SecureRandom());
        KeyPair theirs = KeyPairGenerator.getInstance("X25519").generateKeyPair();
        byte[] encoded = theirs.getPublic().getEncoded();
        int header = encoded.length - AgreementKey.SIZE_BYTES;
        byte[] theirShare = Arrays.copyOfRange(encoded, header, encoded.length);
        System.arraycopy(ours.share(), 0, encoded, header, AgreementKey.SIZE_BYTES);
        KeyAgreement platform = KeyAgreement.getInstance("X25519");
        platform.init(theirs.getPrivate());
        platform.doPhase(
                KeyFactory.getInstance("X25519").generatePublic(new X509EncodedKeySpec(encoded)),
                true);
        assertThat(ours.agree(new byte[32])).as("low order").isEmpty();
        assertThat(ours.agree(new byte[31])).isEmpty();
        assertThat(ours.agree(theirShare)).contains(platform.generateSecret());
        assertThat(ours.agree(theirShare)).as("it is erased").isEmpty();
    }
}
