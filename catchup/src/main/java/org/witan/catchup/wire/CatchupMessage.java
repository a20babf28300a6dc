package org.witan.catchup.wire;

import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Reader;
import org.witan.genesis.codec.Writer;

/**
 * One message of the catch-up channel.
 *
 * <p>Wire v1: version u8, type u8 (1 to 4 requests, 16 to 20 replies), request number u63, then the
 * fields of the type. Golden: one {@code *.v1.hex} for each type.
 */
public sealed interface CatchupMessage permits Request, Reply {
    /** See the type. */
    Codec<CatchupMessage> CODEC = new Codec<>(CatchupMessage::write, CatchupMessage::read);

    /** Bytes before the fields of the type: version, type, request number. */
    int HEAD_BYTES = 1 + 1 + 8;

    /** The asker's number for a request; its reply repeats it. */
    long number();

    private static void write(CatchupMessage message, Writer out) {
        out.u8(1);
        switch (message) {
            case Request request -> Request.write(request, out);
            case Reply reply -> Reply.write(reply, out);
        }
    }

    private static CatchupMessage read(Reader in) {
        in.version(1);
        int type = in.u8();
        long number = in.u63();
        return type < Reply.FIRST_TYPE
                ? Request.read(type, number, in)
                : Reply.read(type, number, in);
    }
}
