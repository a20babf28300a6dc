package org.witan.validator.cli.upgrade;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.witan.chain.change.Change.PlanUpgrade;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.VisibleText;

/**
 * A release's archive.
 *
 * @param name of the file
 * @param sha256 of its bytes
 */
record Artifact(String name, Hash sha256) {
    private static final int BUFFER_BYTES = 1 << 16;

    /**
     * Of {@code FILE}, or {@code FILE#SHA256}, where the file need not be here.
     *
     * @throws OperatorError if it cannot be read, or has other bytes than those that were named
     */
    static Artifact of(String text) {
        int mark = text.lastIndexOf('#');
        Path file = Path.of(mark < 0 ? text : text.substring(0, mark));
        String name = String.valueOf(file.getFileName());
        if (name.isEmpty()
                || name.length() > PlanUpgrade.MAX_ARTIFACT_BYTES
                || VisibleText.problem(name).isPresent()) {
            throw usage("'" + text + "' names no archive");
        }
        Optional<Hash> named =
                mark < 0 ? Optional.empty() : Optional.of(hash(text.substring(mark + 1)));
        if (named.isPresent() && !Files.exists(file)) {
            return new Artifact(name, named.get());
        }
        Hash found = read(file);
        if (named.filter(hash -> !hash.equals(found)).isPresent()) {
            throw new OperatorError(
                    ExitCode.VERIFICATION_FAILED,
                    "ARTIFACT_MISMATCH",
                    file + " is another archive than the one that you named",
                    "named is " + named.get().hex() + "\nthe file has " + found.hex(),
                    "fetch it again, and compare with what its maker published");
        }
        return new Artifact(name, found);
    }

    private static Hash hash(String digits) {
        if (!digits.matches("[0-9a-fA-F]{64}")) {
            throw usage("'" + digits + "' is no SHA-256");
        }
        return Hash.ofHex(digits.toLowerCase(Locale.ROOT));
    }

    private static Hash read(Path file) {
        Digest digest = Digest.plain();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.add(Arrays.copyOf(buffer, count));
            }
        } catch (IOException unreadable) {
            throw new OperatorError(
                    ExitCode.NOT_FOUND,
                    "NO_SUCH_FILE",
                    file + " cannot be read",
                    String.valueOf(unreadable),
                    "--artifact FILE, or FILE#SHA256 if it is not here");
        }
        return digest.done();
    }

    private static OperatorError usage(String what) {
        return new OperatorError(
                ExitCode.USAGE,
                "USAGE",
                what,
                "an archive has a name, and a SHA-256 of 64 hex digits",
                "--artifact witan-0.2.0.tar.gz, or witan-0.2.0.tar.gz#SHA256");
    }
}
