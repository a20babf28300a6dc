package org.witan.genesis.keyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Passphrases are read as OpenSSL reads them, kept private and cleared. */
class PassphraseTest {
    @TempDir Path dir;

    @ParameterizedTest
    @CsvSource({"secret", "'secret\n'", "'secret\r\nmore'", "'secret\n\n'"})
    void isTheFirstLineOfAFile(String content) throws Exception {
        Path file = file(content.getBytes(StandardCharsets.UTF_8));
        assertThat(Passphrase.ofFile(file).characters()).containsExactly("secret".toCharArray());
    }

    @Test
    void refusesAnEmptyLineBadTextAndFilesOfOthers() throws Exception {
        Path empty = file("\nsecret".getBytes(StandardCharsets.UTF_8));
        assertCode("PASSPHRASE_EMPTY", empty);
        assertCode("PASSPHRASE_UNREADABLE", file(new byte[] {(byte) 0xff}));
        assertCode("FILE_TOO_LARGE", file(new byte[5000]));
        assertCode("FILE_NOT_FOUND", dir.resolve("missing"));
        Path open = file("secret".getBytes(StandardCharsets.UTF_8));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw----r--"));
        assertCode("FILE_OPEN_TO_OTHERS", open);
    }

    @Test
    void isDifferentEachTimeAndComesBackFromItsFile() {
        SecureRandom random = new SecureRandom();
        Passphrase one = Passphrase.random(random);
        assertThat(one.isSameAs(Passphrase.random(random))).isFalse();
        Path file = dir.resolve("made");
        one.createFile(file);
        assertThat(Passphrase.ofFile(file).isSameAs(one)).isTrue();
        assertThatThrownBy(() -> one.createFile(file)).extracting("code").isEqualTo("FILE_EXISTS");
    }

    @Test
    void isClearedWhenClosedAndNeverShown() {
        char[] characters = "secret".toCharArray();
        Passphrase passphrase = Passphrase.owning(characters);
        assertThat(passphrase.toString()).doesNotContain("secret");
        passphrase.close();
        assertThat(characters).containsOnly('\0');
    }

    private static void assertCode(String code, Path file) {
        assertThatThrownBy(() -> Passphrase.ofFile(file)).extracting("code").isEqualTo(code);
    }

    private Path file(byte[] content) throws Exception {
        Path file = Files.createTempFile(dir, "pass", "");
        return Files.write(file, content);
    }
}
