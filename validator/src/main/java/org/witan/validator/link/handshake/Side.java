package org.witan.validator.link.handshake;

import static org.witan.validator.link.handshake.Step.Refused.failed;

import java.security.MessageDigest;
import java.util.Optional;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Purpose;
import org.witan.validator.link.keys.Bytes;
import org.witan.validator.link.keys.KeySchedule;
import org.witan.validator.link.keys.Suite;
import org.witan.validator.link.keys.TrafficKeys;

/**
 * What both sides of a handshake do alike: they wait for so long, seal a proof of their own and
 * open and check the other's.
 *
 * <p>Not for two threads at once. Source: rules H4 to H6.
 */
public abstract sealed class Side permits Initiator, Responder {
    private static final long STEP_MILLIS = 2_000;
    private static final long WHOLE_MILLIS = 5_000;

    final Party self;
    KeySchedule schedule;
    Suite suite = Suite.AES_256_GCM;
    int protocol;
    long features;

    private final long endMillis;
    private long deadlineMillis;
    private boolean over;

    /** Starts to wait now. */
    Side(Party self, KeySchedule schedule, long nowMillis) {
        this.self = self;
        this.schedule = schedule;
        endMillis = nowMillis + WHOLE_MILLIS;
        deadlineMillis = nowMillis + STEP_MILLIS;
    }

    /** Whose proof it is, which decides about its keys and its signature's purpose. */
    enum Prover {
        INITIATOR(Purpose.LINK_INITIATOR),
        RESPONDER(Purpose.LINK_RESPONDER);

        private final Purpose purpose;

        Prover(Purpose purpose) {
            this.purpose = purpose;
        }
    }

    /**
     * A proof that opened.
     *
     * @param transcript hash of all before it
     * @param plaintext what enters the transcript once the proof holds
     * @param proof signature and finish, not checked yet
     * @param fields what it says
     */
    record Opened<T>(byte[] transcript, byte[] plaintext, Proof proof, T fields) {}

    /** When this side gives up, in the caller's milliseconds. */
    public final long deadlineMillis() {
        return deadlineMillis;
    }

    /** Nothing came in time. */
    public final Step.Refused expired() {
        return refused(failed("nothing came in time"));
    }

    /** The next step after a message of the other side. */
    public final Step receive(long nowMillis, byte[] message) {
        if (nowMillis > deadlineMillis) {
            return expired();
        }
        awaitNext(nowMillis);
        Step step = over ? failed("a message that nobody waits for") : take(message);
        return step instanceof Step.Refused refused ? refused(refused) : step;
    }

    /** What a message does at this point of the handshake. */
    abstract Step take(byte[] message);

    /** The clock for the next message starts. */
    final void awaitNext(long nowMillis) {
        deadlineMillis = Math.min(nowMillis + STEP_MILLIS, endMillis);
    }

    /** After this every message is refused. */
    final void end() {
        over = true;
    }

    final boolean isOver() {
        return over;
    }

    /** Ends it and erases what is secret. */
    final Step.Refused refused(Step.Refused refused) {
        end();
        schedule.erase();
        return refused;
    }

    /**
     * This side's sealed proof; it enters the transcript.
     *
     * @param bound what is signed between the transcript and the fields
     */
    final byte[] prove(Prover prover, byte[] bound, byte[] fields) {
        byte[] before = schedule.transcript();
        byte[] signed = Bytes.join(before, bound, fields);
        byte[] signature = self.signer().sign(prover.purpose, signed).toBytes();
        byte[] finish = finish(prover, before, fields, signature);
        byte[] plaintext = Bytes.join(fields, signature, finish);
        byte[] sealed = suite.seal(keys(prover), before, plaintext);
        schedule.absorb(plaintext);
        return sealed;
    }

    /** Opens the other side's proof; empty if it is none. */
    final <T> Optional<Opened<T>> open(Prover prover, Codec<T> codec, byte[] message) {
        if (message.length > Proof.MAX_BYTES) {
            return Optional.empty();
        }
        byte[] before = schedule.transcript();
        return suite.open(keys(prover), before, message)
                .flatMap(plaintext ->
                        Proof.split(plaintext)
                                .flatMap(proof ->
                                        proof.decoded(codec)
                                                .map(fields ->
                                                        new Opened<>(
                                                                before, plaintext, proof,
                                                                fields))));
    }

    /** Whether signature and finish hold; if so the proof enters the transcript. */
    final boolean holds(Prover prover, PublicKey key, byte[] bound, Opened<?> opened) {
        Proof proof = opened.proof();
        byte[] signed = Bytes.join(opened.transcript(), bound, proof.fields());
        byte[] signature = proof.signature().toBytes();
        byte[] finish = finish(prover, opened.transcript(), proof.fields(), signature);
        boolean holds =
                self.verifier().verify(key, prover.purpose, signed, proof.signature())
                        && MessageDigest.isEqual(finish, proof.finish());
        if (holds) {
            schedule.absorb(opened.plaintext());
        }
        return holds;
    }

    private TrafficKeys keys(Prover prover) {
        return prover == Prover.INITIATOR
                ? schedule.initiatorProofKeys()
                : schedule.responderProofKeys();
    }

    private byte[] finish(Prover prover, byte[]... parts) {
        return prover == Prover.INITIATOR
                ? schedule.initiatorFinish(parts)
                : schedule.responderFinish(parts);
    }
}
