package org.witan.validator.cli.govern;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.witan.chain.change.Change;
import org.witan.chain.shown.InWords;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.file.SafeFiles;

/**
 * A change that somebody asks an organisation to propose, as text: a comment in words, and one line
 * with the change's bytes in hex. It holds no secret; the new key has signed it.
 */
final class RequestText {
    private static final String PREFIX = "witan-request-1:";

    /** An added member with four longest endpoints has less than 3 KiB in hex. */
    private static final int MAX_BYTES = 8 << 10;

    private RequestText() {}

    /** The text of a change. */
    static String of(Change change) {
        String hex = HexFormat.of().formatHex(Change.CODEC.encode(change));
        return "# " + InWords.of(change) + "\n" + PREFIX + hex + "\n";
    }

    /**
     * The change that a file asks for, or the line itself.
     *
     * @throws OperatorError if it asks for something else, or cannot be read
     */
    static <C extends Change> C read(String fileOrLine, Class<C> wanted) {
        String text = fileOrLine;
        if (!fileOrLine.startsWith(PREFIX)) {
            Path file = Path.of(fileOrLine);
            if (!Files.exists(file)) {
                throw new OperatorError(
                        ExitCode.NOT_FOUND,
                        "FILE_NOT_FOUND",
                        "there is no request " + fileOrLine,
                        "the file does not exist",
                        "who asks makes it: witan member request --help");
            }
            text = new String(SafeFiles.read(file, MAX_BYTES), StandardCharsets.UTF_8);
        }
        Change change = decode(text, fileOrLine);
        if (!wanted.isInstance(change)) {
            throw invalid(fileOrLine, "it asks for something else: " + InWords.of(change));
        }
        return wanted.cast(change);
    }

    private static Change decode(String text, String from) {
        String line =
                text.lines()
                        .map(String::strip)
                        .filter(each -> each.startsWith(PREFIX))
                        .findFirst()
                        .orElseThrow(() -> invalid(from, "no line of it begins " + PREFIX));
        try {
            byte[] bytes = HexFormat.of().parseHex(line.substring(PREFIX.length()));
            return switch (Change.CODEC.decode(bytes)) {
                case Decoded.Ok(var change) -> change;
                case Decoded.Bad(var offset, var why) ->
                        throw invalid(from, "at byte " + offset + ": " + why);
            };
        } catch (IllegalArgumentException noHex) {
            throw invalid(from, "it is not written in hex digits");
        }
    }

    private static OperatorError invalid(String from, String why) {
        String name = from.length() > 60 ? from.substring(0, 60) + "…" : from;
        return new OperatorError(
                ExitCode.INVALID_CONFIGURATION,
                "REQUEST_INVALID",
                name + " is no request for this",
                why,
                "have it made anew: witan member request --help");
    }
}
