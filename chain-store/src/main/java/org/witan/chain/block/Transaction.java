package org.witan.chain.block;

import java.util.Arrays;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Reader;
import org.witan.genesis.codec.Writer;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Purpose;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.crypto.Verifier;

/**
 * One signed operation. Immutable; the bytes and the id are computed once.
 *
 * <p>Wire v1: the fields of {@link Intent}, signature 64. The id hashes the fields without the
 * signature. Golden: {@code transaction-*.v1.hex}.
 */
public final class Transaction {
    /** Greatest size of an encoded transaction. */
    public static final int MAX_BYTES = 256 << 10;

    /** Least size of an encoded transaction, for checks before allocation. */
    public static final int MIN_BYTES = 1 + 32 + 2 + 4 + 8 + 8 + 3 + 64;

    /** See the type. */
    public static final Codec<Transaction> CODEC =
            new Codec<>(
                    (transaction, out) -> {
                        out.fixed(transaction.fields);
                        Signature.CODEC.write(transaction.signature, out);
                    },
                    Transaction::read);

    private final Intent intent;
    private final byte[] fields;
    private final Hash id;
    private final Signature signature;

    private Transaction(Intent intent, byte[] fields, Signature signature) {
        this.intent = intent;
        this.fields = fields;
        this.signature = signature;
        id = Digest.tagged("witan/txid").add(fields).done();
    }

    /** Signs what the sender wants. */
    public static Transaction sign(Intent intent, Signer signer) {
        byte[] fields = Intent.CODEC.encode(intent);
        return new Transaction(
                intent, fields, signer.sign(Purpose.TRANSACTION, signedContent(intent, fields)));
    }

    /** Whether the signature was made with {@code key}. */
    public boolean isSignedBy(PublicKey key, Verifier verifier) {
        return verifier.verify(key, Purpose.TRANSACTION, signedContent(intent, fields), signature);
    }

    /** What the sender wants. */
    public Intent intent() {
        return intent;
    }

    /** SHA-256 of the fields before the signature, behind its tag. */
    public Hash id() {
        return id;
    }

    /** The signature, not yet known to be valid. */
    public Signature signature() {
        return signature;
    }

    /** Size of the encoding. */
    public int sizeBytes() {
        return fields.length + Signature.SIZE_BYTES;
    }

    private static Transaction read(Reader in) {
        int start = in.at();
        Intent intent = Intent.CODEC.read(in);
        byte[] fields = in.slice(start, in.at());
        Signature signature = Signature.CODEC.read(in);
        if (fields.length + Signature.SIZE_BYTES > MAX_BYTES) {
            throw in.refuse("a transaction over the limit of " + MAX_BYTES + " bytes");
        }
        return new Transaction(intent, fields, signature);
    }

    private static byte[] signedContent(Intent intent, byte[] fields) {
        Writer out = new Writer();
        Hash.CODEC.write(intent.networkId().hash(), out);
        Hash.CODEC.write(Digest.plain().add(fields).done(), out);
        return out.toBytes();
    }

    /** Equal bytes. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Transaction transaction
                && Arrays.equals(fields, transaction.fields)
                && signature.equals(transaction.signature);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "transaction " + id.shortHex() + " of " + intent.sender();
    }
}
