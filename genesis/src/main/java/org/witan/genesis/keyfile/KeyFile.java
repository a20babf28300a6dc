package org.witan.genesis.keyfile;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.file.SafeFiles;

/**
 * A private key in a file: {@code ENCRYPTED PRIVATE KEY} in PEM, mode 0600.
 *
 * <p>The lines before the PEM block name the public key, so that it can be shown without the
 * passphrase; OpenSSL skips them. They are believed only for showing: opening the file compares.
 */
public final class KeyFile {
    /** How often a passphrase is hashed, unless it is random. */
    public static final int ITERATIONS = 600_000;

    /** Enough for a passphrase of 256 random bits, which hashing makes no stronger. */
    public static final int ITERATIONS_IF_RANDOM = 1000;

    private static final int MAX_BYTES = 16 << 10;
    private static final String ED25519 = "2b6570";
    private static final byte[] SEED_HEAD =
            HexFormat.of().parseHex("302e020100300506032b657004220420");
    private static final Pattern LABEL = Pattern.compile("(?m)^# public: (ed25519:[0-9a-f]{64})$");
    private static final Pattern PEM =
            Pattern.compile(
                    "-----BEGIN ([A-Z ]{1,40})-----\\s([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private KeyFile() {}

    /**
     * Writes a key to a new file.
     *
     * @param iterations {@link #ITERATIONS}, or {@link #ITERATIONS_IF_RANDOM} for a passphrase of
     *     {@link Passphrase#random}
     * @throws OperatorError {@code FILE_EXISTS}, {@code FILE_NOT_WRITTEN}
     */
    public static void create(Path file, SigningKey key, Passphrase passphrase, int iterations) {
        SafeFiles.createPrivate(file, encode(key, passphrase, iterations));
    }

    /** Puts the key, encrypted with another passphrase, in the place of its file. */
    public static void replace(Path file, SigningKey key, Passphrase passphrase, int iterations) {
        SafeFiles.replacePrivate(file, encode(key, passphrase, iterations));
    }

    /**
     * Opens a key file, of Witan's or OpenSSL's making.
     *
     * @throws OperatorError {@code FILE_NOT_FOUND}, {@code FILE_OPEN_TO_OTHERS}, {@code
     *     KEY_FILE_BAD}, {@code PASSPHRASE_WRONG}
     */
    public static SigningKey open(Path file, Passphrase passphrase) {
        String text = text(file);
        try {
            byte[] secret =
                    Pbes2.decrypt(container(text), passphrase)
                            .orElseThrow(() -> wrongPassphrase(file));
            SigningKey key = key(secret, file);
            Arrays.fill(secret, (byte) 0);
            if (label(text).filter(label -> !label.equals(key.publicKey())).isPresent()) {
                throw bad(file, "its heading names another public key than it holds");
            }
            return key;
        } catch (IllegalArgumentException refused) {
            throw bad(file, String.valueOf(refused.getMessage()));
        }
    }

    /**
     * The public key that the heading names, without opening the file; empty if there is none.
     *
     * @throws OperatorError {@code FILE_NOT_FOUND}, {@code FILE_OPEN_TO_OTHERS}, {@code
     *     KEY_FILE_BAD}
     */
    public static Optional<PublicKey> labelOf(Path file) {
        String text = text(file);
        try {
            container(text);
        } catch (IllegalArgumentException refused) {
            throw bad(file, String.valueOf(refused.getMessage()));
        }
        return label(text);
    }

    private static byte[] encode(SigningKey key, Passphrase passphrase, int iterations) {
        byte[] seed = key.exportSeed();
        byte[] secret = Arrays.copyOf(SEED_HEAD, SEED_HEAD.length + seed.length);
        System.arraycopy(seed, 0, secret, SEED_HEAD.length, seed.length);
        byte[] container = Pbes2.encrypt(secret, passphrase, iterations);
        Arrays.fill(seed, (byte) 0);
        Arrays.fill(secret, (byte) 0);
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(container);
        String text =
                """
                # A private key of Witan, encrypted. OpenSSL opens it: openssl pkey -in FILE
                # public: %s
                -----BEGIN ENCRYPTED PRIVATE KEY-----
                %s
                -----END ENCRYPTED PRIVATE KEY-----
                """;
        return text.formatted(key.publicKey(), base64).getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(Path file) {
        SafeFiles.checkPrivate(file);
        return new String(SafeFiles.read(file, MAX_BYTES), StandardCharsets.ISO_8859_1);
    }

    private static byte[] container(String text) {
        Matcher pem = PEM.matcher(text);
        if (!pem.find()) {
            throw new IllegalArgumentException("there is no PEM block in it");
        }
        if (!pem.group(1).equals("ENCRYPTED PRIVATE KEY")) {
            throw new IllegalArgumentException(
                    "it holds a " + pem.group(1) + ", not an ENCRYPTED PRIVATE KEY");
        }
        try {
            return Base64.getDecoder().decode(pem.group(2).replaceAll("\\s", ""));
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException("what stands in its PEM block is no base64", bad);
        }
    }

    private static Optional<PublicKey> label(String text) {
        Matcher label = LABEL.matcher(text);
        return label.find() ? Optional.of(PublicKey.parse(label.group(1))) : Optional.empty();
    }

    /** RFC 5958, version 1 or 2; attributes behind the private key are skipped. */
    private static SigningKey key(byte[] secret, Path file) {
        byte[] seed;
        try {
            Der whole = new Der(secret);
            Der info = whole.takeSequence();
            int version = info.takeInteger();
            String algorithm = info.takeSequence().takeOid();
            if (version > 1 || !algorithm.equals(ED25519)) {
                throw bad(file, "it holds another kind of key than Ed25519");
            }
            Der inner = new Der(info.take(Der.OCTETS));
            seed = inner.take(Der.OCTETS);
            if (!whole.isAtEnd() || !inner.isAtEnd()) {
                throw new IllegalArgumentException("bytes behind the end");
            }
        } catch (IllegalArgumentException garbage) {
            // A wrong passphrase passes the padding check once in 256 times.
            throw wrongPassphrase(file);
        }
        if (seed.length != SigningKey.SEED_BYTES) {
            throw bad(file, "its Ed25519 key has " + seed.length + " bytes, not 32");
        }
        SigningKey key = SigningKey.ofSeed(seed);
        Arrays.fill(seed, (byte) 0);
        return key;
    }

    private static OperatorError wrongPassphrase(Path file) {
        return new OperatorError(
                ExitCode.INVALID_CONFIGURATION,
                "PASSPHRASE_WRONG",
                "the passphrase does not open " + file,
                "decryption gave no key",
                "check it with: openssl pkey -in " + file + " -noout");
    }

    private static OperatorError bad(Path file, String why) {
        return new OperatorError(
                ExitCode.INVALID_CONFIGURATION,
                "KEY_FILE_BAD",
                file + " is no key file of Witan",
                why,
                "openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256 -in "
                        + file
                        + " -out node.key");
    }
}
