package org.witan.validator.link.keys;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.witan.genesis.crypto.Digest;

/**
 * The running transcript hash of a handshake and the secrets that hang on it.
 *
 * <p>Call the methods in the order of the handshake; both sides make the same calls. Source: rule
 * H4, where H0 to H4, E, HS and M are defined.
 */
public final class KeySchedule {
    private static final byte[] ZERO = new byte[32];
    private static final byte[] H0 =
            Digest.plain()
                    .add(("WLH/1 " + Suite.FAMILY).getBytes(StandardCharsets.US_ASCII))
                    .add(0)
                    .done()
                    .toBytes();

    private byte[] transcript = H0;
    private byte[] secret;
    private byte[] keyContext = H0;

    /** A schedule that starts from a pre-shared key, or from 32 zero bytes where there is none. */
    public KeySchedule(byte[] psk) {
        secret = Hkdf.extract(ZERO, psk);
    }

    /** The MAC at the end of the first hello: 32 bytes. */
    public byte[] helloMac(byte[] helloWithoutMac) {
        return Hkdf.hmac(Hkdf.expand(secret, "hello", H0, 32), helloWithoutMac);
    }

    /** Takes a whole message into the transcript: H1 to H4, one after the other. */
    public void absorb(byte[] message) {
        transcript = Digest.plain().add(transcript).add(message).done().toBytes();
    }

    /** The transcript hash so far, 32 bytes. */
    public byte[] transcript() {
        return transcript.clone();
    }

    /** After both hellos: mixes in the two shared secrets and erases them. */
    public void agreed(byte[] kemSecret, byte[] shareSecret) {
        byte[] both = Bytes.join(kemSecret, shareSecret);
        next(both);
        keyContext = transcript;
        Arrays.fill(both, (byte) 0);
        Arrays.fill(kemSecret, (byte) 0);
        Arrays.fill(shareSecret, (byte) 0);
    }

    /** Keys that the initiator's proof is sealed with. */
    public TrafficKeys initiatorProofKeys() {
        return keys("i", keyContext);
    }

    /** Keys that the responder's proof is sealed with. */
    public TrafficKeys responderProofKeys() {
        return keys("r", keyContext);
    }

    /** MAC under the initiator's finish key, which hangs on the transcript so far (H2). */
    public byte[] initiatorFinish(byte[]... parts) {
        return Hkdf.hmac(Hkdf.expand(secret, "i fin", transcript, 32), parts);
    }

    /** MAC under the responder's finish key, which hangs on the transcript so far (H3). */
    public byte[] responderFinish(byte[]... parts) {
        return Hkdf.hmac(Hkdf.expand(secret, "r fin", transcript, 32), parts);
    }

    /** After both proofs: the keys of the link as this side uses them. Erases the schedule. */
    public LinkKeys finished(Suite suite, boolean initiator) {
        next(ZERO);
        TrafficKeys mine = keys(initiator ? "i app" : "r app", transcript);
        TrafficKeys theirs = keys(initiator ? "r app" : "i app", transcript);
        byte[] exporter = Hkdf.expand(secret, "exp", transcript, 32);
        erase();
        return new LinkKeys(suite, mine, theirs, transcript(), Arrays.copyOf(exporter, 8));
    }

    /** Overwrites the secret. */
    public void erase() {
        Arrays.fill(secret, (byte) 0);
    }

    private void next(byte[] input) {
        byte[] salt = Hkdf.expand(secret, "derived", H0, 32);
        erase();
        secret = Hkdf.extract(salt, input);
    }

    private TrafficKeys keys(String label, byte[] context) {
        return new TrafficKeys(
                Hkdf.expand(secret, label + " key", context, TrafficKeys.KEY_BYTES),
                Hkdf.expand(secret, label + " iv", context, TrafficKeys.IV_BYTES));
    }
}
