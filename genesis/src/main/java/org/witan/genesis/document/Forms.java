package org.witan.genesis.document;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.VisibleText;

/**
 * How single values are written in documents. Each method throws IllegalArgumentException with a
 * sentence for a text that it refuses. Source: docs/protocol/genesis.md, G4.
 */
final class Forms {
    private static final Pattern DRAFT = Pattern.compile("dr-[0-9a-f]{8,32}");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]*");
    private static final Pattern TIME =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z");

    private Forms() {}

    /**
     * A name for people: 1 to 64 characters, in normal form C, no control characters, nothing that
     * changes the direction of writing or shows nothing, no space at either end.
     */
    static String name(String text) {
        Optional<String> problem = VisibleText.nameProblem(text);
        if (problem.isPresent()) {
            throw new IllegalArgumentException(problem.get());
        }
        boolean simple = text.chars().allMatch(c -> c < 0x300);
        if (!simple && !Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
            throw new IllegalArgumentException("a name is in Unicode normal form C");
        }
        return text;
    }

    /** The id of a draft: {@code dr-} and 8 to 32 hex digits. */
    static String draft(String text) {
        if (!DRAFT.matcher(text).matches()) {
            throw new IllegalArgumentException("a draft id is dr- and 8 to 32 hex digits");
        }
        return text;
    }

    /** A moment in whole seconds of UTC, from 1970: {@code 2026-01-12T09:00:00Z}. */
    static Instant created(String text) {
        String sentence = "a time is written 2026-01-12T09:00:00Z";
        if (!TIME.matcher(text).matches()) {
            throw new IllegalArgumentException(sentence);
        }
        try {
            Instant time = Instant.parse(text);
            if (time.isBefore(Instant.EPOCH)) {
                throw new IllegalArgumentException("a time is not before 1970");
            }
            return time;
        } catch (DateTimeException noSuchDay) {
            throw new IllegalArgumentException(sentence, noSuchDay);
        }
    }

    /** A signature of 128 lower-case hex digits. */
    static Signature signature(String text) {
        return Signature.of(hex(text, Signature.SIZE_BYTES, "a signature"));
    }

    /** A network id of 64 lower-case hex digits. */
    static NetworkId networkId(String text) {
        return new NetworkId(Hash.of(hex(text, Hash.SIZE_BYTES, "a network id")));
    }

    /** A function that accepts one text only: the format of a document. */
    static String format(String text, String wanted) {
        if (!text.equals(wanted)) {
            throw new IllegalArgumentException("this program reads \"" + wanted + "\"");
        }
        return text;
    }

    private static byte[] hex(String text, int sizeBytes, String what) {
        if (text.length() != 2 * sizeBytes || !HEX.matcher(text).matches()) {
            String sentence = what + " is " + 2 * sizeBytes + " lower-case hex digits";
            throw new IllegalArgumentException(sentence);
        }
        return HexFormat.of().parseHex(text);
    }
}
