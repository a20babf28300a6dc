package org.witan.genesis.cli.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.genesis.cli.TestCli;

/** What {@code witan key} prints, writes and refuses. */
class KeyCommandTest {
    @TempDir Path dir;

    private Path key;
    private Path passphrase;
    private String publicKey;

    @BeforeEach
    void makeOne() {
        key = dir.resolve("node.key");
        passphrase = dir.resolve("node.passphrase");
        publicKey = TestCli.ok("key", "new", "--out", key, "--make-passphrase", passphrase).strip();
    }

    @Test
    void printsThePublicKeyAndNoSecret() throws Exception {
        assertThat(publicKey).matches("ed25519:[0-9a-f]{64}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(passphrase)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(passphrase)).matches("[0-9a-f]{64}\n");
    }

    @Test
    void showsWithoutAndChecksWithThePassphrase() {
        assertThat(TestCli.ok("key", "show", key).strip()).isEqualTo(publicKey);
        String checked = TestCli.ok("key", "show", key, "--check", "--passphrase-file", passphrase);
        assertThat(checked.strip()).isEqualTo(publicKey);
        assertThat(TestCli.ok("key", "show", key, "-o", "json"))
                .isEqualTo("{\"publicKey\":\"" + publicKey + "\",\"file\":\"" + key + "\"}\n");
    }

    @Test
    void neverOverwritesAKey() throws Exception {
        byte[] before = Files.readAllBytes(key);
        TestCli.Result again =
                TestCli.run("key", "new", "--out", key, "--make-passphrase", dir.resolve("p2"));
        assertThat(again.exitCode()).isEqualTo(4);
        assertThat(again.err().lines().toList())
                .containsExactly(
                        "error[FILE_EXISTS] " + key + " exists already",
                        "  it is never overwritten",
                        "  try: name another file, or move this one away");
        assertThat(key).hasBinaryContent(before);
    }

    @Test
    void refusesAKeyThatOthersMayRead() throws Exception {
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        TestCli.Result result = TestCli.run("key", "show", key);
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("  try: chmod 600 " + key);
    }

    @Test
    void changesThePassphrase() {
        Path next = dir.resolve("next.passphrase");
        TestCli.ok("key", "new", "--out", dir.resolve("x.key"), "--make-passphrase", next);
        TestCli.ok(
                "key",
                "passwd",
                key,
                "--passphrase-file",
                passphrase,
                "--new-passphrase-file",
                next);
        TestCli.Result old =
                TestCli.run("key", "show", key, "--check", "--passphrase-file", passphrase);
        assertThat(old.exitCode()).isEqualTo(3);
        assertThat(old.err()).startsWith("error[PASSPHRASE_WRONG]");
        assertThat(TestCli.ok("key", "show", key, "--check", "--passphrase-file", next).strip())
                .isEqualTo(publicKey);
    }

    @Test
    void exportsThePublicKeyOnly() throws Exception {
        Path pem = dir.resolve("node.pem");
        TestCli.ok("key", "export", key, "--out", pem);
        assertThat(Files.readString(pem))
                .startsWith("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA")
                .endsWith("-----END PUBLIC KEY-----\n");
        assertThat(TestCli.ok("key", "export", key)).isEqualTo(Files.readString(pem));
    }

    @Test
    void changesNothingInADryRun() throws Exception {
        Path other = dir.resolve("other.key");
        TestCli.ok(
                "key", "new", "--out", other, "--make-passphrase", dir.resolve("o"), "--dry-run");
        assertThat(other).doesNotExist();
        byte[] before = Files.readAllBytes(key);
        TestCli.ok(
                "key",
                "passwd",
                key,
                "--passphrase-file",
                passphrase,
                "--new-passphrase-file",
                passphrase,
                "--dry-run");
        assertThat(key).hasBinaryContent(before);
    }

    @Test
    void refusesTwoSourcesOfAPassphraseAndNone() {
        Path other = dir.resolve("other.key");
        TestCli.Result both =
                TestCli.run(
                        "key",
                        "new",
                        "--out",
                        other,
                        "--passphrase-file",
                        passphrase,
                        "--make-passphrase",
                        dir.resolve("o"));
        assertThat(both.exitCode()).isEqualTo(2);
        TestCli.Result argument =
                TestCli.run("key", "new", "--out", other, "--passphrase", "secret", "-o", "json");
        assertThat(argument.exitCode()).isEqualTo(2);
        assertThat(argument.err()).startsWith("{\"error\":{\"code\":\"USAGE\"");
        assertThat(other).doesNotExist();
    }
}
