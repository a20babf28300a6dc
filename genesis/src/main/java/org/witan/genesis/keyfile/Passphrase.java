package org.witan.genesis.keyfile;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.file.SafeFiles;

/** What a key file is encrypted with; closing it overwrites it. */
public final class Passphrase implements AutoCloseable {
    private static final int MAX_FILE_BYTES = 4096;
    private static final int RANDOM_BYTES = 32;

    private final char[] characters;

    private Passphrase(char[] characters) {
        this.characters = characters;
    }

    /**
     * A passphrase of these characters, which now belong to it.
     *
     * @throws OperatorError {@code PASSPHRASE_EMPTY}
     */
    public static Passphrase owning(char[] characters) {
        if (characters.length == 0) {
            throw new OperatorError(
                    ExitCode.INVALID_CONFIGURATION,
                    "PASSPHRASE_EMPTY",
                    "the passphrase is empty",
                    "a key file is always encrypted",
                    "give one of at least one character");
        }
        return new Passphrase(characters);
    }

    /**
     * The first line of a file, as OpenSSL's {@code -passin file:} reads it.
     *
     * @throws OperatorError if the file cannot be read, is open to others, is not UTF-8 or has an
     *     empty first line
     */
    public static Passphrase ofFile(Path file) {
        SafeFiles.checkPrivate(file);
        byte[] content = SafeFiles.read(file, MAX_FILE_BYTES);
        int end = 0;
        while (end < content.length && content[end] != '\n' && content[end] != '\r') {
            end++;
        }
        try {
            ByteBuffer line = ByteBuffer.wrap(content, 0, end);
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(line);
            char[] characters = Arrays.copyOfRange(text.array(), 0, text.limit());
            Arrays.fill(text.array(), '\0');
            return owning(characters);
        } catch (CharacterCodingException bad) {
            throw new OperatorError(
                    ExitCode.INVALID_CONFIGURATION,
                    "PASSPHRASE_UNREADABLE",
                    file + " holds no passphrase",
                    "its first line is not UTF-8 text",
                    "write the passphrase as its first line");
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /** 256 random bits in hex: no guessing reaches it, so few iterations protect it as well. */
    public static Passphrase random(SecureRandom random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        char[] characters = new char[2 * RANDOM_BYTES];
        for (int i = 0; i < RANDOM_BYTES; i++) {
            characters[2 * i] = Character.forDigit(bytes[i] >> 4 & 0xf, 16);
            characters[2 * i + 1] = Character.forDigit(bytes[i] & 0xf, 16);
        }
        Arrays.fill(bytes, (byte) 0);
        return new Passphrase(characters);
    }

    /** Writes it as the one line of a new file with mode 0600. */
    public void createFile(Path file) {
        byte[] line = new byte[characters.length * 3 + 1];
        ByteBuffer text = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters));
        int length = text.remaining();
        text.get(line, 0, length);
        line[length] = '\n';
        try {
            SafeFiles.createPrivate(file, Arrays.copyOf(line, length + 1));
        } finally {
            Arrays.fill(line, (byte) 0);
            Arrays.fill(text.array(), (byte) 0);
        }
    }

    /** Whether the other one is the same. */
    public boolean isSameAs(Passphrase other) {
        return Arrays.equals(characters, other.characters);
    }

    char[] characters() {
        return characters;
    }

    @Override
    public void close() {
        Arrays.fill(characters, '\0');
    }

    @Override
    public String toString() {
        return "a passphrase";
    }
}
