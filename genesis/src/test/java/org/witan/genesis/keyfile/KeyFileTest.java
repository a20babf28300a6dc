package org.witan.genesis.keyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.failure.OperatorError;

/** A key comes back from its file for whoever knows the passphrase, and for nobody else. */
class KeyFileTest {
    @TempDir Path dir;

    private final SigningKey key = SigningKey.generate(new SecureRandom());

    @Test
    void opensWithItsPassphraseOnly() {
        Path file = created("correct horse");
        assertThat(KeyFile.open(file, passphrase("correct horse")).exportSeed())
                .isEqualTo(key.exportSeed());
        for (int i = 0; i < 600; i++) {
            // One wrong passphrase in 256 passes the padding check and must fail after it.
            Passphrase wrong = passphrase("wrong " + i);
            assertThatThrownBy(() -> KeyFile.open(file, wrong))
                    .extracting("code")
                    .isEqualTo("PASSPHRASE_WRONG");
        }
    }

    @Test
    void isReadableByItsOwnerOnlyAndNeverOverwritten() throws Exception {
        Path file = created("one");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> created("two")).extracting("code").isEqualTo("FILE_EXISTS");
        assertThat(file).hasBinaryContent(before);
        assertThat(dir).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void isRefusedWhenOthersMayReadIt() throws Exception {
        Path file = created("one");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> KeyFile.open(file, passphrase("one")))
                .isInstanceOfSatisfying(
                        OperatorError.class,
                        error -> assertThat(error.fix()).isEqualTo("chmod 600 " + file));
    }

    @Test
    void tellsThePublicKeyWithoutThePassphrase() {
        assertThat(KeyFile.labelOf(created("one"))).contains(key.publicKey());
    }

    @Test
    void refusesAHeadingThatLies() throws Exception {
        Path file = created("one");
        String other = SigningKey.generate(new SecureRandom()).publicKey().toString();
        String text = Files.readString(file).replace(key.publicKey().toString(), other);
        Files.writeString(file, text);
        assertThatThrownBy(() -> KeyFile.open(file, passphrase("one")))
                .isInstanceOfSatisfying(
                        OperatorError.class,
                        error -> assertThat(error.why()).contains("another public key"));
    }

    @Test
    void holdsNoSecretInTheClear() throws Exception {
        byte[] content = Files.readAllBytes(created("one"));
        String hex = HexFormat.of().formatHex(content);
        assertThat(hex).doesNotContain(HexFormat.of().formatHex(key.exportSeed()));
    }

    private Path created(String passphrase) {
        Path file = dir.resolve("node.key");
        KeyFile.create(file, key, passphrase(passphrase), KeyFile.ITERATIONS_IF_RANDOM);
        return file;
    }

    private static Passphrase passphrase(String text) {
        return Passphrase.owning(text.toCharArray());
    }
}
