package org.witan.validator.cli.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.genesis.devnet.Devnet;
import org.witan.genesis.membership.Endpoint;
import org.witan.validator.cli.Main;

/** A home is made whole or not at all, around a key that a founder made earlier or a new one. */
class InitTest {
    @TempDir private Path folder;

    private Path home;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void name() {
        home = folder.resolve("home");
    }

    private int run(Object... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        return Main.run(words, new PrintWriter(out), new PrintWriter(err));
    }

    private int init(Object... more) {
        Object[] words = new Object[7 + more.length];
        Object[] head = {"init", "--home", home, "--id", "acme-1", "--organisation", "acme"};
        System.arraycopy(head, 0, words, 0, head.length);
        System.arraycopy(more, 0, words, head.length, more.length);
        return run(words);
    }

    private String newKey(Path file, Path passphrase) {
        assertThat(run("key", "new", "--out", file, "--make-passphrase", passphrase)).isZero();
        return out.toString().strip();
    }

    @Test
    void adoptsTheKeyThatLiesInTheHome() throws Exception {
        Files.createDirectory(home);
        Path passphrase = home.resolve("node.passphrase");
        String key = newKey(home.resolve("node.key"), passphrase);
        byte[] before = Files.readAllBytes(home.resolve("node.key"));
        assertThat(init("--passphrase-file", passphrase)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("public key " + key);
        assertThat(home.resolve("node.key")).hasBinaryContent(before);
        assertThat(home.resolve("passphrase")).doesNotExist();
        assertThat(home.resolve("witan.yaml"))
                .content()
                .contains("key.passphrase-file: \"node.passphrase\"")
                .doesNotContain("key.file");
        assertThat(run("start", "--home", home, "--check-only")).isEqualTo(4);
        assertThat(err.toString())
                .contains("there is no " + home.resolve("genesis.json"))
                .contains("put the founded genesis.json there");
    }

    @Test
    void adoptsAKeyThatLiesElsewhere() throws Exception {
        Path key = folder.resolve("made.key");
        Path passphrase = folder.resolve("made.passphrase");
        newKey(key, passphrase);
        assertThat(init("--key", key, "--passphrase-file", passphrase)).isZero();
        assertThat(home.resolve("witan.yaml"))
                .content()
                .contains("key.file: \"" + key + "\"", "key.passphrase-file: \"" + passphrase);
        assertThat(home.resolve("node.key")).doesNotExist();
    }

    @Test
    void writesNothingIfAnythingIsWrong() throws Exception {
        Path key = folder.resolve("made.key");
        newKey(key, folder.resolve("made.passphrase"));
        newKey(folder.resolve("other.key"), folder.resolve("other.passphrase"));
        Path other = folder.resolve("other.passphrase");
        assertThat(init("--key", key, "--passphrase-file", other)).isEqualTo(3);
        assertThat(err.toString()).contains("PASSPHRASE_WRONG");
        assertThat(init("--passphrase-file", folder.resolve("none"))).isEqualTo(4);
        assertThat(init("--key", folder.resolve("none"))).isNotZero();
        assertThat(home).doesNotExist();

        Files.createDirectory(home);
        Files.writeString(home.resolve("passphrase"), "left by somebody\n");
        assertThat(init()).isEqualTo(4);
        assertThat(err.toString()).contains("FILE_EXISTS", home.resolve("passphrase").toString());
        assertThat(home.resolve("node.key")).doesNotExist();
        Files.delete(home.resolve("passphrase"));
        Files.writeString(home.resolve("genesis.json"), "{}");
        assertThat(init()).isEqualTo(3);
        assertThat(home).isDirectoryNotContaining("glob:**node.key");
        Files.delete(home.resolve("genesis.json"));
        assertThat(init()).isZero();
        assertThat(init()).isEqualTo(4);
        assertThat(err.toString()).contains("HOME_EXISTS");
    }

    @Test
    void theCheckOfAHomeThatNobodyListsWarns() throws Exception {
        byte[] genesis =
                Devnet.found(
                                "net",
                                Instant.now(),
                                List.of(Endpoint.parse("ws://127.0.0.1:7401")),
                                new SecureRandom())
                        .genesis()
                        .toBytes();
        Files.createDirectory(home);
        Files.write(home.resolve("genesis.json"), genesis);
        assertThat(init()).isZero();
        assertThat(err.toString()).contains("warning: the genesis file does not list acme-1");
        assertThat(run("start", "--home", home, "--check-only")).isZero();
        assertThat(err.toString()).contains("warning: the genesis file does not list acme-1");
        assertThat(out.toString()).startsWith("not a founding member: acme-1");
        assertThat(run("start", "--home", home, "--check-only", "-o", "json")).isZero();
        assertThat(out.toString()).contains("\"height\":null");
    }

    @Test
    void adviceForANodeNamesTheSetting() throws Exception {
        Files.createDirectory(home);
        newKey(home.resolve("node.key"), folder.resolve("p"));
        assertThat(init()).isEqualTo(2);
        assertThat(err.toString()).contains("--passphrase-file", "WITAN_PASSPHRASE");
        assertThat(init("--passphrase-file", folder.resolve("p"))).isZero();
        Path yaml = home.resolve("witan.yaml");
        Files.writeString(yaml, Files.readString(yaml).replaceAll("key\\.pass.*\n", ""));
        assertThat(run("bench", "--home", home)).isNotZero();
    }
}
