package org.witan.genesis.membership;

import java.util.Optional;
import org.witan.genesis.codec.Reader;

/**
 * Texts that somebody writes into the ledger and others read: names, reasons, versions of programs.
 *
 * <p>What cannot be seen in a text can deceive its reader: control characters steer terminals, and
 * others turn the direction of writing. No such text can be decoded, so none is ever in a block.
 */
public final class VisibleText {
    private static final int MAX_NAME = 64;

    private VisibleText() {}

    /** A text as it was read, if all of it can be seen. */
    public static String checked(Reader in, String text) {
        return unless(problem(text), in, text);
    }

    /** The name of a network or an organisation as it was read. */
    public static String checkedName(Reader in, String text) {
        return unless(nameProblem(text), in, text);
    }

    private static String unless(Optional<String> problem, Reader in, String text) {
        if (problem.isPresent()) {
            throw in.refuse(problem.get());
        }
        return text;
    }

    /** What speaks against a text; empty if nothing does. */
    public static Optional<String> problem(String text) {
        return text.codePoints().anyMatch(VisibleText::isInvisible)
                ? Optional.of("a text has no invisible characters")
                : Optional.empty();
    }

    /** What speaks against a name of 1 to 64 characters without a space at either end. */
    public static Optional<String> nameProblem(String text) {
        int length = text.codePointCount(0, text.length());
        if (length < 1 || length > MAX_NAME) {
            return Optional.of("a name has 1 to 64 characters");
        }
        if (text.startsWith(" ") || text.endsWith(" ")) {
            return Optional.of("a name has no space at either end");
        }
        return text.codePoints().anyMatch(VisibleText::isInvisible)
                ? Optional.of("a name has no invisible characters")
                : Optional.empty();
    }

    /** A list of its own: the platform's categories change with its Unicode version. */
    private static boolean isInvisible(int c) {
        return c < 0x20
                || c >= 0x7f && c <= 0xa0
                || c == 0xad
                || c == 0x61c
                || c == 0x180e
                || c >= 0x2000 && c <= 0x200f
                || c >= 0x2028 && c <= 0x202f
                || c >= 0x205f && c <= 0x206f
                || c == 0x3000
                || c == 0xfeff
                || c >= 0xfff9 && c <= 0xffff
                || c >= 0xe0000;
    }
}
