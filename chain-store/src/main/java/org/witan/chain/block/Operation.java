package org.witan.chain.block;

import java.util.List;
import java.util.OptionalLong;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Reader;
import org.witan.genesis.codec.Writer;

/**
 * What a transaction does.
 *
 * <p>Wire: type u8, then the fields. Types 1 to 3 are the entries'; 16 to 27 are governance
 * (propose, approve, withdraw, set endpoints, rotate key, attest, invite, redeem, report evidence,
 * permit, report, revoke), see {@link GovernanceOperation}. Golden: {@code transaction-*.v1.hex}.
 */
public sealed interface Operation permits Operation.Write, Operation.Batch, GovernanceOperation {
    /** Longest key of an entry, in bytes of UTF-8. */
    int MAX_KEY_BYTES = 128;

    /** Longest value that the format holds; the network's rule {@code entryMaxBytes} is lower. */
    int MAX_VALUE_BYTES = 192 << 10;

    /** Most writes of a batch. */
    int MAX_WRITES = 64;

    /** A write to one entry in the sender's own namespace. */
    sealed interface Write extends Operation {
        /** The entry's key: 1 to 128 bytes of UTF-8. */
        String key();

        /**
         * The version that the entry must have for the write to happen; 0 asks that there be none.
         */
        OptionalLong ifVersion();
    }

    /**
     * Sets an entry.
     *
     * @param key see {@link Write#key}
     * @param value the new content, at most {@link #MAX_VALUE_BYTES}, not copied
     * @param ifVersion see {@link Write#ifVersion}
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Put(String key, byte[] value, OptionalLong ifVersion) implements Write {}

    /**
     * Removes an entry.
     *
     * @param key see {@link Write#key}
     * @param ifVersion see {@link Write#ifVersion}
     */
    record Delete(String key, OptionalLong ifVersion) implements Write {}

    /**
     * Several writes, all or none.
     *
     * @param writes 1 to 64, applied in order
     */
    record Batch(List<Write> writes) implements Operation {}

    /** See the type. */
    Codec<Operation> CODEC = new Codec<>(Operation::write, Operation::read);

    /** The same for the writes of a batch. */
    Codec<Write> WRITE_CODEC = new Codec<>(Operation::write, Operation::readWrite);

    private static void write(Operation operation, Writer out) {
        switch (operation) {
            case Put(var key, var value, var ifVersion) -> {
                head(out, 1, key, ifVersion);
                out.bytes32(value);
            }
            case Delete(var key, var ifVersion) -> head(out, 2, key, ifVersion);
            case Batch(var writes) -> out.u8(3).list16(writes, WRITE_CODEC);
            case GovernanceOperation governance -> GovernanceOperation.CODEC.write(governance, out);
        }
    }

    private static void head(Writer out, int type, String key, OptionalLong ifVersion) {
        out.u8(type).text8(key).bool(ifVersion.isPresent());
        ifVersion.ifPresent(out::u63);
    }

    private static Operation read(Reader in) {
        int type = in.u8();
        if (type > 3) {
            return GovernanceOperation.read(in, type);
        }
        if (type != 3) {
            return readWrite(in, type);
        }
        List<Write> writes = in.list16(MAX_WRITES, 4, WRITE_CODEC);
        if (writes.isEmpty()) {
            throw in.refuse("a batch without writes");
        }
        return new Batch(writes);
    }

    private static Write readWrite(Reader in) {
        return readWrite(in, in.u8());
    }

    private static Write readWrite(Reader in, int type) {
        if (type != 1 && type != 2) {
            throw in.refuse("unknown operation " + type);
        }
        String key = in.text8(MAX_KEY_BYTES);
        if (key.isEmpty()) {
            throw in.refuse("an entry's key is empty");
        }
        OptionalLong ifVersion = in.bool() ? OptionalLong.of(in.u63()) : OptionalLong.empty();
        return type == 1
                ? new Put(key, in.bytes32(MAX_VALUE_BYTES), ifVersion)
                : new Delete(key, ifVersion);
    }
}
