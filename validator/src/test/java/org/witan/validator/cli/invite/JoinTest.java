package org.witan.validator.cli.invite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.devnet.Devnet;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.validator.cli.Main;

/** What {@code witan join} makes of a word, and that it makes nothing of a bad one. */
class JoinTest {
    private static final long HOUR = 3_600_000;

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private NetworkId network = new NetworkId(Hash.NONE);

    @BeforeEach
    void aNetwork() throws IOException {
        List<Endpoint> endpoints =
                IntStream.range(0, 4).mapToObj(i -> new Endpoint("127.0.0.1", 7400 + i)).toList();
        var founded = Devnet.found("shop", Instant.EPOCH, endpoints, new SecureRandom()).genesis();
        Files.write(genesis(), founded.toBytes());
        network = founded.networkId();
    }

    private Path genesis() {
        return folder.resolve("genesis.json");
    }

    private Path home() {
        return folder.resolve("p1");
    }

    private String word(NetworkId of, long expires) {
        var ask = new Token.Ask(new NodeId("v1"), new Endpoint("v1.example", 7400));
        return new Token(of, Token.freshSecret(), Role.OBSERVER, expires, "", List.of(ask)).text();
    }

    private static long now() {
        return Instant.now().toEpochMilli();
    }

    private int join(String word, String... more) {
        String[] words = {
            "join", word, "--home", home().toString(), "--genesis", genesis().toString()
        };
        String[] all = new String[words.length + more.length];
        System.arraycopy(words, 0, all, 0, words.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return Main.run(all, new PrintWriter(out), new PrintWriter(err));
    }

    private void assertNothingIsMade(String code) {
        assertThat(err.toString()).startsWith("error[" + code + "]").contains("try: ");
        assertThat(home()).doesNotExist();
    }

    @Test
    void aHomeIsMadeAndSaidSo() throws IOException {
        assertThat(join(word(network, now() + HOUR), "--id", "p1")).isZero();
        assertThat(out.toString())
                .contains("made " + home() + " for p1, observer of ", "public key ed25519:")
                .contains("next: witan start --home " + home());
        assertThat(Files.readString(home().resolve("witan.yaml")))
                .contains("role: \"observer\"", "v1@ws://v1.example:7400");
        assertThat(home().resolve("invitation")).isRegularFile();
        assertThat(home().resolve("genesis.json")).hasSameBinaryContentAs(genesis());

        assertThat(join(word(network, now() + HOUR), "--id", "p1")).isNotZero();
        assertThat(err.toString()).contains(home().toString());
    }

    @Test
    void anExpiredInvitationMakesNothing() {
        assertThat(join(word(network, now() - 1), "--id", "p1")).isEqualTo(6);
        assertNothingIsMade("INVITATION_EXPIRED");
    }

    @Test
    void anInvitationToAnotherNetworkMakesNothing() {
        NetworkId other = new NetworkId(Hash.ofHex("ab".repeat(32)));
        assertThat(join(word(other, now() + HOUR), "--id", "p1")).isEqualTo(6);
        assertNothingIsMade("WRONG_NETWORK");
    }

    @Test
    void aBadIdMakesNothing() {
        assertThat(join(word(network, now() + HOUR), "--id", "P1")).isEqualTo(2);
        assertThat(home()).doesNotExist();
    }

    @Test
    void aDryRunMakesNothing() {
        assertThat(join(word(network, now() + HOUR), "--id", "p1", "--dry-run")).isZero();
        assertThat(home()).doesNotExist();
    }
}
