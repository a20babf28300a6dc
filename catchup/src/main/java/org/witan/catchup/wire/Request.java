package org.witan.catchup.wire;

import org.witan.genesis.codec.Reader;
import org.witan.genesis.codec.Writer;
import org.witan.genesis.crypto.Hash;

/** What a node that is behind asks a member. */
public sealed interface Request extends CatchupMessage {
    /**
     * Which is the last height that you can prove?
     *
     * <p>Wire: nothing more.
     *
     * @param number see {@link CatchupMessage#number}
     */
    record GetTip(long number) implements Request {}

    /**
     * How did the validator set change from this epoch on?
     *
     * <p>Wire: from u63.
     *
     * @param number see {@link CatchupMessage#number}
     * @param from number of the first epoch whose link is missing, from 2
     */
    record GetEpochs(long number, long from) implements Request {}

    /**
     * Give me blocks of one epoch with what proves them.
     *
     * <p>Wire: from u63, to u63, maxBytes u31.
     *
     * @param number see {@link CatchupMessage#number}
     * @param from first height
     * @param to last height; the reply may stop before it
     * @param maxBytes size at which the reply stops, if it has one block at least
     */
    record GetRange(long number, long from, long to, int maxBytes) implements Request {}

    /**
     * Give me a part of the state after a height, with what proves it.
     *
     * <p>Wire: height u63, from 32, to 32, maxBytes u31.
     *
     * @param number see {@link CatchupMessage#number}
     * @param height of a committed block whose state is wanted
     * @param from least hash of a path
     * @param to greatest hash of a path; the reply may stop before it
     * @param maxBytes size of values at which the reply stops, if it has one value at least
     */
    record GetChunk(long number, long height, Hash from, Hash to, int maxBytes)
            implements Request {}

    /** Writes type, number and fields. */
    static void write(Request request, Writer out) {
        switch (request) {
            case GetTip(var number) -> out.u8(1).u63(number);
            case GetEpochs(var number, var from) -> out.u8(2).u63(number).u63(from);
            case GetRange(var number, var from, var to, var maxBytes) ->
                    out.u8(3).u63(number).u63(from).u63(to).u31(maxBytes);
            case GetChunk(var number, var height, var from, var to, var maxBytes) -> {
                Hash.CODEC.write(from, out.u8(4).u63(number).u63(height));
                Hash.CODEC.write(to, out);
                out.u31(maxBytes);
            }
        }
    }

    /** Reads the fields of a type. */
    static Request read(int type, long number, Reader in) {
        return switch (type) {
            case 1 -> new GetTip(number);
            case 2 -> new GetEpochs(number, in.u63());
            case 3 -> new GetRange(number, in.u63(), in.u63(), in.u31());
            case 4 ->
                    new GetChunk(
                            number, in.u63(), Hash.CODEC.read(in), Hash.CODEC.read(in), in.u31());
            default -> throw in.refuse("unknown request " + type);
        };
    }
}
