package org.witan.validator.link.handshake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.codec.Reader;

/** What both hellos share. */
final class Hellos {
    /** Greatest size of a hello. */
    static final int MAX_BYTES = 2048;

    /** First four bytes of a hello. */
    static final byte[] MAGIC = "WLH1".getBytes(StandardCharsets.US_ASCII);

    private static final int CRITICAL = 0x8000;

    /** Whether no extension is critical; every critical one is unknown to this build. */
    private static final Codec<Boolean> EXTENSIONS =
            new Codec<>(
                    (value, out) -> {},
                    in -> {
                        boolean harmless = true;
                        while (in.left() > 0) {
                            harmless &= (in.u16() & CRITICAL) == 0;
                            in.bytes16(MAX_BYTES);
                        }
                        return harmless;
                    });

    /** What a list of extensions is. */
    enum Extensions {
        /** Well-formed, none critical. */
        HARMLESS,
        /** Well-formed, one is critical and not known. */
        CRITICAL,
        /** Not a list of extensions. */
        BROKEN
    }

    private Hellos() {}

    /** Takes magic and type. */
    static void start(Reader in, int type) {
        if (!Arrays.equals(in.fixed(MAGIC.length), MAGIC) || in.u8() != type) {
            throw in.refuse("not a hello of type " + type);
        }
    }

    /** What a list of extensions is. */
    static Extensions check(byte[] extensions) {
        return switch (EXTENSIONS.decode(extensions)) {
            case Decoded.Ok<Boolean>(var harmless) ->
                    harmless ? Extensions.HARMLESS : Extensions.CRITICAL;
            case Decoded.Bad<Boolean> _ -> Extensions.BROKEN;
        };
    }
}
