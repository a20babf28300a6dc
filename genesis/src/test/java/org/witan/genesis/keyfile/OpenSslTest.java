package org.witan.genesis.keyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.genesis.crypto.Purpose;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.failure.OperatorError;

/** Key files go both ways between Witan and the {@code openssl} of this machine. */
class OpenSslTest {
    private static final String SECRET = "Pässphrase of 1 founder";

    @TempDir Path dir;

    @BeforeEach
    void needsOpenSsl() throws Exception {
        Files.writeString(dir.resolve("pass"), SECRET + "\n");
        Files.setPosixFilePermissions(
                dir.resolve("pass"), PosixFilePermissions.fromString("rw-------"));
        assumeTrue(isThere(), "there is no openssl on this machine");
    }

    @Test
    void opensOurFiles() throws Exception {
        SigningKey key = SigningKey.generate(new SecureRandom());
        try (Passphrase passphrase = Passphrase.ofFile(dir.resolve("pass"))) {
            KeyFile.create(dir.resolve("node.key"), key, passphrase, KeyFile.ITERATIONS);
        }
        String text = openssl("pkey", "-in", "node.key", "-passin", "file:pass", "-text", "-noout");
        assertThat(text).contains("ED25519 Private-Key");
        String digits = text.replaceAll("[\\s:]", "");
        assertThat(digits)
                .contains("priv" + HexFormat.of().formatHex(key.exportSeed()))
                .contains("pub" + HexFormat.of().formatHex(key.publicKey().toBytes()));
        String asn1 = openssl("asn1parse", "-in", "node.key");
        assertThat(asn1).contains("PBES2", "PBKDF2", "hmacWithSHA256", "aes-256-cbc", "0927C0");
    }

    @Test
    void makesFilesThatWeOpen() throws Exception {
        openssl(
                "genpkey",
                "-algorithm",
                "ed25519",
                "-aes-256-cbc",
                "-pass",
                "file:pass",
                "-out",
                "node.key");
        makePrivate("node.key");
        SigningKey key = opened("node.key");
        Files.write(dir.resolve("message"), Purpose.VOTE.bind(new byte[] {1, 2, 3}));
        openssl(
                "pkeyutl",
                "-sign",
                "-rawin",
                "-inkey",
                "node.key",
                "-passin",
                "file:pass",
                "-in",
                "message",
                "-out",
                "signature");
        byte[] theirs = Files.readAllBytes(dir.resolve("signature"));
        assertThat(key.sign(Purpose.VOTE, new byte[] {1, 2, 3})).isEqualTo(Signature.of(theirs));
        assertThat(KeyFile.labelOf(dir.resolve("node.key"))).isEmpty();
    }

    @Test
    void saysHowToConvertOtherKinds() throws Exception {
        openssl("genpkey -algorithm ed25519 -out plain.key");
        assertRefused("plain.key", "PRIVATE KEY, not an ENCRYPTED PRIVATE KEY");
        String convert = "pkcs8 -topk8 -in plain.key -passout file:pass ";
        openssl(convert + "-scrypt -out scrypt.key");
        assertRefused("scrypt.key", "another algorithm than PBKDF2");
        openssl(convert + "-v2 aes-128-cbc -out aes128.key");
        assertRefused("aes128.key", "another algorithm than AES-256-CBC");
        openssl("genpkey -algorithm x25519 -aes-256-cbc -pass file:pass -out x25519.key");
        assertRefused("x25519.key", "another kind of key than Ed25519");
        openssl(convert + "-v2 aes-256-cbc -v2prf hmacWithSHA256 -out good.key");
        makePrivate("good.key");
        assertThat(opened("good.key").exportSeed()).hasSize(32);
    }

    private SigningKey opened(String name) {
        try (Passphrase passphrase = Passphrase.ofFile(dir.resolve("pass"))) {
            return KeyFile.open(dir.resolve(name), passphrase);
        }
    }

    private void assertRefused(String name, String why) throws IOException {
        makePrivate(name);
        assertThatThrownBy(() -> opened(name))
                .isInstanceOfSatisfying(
                        OperatorError.class,
                        error -> {
                            assertThat(error.code()).isEqualTo("KEY_FILE_BAD");
                            assertThat(error.why()).contains(why);
                            assertThat(error.fix()).startsWith("openssl pkcs8 -topk8 -v2 aes-256");
                        });
    }

    private void makePrivate(String name) throws IOException {
        Files.setPosixFilePermissions(
                dir.resolve(name), PosixFilePermissions.fromString("rw-------"));
    }

    private String openssl(String line) throws Exception {
        return openssl(line.split(" ", -1));
    }

    private String openssl(String... arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of("openssl"));
        words.addAll(List.of(arguments));
        Path output = dir.resolve("output");
        Process process =
                new ProcessBuilder(words)
                        .directory(dir.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    private boolean isThere() {
        try {
            return !openssl("version").isEmpty();
        } catch (Exception missing) {
            return false;
        }
    }
}
