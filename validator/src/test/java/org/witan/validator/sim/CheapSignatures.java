package org.witan.validator.sim;

import java.util.Arrays;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Purpose;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.crypto.Verifier;

/** Signatures that anybody could forge and that nobody in a simulation does: one hash each. */
final class CheapSignatures implements Verifier {
    static final CheapSignatures VERIFIER = new CheapSignatures();

    /** A signer whose key is named by a number. */
    static Signer signer(int number) {
        byte[] bytes = new byte[PublicKey.SIZE_BYTES];
        Arrays.fill(bytes, (byte) 7);
        bytes[0] = (byte) number;
        bytes[1] = (byte) (number >> 8);
        PublicKey key = PublicKey.of(bytes);
        return new Signer() {
            @Override
            public PublicKey publicKey() {
                return key;
            }

            @Override
            public Signature sign(Purpose purpose, byte[] content) {
                return signature(key, purpose, content);
            }
        };
    }

    @Override
    public boolean verify(PublicKey key, Purpose purpose, byte[] content, Signature signature) {
        return signature(key, purpose, content).equals(signature);
    }

    private static Signature signature(PublicKey key, Purpose purpose, byte[] content) {
        byte[] digest =
                Digest.plain().add(key.toBytes()).add(purpose.bind(content)).done().toBytes();
        byte[] twice = Arrays.copyOf(digest, Signature.SIZE_BYTES);
        System.arraycopy(digest, 0, twice, digest.length, digest.length);
        return Signature.of(twice);
    }
}
