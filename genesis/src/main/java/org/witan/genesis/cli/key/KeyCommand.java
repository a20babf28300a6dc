package org.witan.genesis.cli.key;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.cli.Passphrases;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.file.SafeFiles;
import org.witan.genesis.keyfile.KeyFile;
import org.witan.genesis.keyfile.Passphrase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code witan key …}: node, governance and recovery keys in encrypted files. Offline. */
@Command(
        name = "key",
        description = "Make and look after key files that OpenSSL reads too.",
        synopsisSubcommandLabel = "VERB")
public final class KeyCommand {
    private static final String NEW_VARIABLE = "WITAN_NEW_PASSPHRASE";

    /** SubjectPublicKeyInfo of RFC 8410, up to the 32 bytes of the key. */
    private static final byte[] SPKI_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    @Spec private @Nullable CommandSpec injected;

    /** For the root command to mount. */
    public KeyCommand() {}

    @Command(name = "new", description = "Make a key in a new file, encrypted, mode 0600.")
    int create(
            @Option(names = "--out", required = true, paramLabel = "FILE") Path file,
            @Option(
                            names = "--passphrase-file",
                            paramLabel = "F",
                            description = "its first line is the passphrase")
                    @Nullable Path passphraseFile,
            @Option(
                            names = "--make-passphrase",
                            paramLabel = "F",
                            description = "write 256 random bits to this new file and use them")
                    @Nullable Path made) {
        if (passphraseFile != null && made != null) {
            throw usage("--passphrase-file and --make-passphrase exclude each other");
        }
        SigningKey key = SigningKey.generate(new SecureRandom());
        if (GlobalOptions.of(spec()).dryRun()) {
            GlobalOptions.of(spec()).say(spec(), "dry run: " + file + " is not written");
            return 0;
        }
        try (Passphrase passphrase =
                made != null
                        ? Passphrase.random(new SecureRandom())
                        : Passphrases.ofProcess()
                                .forMaking(
                                        file,
                                        Passphrases.VARIABLE,
                                        Optional.ofNullable(passphraseFile))) {
            if (made != null) {
                passphrase.createFile(made);
            }
            int iterations = made != null ? KeyFile.ITERATIONS_IF_RANDOM : KeyFile.ITERATIONS;
            KeyFile.create(file, key, passphrase, iterations);
        }
        key.erase();
        return print(file, key.publicKey());
    }

    @Command(description = "Print the public key of FILE; no passphrase needed unless --check.")
    int show(
            @Parameters(paramLabel = "FILE", description = "a key file") Path file,
            @Option(names = "--passphrase-file", paramLabel = "F") @Nullable Path passphraseFile,
            @Option(names = "--check", description = "open the file and compare") boolean check) {
        return print(file, publicKey(file, passphraseFile, check));
    }

    @Command(description = "Write the public key of FILE as PEM; private keys never leave a file.")
    int export(
            @Parameters(paramLabel = "FILE", description = "a key file") Path file,
            @Option(names = "--passphrase-file", paramLabel = "F") @Nullable Path passphraseFile,
            @Option(names = "--out", paramLabel = "FILE", description = "default: the output")
                    @Nullable Path out) {
        PublicKey key = publicKey(file, passphraseFile, false);
        String pem = pem(key);
        GlobalOptions options = GlobalOptions.of(spec());
        if (out == null) {
            Map<String, Object> json = json(file, key);
            json.put("pem", pem);
            options.print(spec(), List.of(pem.stripTrailing()), json);
            return 0;
        }
        if (options.dryRun()) {
            options.say(spec(), "dry run: " + out + " is not written");
        } else {
            SafeFiles.replacePublic(out, pem.getBytes(StandardCharsets.US_ASCII));
        }
        return print(file, key);
    }

    @Command(description = "Encrypt FILE anew with another passphrase.")
    int passwd(
            @Parameters(paramLabel = "FILE", description = "a key file") Path file,
            @Option(
                            names = "--passphrase-file",
                            paramLabel = "F",
                            description = "the present passphrase")
                    @Nullable Path oldFile,
            @Option(
                            names = "--new-passphrase-file",
                            paramLabel = "F",
                            description = "the new one; else WITAN_NEW_PASSPHRASE or a question")
                    @Nullable Path newFile) {
        Passphrases passphrases = Passphrases.ofProcess();
        try (Passphrase old = passphrases.forOpening(file, Optional.ofNullable(oldFile))) {
            SigningKey key = KeyFile.open(file, old);
            try (Passphrase next =
                    passphrases.forMaking(file, NEW_VARIABLE, Optional.ofNullable(newFile))) {
                if (GlobalOptions.of(spec()).dryRun()) {
                    GlobalOptions.of(spec()).say(spec(), "dry run: " + file + " stays as it is");
                } else {
                    KeyFile.replace(file, key, next, KeyFile.ITERATIONS);
                }
            }
            key.erase();
            return print(file, key.publicKey());
        }
    }

    private static PublicKey publicKey(Path file, @Nullable Path passphraseFile, boolean check) {
        Optional<PublicKey> label = check ? Optional.empty() : KeyFile.labelOf(file);
        if (label.isPresent()) {
            return label.get();
        }
        try (Passphrase passphrase =
                Passphrases.ofProcess().forOpening(file, Optional.ofNullable(passphraseFile))) {
            SigningKey key = KeyFile.open(file, passphrase);
            key.erase();
            return key.publicKey();
        }
    }

    private int print(Path file, PublicKey key) {
        GlobalOptions.of(spec()).print(spec(), List.of(key.toString()), json(file, key));
        return 0;
    }

    private static Map<String, Object> json(Path file, PublicKey key) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("publicKey", key.toString());
        json.put("file", file.toString());
        return json;
    }

    private static String pem(PublicKey key) {
        byte[] spki = new byte[SPKI_HEAD.length + PublicKey.SIZE_BYTES];
        System.arraycopy(SPKI_HEAD, 0, spki, 0, SPKI_HEAD.length);
        System.arraycopy(key.toBytes(), 0, spki, SPKI_HEAD.length, PublicKey.SIZE_BYTES);
        String base64 = Base64.getEncoder().encodeToString(spki);
        return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
    }

    private static OperatorError usage(String why) {
        return new OperatorError(
                ExitCode.USAGE,
                "USAGE",
                "these options do not go together",
                why,
                "witan key new --help");
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(injected);
    }
}
