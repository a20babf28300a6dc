package org.witan.validator.e2e.operating;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.genesis.keyfile.KeyFile;
import org.witan.genesis.keyfile.Passphrase;
import org.witan.validator.e2e.Await;
import org.witan.validator.e2e.Network;
import org.witan.validator.e2e.Witan;

/**
 * Whoever takes a validator's disk or a backup of it, but not the passphrase, finds no private key
 * there: not in the store, not in the log of a node that logs all it can, in no form.
 */
@Tag("e2e")
class StolenDiskE2eTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String PASSPHRASE_FILE = "passphrase";

    @TempDir private Path folder;

    @Test
    void noFileOfAHomeHoldsAKeyInTheClear() throws Exception {
        try (Network network = Network.up(folder.resolve("d"), 4)) {
            Path home = network.home(4);
            Witan.run("stop", "--home", home).ok();
            Files.writeString(
                    home.resolve("witan.yaml"), "\nlog.level: trace\n", StandardOpenOption.APPEND);
            network.devnet("start", 4).ok();
            Await.until(
                    "v4 is ready",
                    SOON,
                    () -> Witan.run("status", "--check", "--home", home).exitCode() == 0);
            Witan.run("entry", "put", "written", "by-v4", "--home", home).ok();
            Witan.run("stop", "--home", home).ok();
            assertThat(network.log(4)).contains(" DEBUG ");

            Map<String, String> secrets = secrets(home);
            assertThat(found(home, secrets)).isEmpty();
            requireThatPlantedOnesAreFound(home, secrets);
        }
    }

    private static void requireThatPlantedOnesAreFound(Path home, Map<String, String> secrets)
            throws IOException {
        List<String> planted = new ArrayList<>();
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            String name = "planted-" + planted.size();
            String around = "before" + secret.getValue() + "after";
            Files.writeString(home.resolve(name), around, StandardCharsets.ISO_8859_1);
            planted.add(name + ": " + secret.getKey());
        }
        assertThat(found(home, secrets)).containsExactlyInAnyOrderElementsOf(planted);
    }

    /** What nobody may find: its bytes, a character each, by what it is. */
    private static Map<String, String> secrets(Path home) throws IOException {
        Map<String, String> secrets = new TreeMap<>();
        Path passphraseFile = home.resolve(PASSPHRASE_FILE);
        secrets.put("the passphrase", Files.readString(passphraseFile).strip());
        for (String name : List.of("node.key", "governance.key")) {
            try (Passphrase passphrase = Passphrase.ofFile(passphraseFile)) {
                byte[] seed = KeyFile.open(home.resolve(name), passphrase).exportSeed();
                secrets.put(name + " as it is", new String(seed, StandardCharsets.ISO_8859_1));
                secrets.put(name + " in hex", HexFormat.of().formatHex(seed));
                secrets.put(name + " in capitals", HexFormat.of().withUpperCase().formatHex(seed));
                for (int before = 0; before < 3; before++) {
                    secrets.put(name + " in base 64, at " + before, base64(before, seed));
                }
            }
        }
        return secrets;
    }

    /** The characters that stand for a seed and for nothing else, behind so many other bytes. */
    private static String base64(int before, byte[] seed) {
        byte[] all = new byte[before + seed.length];
        System.arraycopy(seed, 0, all, before, seed.length);
        String text = Base64.getEncoder().withoutPadding().encodeToString(all);
        return text.substring((8 * before + 5) / 6, 8 * all.length / 6);
    }

    /** What stands where in a folder; the passphrase's own file is not on the stolen disk. */
    private static List<String> found(Path folder, Map<String, String> secrets) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !file.endsWith(PASSPHRASE_FILE))
                    .flatMap(file -> {
                        String content = content(file);
                        return secrets.entrySet().stream()
                                .filter(secret -> content.contains(secret.getValue()))
                                .map(secret -> folder.relativize(file) + ": " + secret.getKey());
                    })
                    .toList();
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
