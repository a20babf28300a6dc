package org.witan.validator.consensus.round;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Purpose;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.crypto.Verifier;

/**
 * Remembers the signatures that were found to hold, so that a certificate made of votes that were
 * verified already costs nothing (rule C14). Failures are not remembered.
 */
public final class VerifiedSignatures implements Verifier {
    private static final int MAX_REMEMBERED = 4096;

    private record Key(PublicKey key, Purpose purpose, ByteBuffer content, Signature signature) {
        /** The signature alone is as good as random. */
        @Override
        public int hashCode() {
            return signature.hashCode();
        }
    }

    private final Verifier verifier;
    private final Map<Key, Boolean> held =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Boolean> eldest) {
                    return size() > MAX_REMEMBERED;
                }
            };

    /** Asks {@code verifier} for what is not remembered. */
    public VerifiedSignatures(Verifier verifier) {
        this.verifier = verifier;
    }

    @Override
    public boolean verify(PublicKey key, Purpose purpose, byte[] content, Signature signature) {
        Key asked = new Key(key, purpose, ByteBuffer.wrap(content), signature);
        if (held.containsKey(asked)) {
            return true;
        }
        boolean holds = verifier.verify(key, purpose, content, signature);
        if (holds) {
            held.put(asked, true);
        }
        return holds;
    }
}
