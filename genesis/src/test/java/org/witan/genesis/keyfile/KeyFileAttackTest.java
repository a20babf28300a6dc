package org.witan.genesis.keyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.failure.OperatorError;

/** Whatever stands in a key file, reading it ends soon and with an error for the operator. */
class KeyFileAttackTest {
    private static final String SECRET = "302e020100300506032b657004220420" + "11".repeat(32);

    @TempDir Path dir;

    private final byte[] container = sealed(SECRET);

    @Test
    void survivesEveryBitFlipOfTheHeaderAndEveryCut() throws Exception {
        byte[] seed = HexFormat.of().parseHex("11".repeat(32));
        Path file = Files.createFile(dir.resolve("node.key"));
        for (int length = 0; length < container.length; length += 5) {
            write(file, Arrays.copyOf(container, length));
            assertThatThrownBy(() -> KeyFile.open(file, passphrase()))
                    .isInstanceOf(OperatorError.class);
        }
        int unharmed = 0;
        for (int i = 0; i < container.length; i++) {
            byte[] flipped = container.clone();
            flipped[i] ^= 1;
            write(file, flipped);
            try {
                SigningKey key = KeyFile.open(file, passphrase());
                unharmed += Arrays.equals(key.exportSeed(), seed) ? 1 : 0;
            } catch (OperatorError expected) {
                assertThat(expected.code()).isIn("KEY_FILE_BAD", "PASSPHRASE_WRONG");
            }
        }
        // An unused parameter of the HMAC, and the version number through the start value.
        assertThat(unharmed).isLessThanOrEqualTo(3);
    }

    /** A damaged end of the cipher text looks like this once in sixteen times. */
    @Test
    void refusesBytesBehindTheKey() throws Exception {
        Path file = Files.createFile(dir.resolve("node.key"));
        for (String behind : List.of("00", "22".repeat(15), SECRET)) {
            write(file, sealed(SECRET + behind));
            assertThatThrownBy(() -> KeyFile.open(file, passphrase()))
                    .extracting("code")
                    .isEqualTo("PASSPHRASE_WRONG");
        }
    }

    @Test
    void refusesToHashForHours() throws Exception {
        Path file = Files.createFile(dir.resolve("node.key"));
        write(file, asking(Integer.MAX_VALUE));
        assertThatThrownBy(() -> KeyFile.open(file, passphrase()))
                .isInstanceOfSatisfying(
                        OperatorError.class,
                        error -> assertThat(error.why()).contains("2147483647 iterations"));
    }

    @Test
    void refusesTextsThatAreNoKeys() throws Exception {
        Path file = Files.createFile(dir.resolve("node.key"));
        for (String text :
                List.of(
                        "",
                        "hello",
                        "-----BEGIN ENCRYPTED PRIVATE KEY-----\n",
                        "-----BEGIN ENCRYPTED PRIVATE KEY-----\n!\n"
                                + "-----END ENCRYPTED PRIVATE KEY-----",
                        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
                        "-----BEGIN A-----".repeat(900))) {
            Files.writeString(file, text);
            makePrivate(file);
            assertThatThrownBy(() -> KeyFile.open(file, passphrase()))
                    .extracting("code")
                    .isEqualTo("KEY_FILE_BAD");
        }
        Files.write(file, new byte[20_000]);
        assertThatThrownBy(() -> KeyFile.labelOf(file))
                .extracting("code")
                .isEqualTo("FILE_TOO_LARGE");
    }

    /** A container that wants so many iterations. */
    private static byte[] asking(int iterations) {
        byte[] octets = Der.element(Der.OCTETS, new byte[16]);
        byte[] prf = sequence(Der.oid("2a864886f70d0209"), new byte[] {5, 0});
        byte[] derivation = sequence(octets, Der.integer(iterations), prf);
        byte[] scheme =
                sequence(
                        sequence(Der.oid("2a864886f70d01050c"), derivation),
                        sequence(Der.oid("60864801650304012a"), octets));
        return sequence(sequence(Der.oid("2a864886f70d01050d"), scheme), octets);
    }

    private static byte[] sequence(byte[]... parts) {
        return Der.element(Der.SEQUENCE, parts);
    }

    private static void write(Path file, byte[] container) throws Exception {
        String base64 = Base64.getMimeEncoder().encodeToString(container);
        Files.writeString(
                file,
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                        + base64
                        + "\n-----END ENCRYPTED PRIVATE KEY-----\n",
                StandardCharsets.US_ASCII);
        makePrivate(file);
    }

    private static void makePrivate(Path file) throws Exception {
        Files.setPosixFilePermissions(
                file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    }

    private static byte[] sealed(String secret) {
        return Pbes2.encrypt(HexFormat.of().parseHex(secret), passphrase(), 1000);
    }

    private static Passphrase passphrase() {
        return Passphrase.owning("secret".toCharArray());
    }
}
