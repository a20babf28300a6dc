package org.witan.genesis.cli.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.genesis.cli.TestCli;
import org.witan.genesis.document.GenesisFile;
import org.witan.genesis.keyfile.KeyFile;
import org.witan.genesis.keyfile.Passphrase;
import org.witan.genesis.membership.Founding;

/** Four founders, each in a folder of its own, found a network by exchanging public files only. */
class CeremonyTest {
    @TempDir Path parent;

    /** The one place that files leave a founder's folder for. */
    private Path mail;

    private List<Founder> founders;
    private Path draft;

    @BeforeEach
    void meet() throws IOException {
        mail = Files.createDirectory(parent.resolve("mail"));
        founders =
                Stream.of("acme", "birch", "cedar", "dune")
                        .map(name -> Founder.withKeys(parent, name))
                        .toList();
        draft = mail.resolve("draft.json");
        TestCli.ok(
                "genesis",
                "draft",
                "--name",
                "acme-trade",
                "--rule",
                "heartbeatSeconds=30",
                "--out",
                draft);
    }

    @Test
    void foundsANetworkAndLetsNoSecretOut() {
        Path genesis = collect(founders);
        assertThat(TestCli.run("genesis", "verify", genesis).exitCode()).isEqualTo(6);

        Path founded = finalizeWith(genesis, founders);
        String words = TestCli.ok("genesis", "hash", founded, "--words").strip();
        String hash = TestCli.ok("genesis", "hash", founded).strip();
        assertThat(TestCli.ok("genesis", "hash", genesis).strip()).isEqualTo(hash);
        for (Founder founder : founders) {
            Path own = copy(founded, founder.file("genesis.json"));
            TestCli.ok("genesis", "verify", own, "--expect", words);
            TestCli.ok("genesis", "verify", own, "--expect", hash);
        }
        Founding founding = read(founded).founding();
        assertThat(founding.members())
                .extracting("id")
                .hasToString("[acme-1, birch-1, cedar-1, dune-1]");
        assertThat(founding.rules().heartbeatSeconds()).isEqualTo(30);
        assertThat(founding.devnet()).isFalse();
        founders.forEach(this::assertNoSecretLeft);
    }

    @Test
    void givesTheSameBytesWhateverTheOrderOfArrival() {
        Path one = collect(founders);
        Path two = mail.resolve("again.json");
        List<Object> arguments = new ArrayList<>(List.of("genesis", "collect", draft));
        founders.reversed().forEach(f -> arguments.add(mail.resolve(f.id() + ".request.json")));
        arguments.addAll(List.of("--out", two));
        TestCli.ok(arguments.toArray());
        assertThat(two).hasSameBinaryContentAs(one);

        Path endorsed = mail.resolve("endorsed-again.json");
        Path first = finalizeWith(one, founders);
        List<Object> more = new ArrayList<>(List.of("genesis", "finalize", one));
        founders.reversed()
                .forEach(f -> more.add(mail.resolve(f.organisation() + ".endorsement.json")));
        more.addAll(List.of("--out", endorsed));
        TestCli.ok(more.toArray());
        assertThat(endorsed).hasSameBinaryContentAs(first);
    }

    @Test
    void collectsOverNothingThatOthersPutTheirNamesTo() throws IOException {
        Path other = collect(founders, "--rule", "blockMaxBytes=65536");
        Path genesis = collect(founders);
        Path endorsed = finalizeWith(genesis, founders.subList(0, 1));
        byte[] before = Files.readAllBytes(endorsed);
        List<Object> again = new ArrayList<>(List.of("genesis", "collect", draft));
        founders.forEach(f -> again.add(mail.resolve(f.id() + ".request.json")));
        again.addAll(List.of("-q", "--out"));
        TestCli.Result refused = run(again, endorsed);
        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.err()).contains("FILE_EXISTS", "it holds endorsements: 1");
        assertThat(endorsed).hasBinaryContent(before);

        assertThat(run(again, other).err()).contains("FILE_EXISTS", "it founds ");
        TestCli.Result same = run(again, genesis);
        assertThat(same.exitCode()).isZero();
        assertThat(same.out()).isEmpty();
    }

    private static TestCli.Result run(List<Object> words, Path last) {
        List<Object> all = new ArrayList<>(words);
        all.add(last);
        return TestCli.run(all.toArray());
    }

    @Test
    void namesNoLinesOfAFileThatDoesNotExist() {
        Path cardOfOne = founders.getFirst().request(draft);
        Path out = mail.resolve("genesis.json");
        TestCli.ok("genesis", "draft", "--name", "n", "--out", mail.resolve("d.json"));
        TestCli.Result result = TestCli.run("genesis", "collect", draft, cardOfOne, "--out", out);
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("collect the missing cards").doesNotContain("line ");
    }

    @Test
    void saysWhoHasNotEndorsedAndAddsThemLater() {
        Path genesis = collect(founders);
        Path partly = finalizeWith(genesis, founders.subList(0, 2));
        TestCli.Result result = TestCli.run("genesis", "verify", partly);
        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.err()).contains("missing: cedar, dune");
        Path fully = finalizeWith(partly, founders.subList(2, 4));
        assertThat(TestCli.run("genesis", "verify", fully).exitCode()).isZero();
    }

    @Test
    void refusesACardOfAnotherDraftAndATamperedOne() throws IOException {
        Path other = parent.resolve("other.json");
        TestCli.ok("genesis", "draft", "--name", "other", "--out", other);
        Path stray = founders.get(0).request(other);
        Path honest = founders.get(1).request(draft);
        Path tampered = parent.resolve("tampered.json");
        String text = Files.readString(honest);
        Files.writeString(tampered, text.replace("ws://birch.example", "ws://evil.example"));

        Path out = mail.resolve("genesis.json");
        TestCli.Result result =
                TestCli.run("genesis", "collect", draft, stray, tampered, "--out", out);
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err())
                .contains("acme-1.request.json: it is for the draft dr-")
                .contains("tampered.json: line ")
                .contains("the proof by the validator's key does not hold");
        assertThat(out).doesNotExist();
    }

    @Test
    void refusesAnEndorsementOfAnotherGenesisAndOfAStranger() {
        Path genesis = collect(founders);
        Path fewer = collect(founders, "--rule", "blockMaxBytes=65536");
        Path stray = founders.get(0).endorse(fewer);
        TestCli.Result result =
                TestCli.run("genesis", "finalize", genesis, stray, "--out", mail.resolve("x.json"));
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("it is for wn-");

        Founder acme = founders.get(0);
        TestCli.Result stranger =
                TestCli.run(
                        "genesis",
                        "endorse",
                        genesis,
                        "--governance-key",
                        acme.key("node"),
                        "--passphrase-file",
                        acme.passphrase("node"));
        assertThat(stranger.exitCode()).isEqualTo(8);
        assertThat(stranger.out()).isEmpty();
    }

    /** Collects the cards for the draft, or for a new draft with other options. */
    private Path collect(List<Founder> of, Object... draftOptions) {
        Path used = draft;
        Path genesis = mail.resolve("genesis.json");
        if (draftOptions.length > 0) {
            used = mail.resolve("draft-2.json");
            genesis = mail.resolve("genesis-2.json");
            List<Object> words = new ArrayList<>(List.of("genesis", "draft", "--name", "n"));
            words.addAll(List.of(draftOptions));
            words.addAll(List.of("--out", used));
            TestCli.ok(words.toArray());
        }
        List<Object> arguments = new ArrayList<>(List.of("genesis", "collect", used));
        for (Founder founder : of) {
            Path copy = copy(used, founder.file("draft.json"));
            Path card = founder.request(copy);
            arguments.add(copy(card, mail.resolve(card.getFileName())));
        }
        arguments.addAll(List.of("--out", genesis));
        TestCli.ok(arguments.toArray());
        return genesis;
    }

    private Path finalizeWith(Path genesis, List<Founder> by) {
        List<Object> arguments = new ArrayList<>(List.of("genesis", "finalize", genesis));
        for (Founder founder : by) {
            Path own = copy(genesis, founder.file("unendorsed.json"));
            Path endorsement = founder.endorse(own);
            arguments.add(copy(endorsement, mail.resolve(endorsement.getFileName())));
        }
        Path founded = mail.resolve("founded-by-" + by.size() + ".json");
        arguments.addAll(List.of("--out", founded));
        TestCli.ok(arguments.toArray());
        return founded;
    }

    private static Path copy(Path from, Path to) {
        try {
            Files.deleteIfExists(to);
            return Files.copy(from, to);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static GenesisFile read(Path file) {
        try {
            return GenesisFile.read(Files.readAllBytes(file))
                    .orThrow(bad -> new IllegalStateException(bad.lines()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** No file that left holds a seed or a passphrase, raw, in hex or in Base64. */
    private void assertNoSecretLeft(Founder founder) {
        List<byte[]> secrets = new ArrayList<>();
        for (String name : List.of("node", "governance", "recovery")) {
            try (Passphrase passphrase = Passphrase.ofFile(founder.passphrase(name))) {
                secrets.add(KeyFile.open(founder.key(name), passphrase).exportSeed());
                secrets.add(bytes(founder.passphrase(name)));
            }
        }
        try (Stream<Path> left = Files.list(mail)) {
            List<Path> files = left.toList();
            assertThat(files).hasSizeGreaterThan(9);
            for (Path file : files) {
                String content = new String(bytes(file), StandardCharsets.ISO_8859_1);
                for (byte[] secret : secrets) {
                    assertThat(content)
                            .doesNotContain(new String(secret, StandardCharsets.ISO_8859_1).strip())
                            .doesNotContain(HexFormat.of().formatHex(secret))
                            .doesNotContain(Base64.getEncoder().encodeToString(secret));
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
