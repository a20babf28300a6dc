package org.witan.chain.state;

import org.witan.chain.block.Operation;
import org.witan.genesis.codec.Codec;

/**
 * A participant's own entry, as the state records it.
 *
 * <p>Wire v1: version u8, entry version u63, height u63, content behind a u32 length. Golden:
 * {@code entry.v1.hex}.
 *
 * @param version 1 for the write that made the entry, one more with each write; an entry that is
 *     made again after its deletion begins with 1 again
 * @param height block of the last write
 * @param content what the participant wrote, not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record Entry(long version, long height, byte[] content) {
    /** See the type. */
    public static final Codec<Entry> CODEC =
            new Codec<>(
                    (entry, out) ->
                            out.u8(1).u63(entry.version).u63(entry.height).bytes32(entry.content),
                    in -> {
                        in.version(1);
                        long version = in.u63();
                        if (version == 0) {
                            throw in.refuse("an entry of version 0");
                        }
                        return new Entry(version, in.u63(), in.bytes32(Operation.MAX_VALUE_BYTES));
                    });
}
