package org.witan.genesis.keyfile;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.fuzz.Allocation;
import org.witan.genesis.fuzz.FuzzTarget;

/**
 * Key files: the whole text for a first byte that is even, the container inside for an odd one.
 *
 * <p>Hashing a passphrase costs what the file says, up to a bound; here it says little.
 */
final class KeyFileFuzzTest extends FuzzTarget {
    private static final int ITERATIONS = 1000;

    @Override
    protected void take(byte[] input) throws Exception {
        if (input.length > 0) {
            byte[] rest = Arrays.copyOfRange(input, 1, input.length);
            if (input[0] % 2 == 0) {
                takeFile(rest);
            } else if (iterations(rest) <= ITERATIONS) {
                Allocation.bounded(rest, () -> takeContainer(rest));
            }
        }
    }

    private static void takeFile(byte[] text) throws Exception {
        Path file =
                Files.createTempFile(
                        "key",
                        ".pem",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        try {
            Files.write(file, text);
            Allocation.bounded(text, () -> label(file));
        } finally {
            Files.delete(file);
        }
    }

    private static void label(Path file) {
        try {
            KeyFile.labelOf(file).ifPresent(key -> key.isSound());
        } catch (OperatorError refused) {
            if (refused.why().isBlank()) {
                throw new AssertionError("refused without a reason", refused);
            }
        }
    }

    private static void takeContainer(byte[] container) {
        try {
            Pbes2.decrypt(container, Passphrase.owning("p".toCharArray()));
        } catch (IllegalArgumentException refused) {
            if (String.valueOf(refused.getMessage()).isBlank()) {
                throw new AssertionError("refused without a sentence", refused);
            }
        }
    }

    /** What the container asks for; 0 if it does not get as far as asking. */
    private static int iterations(byte[] container) {
        try {
            Der algorithm = new Der(container).takeSequence().takeSequence();
            algorithm.takeOid();
            Der derivation = algorithm.takeSequence().takeSequence();
            derivation.takeOid();
            Der parameters = derivation.takeSequence();
            parameters.take(Der.OCTETS);
            return parameters.takeInteger();
        } catch (IllegalArgumentException none) {
            return 0;
        }
    }

    @Override
    protected Map<String, byte[]> seeds() {
        String head = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n";
        String tail = "-----END ENCRYPTED PRIVATE KEY-----\n";
        Map<String, byte[]> seeds = new LinkedHashMap<>();
        seeds.put("empty", text(head + tail));
        seeds.put("short", text(head + "MAA=\n" + tail));
        seeds.put("label", text("# public: ed25519:" + "00".repeat(32) + "\n" + head + tail));
        seeds.put("plain", text((head + tail).replace("ENCRYPTED ", "")));
        byte[] container = container();
        byte[] seed = new byte[container.length + 1];
        seed[0] = 1;
        System.arraycopy(container, 0, seed, 1, container.length);
        seeds.put("container", seed);
        return seeds;
    }

    /** The first byte of a text chooses the text, for a space is even. */
    private static byte[] text(String text) {
        return (" " + text).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] container() {
        byte[] octets = Der.element(Der.OCTETS, new byte[16]);
        byte[] prf = sequence(Der.oid("2a864886f70d0209"), new byte[] {5, 0});
        byte[] derivation = sequence(octets, Der.integer(2), prf);
        byte[] scheme =
                sequence(
                        sequence(Der.oid("2a864886f70d01050c"), derivation),
                        sequence(Der.oid("60864801650304012a"), octets));
        return sequence(
                sequence(Der.oid("2a864886f70d01050d"), scheme),
                Der.element(Der.OCTETS, new byte[48]));
    }

    private static byte[] sequence(byte[]... parts) {
        return Der.element(Der.SEQUENCE, parts);
    }
}
