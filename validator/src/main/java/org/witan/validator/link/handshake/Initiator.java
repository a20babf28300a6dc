package org.witan.validator.link.handshake;

import static org.witan.validator.link.handshake.Step.Refused.failed;

import java.security.MessageDigest;
import java.util.Optional;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.Purpose;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.link.keys.Bytes;
import org.witan.validator.link.keys.KeySchedule;
import org.witan.validator.link.keys.LinkKeys;
import org.witan.validator.link.keys.Secrets;
import org.witan.validator.link.keys.Suite;

/**
 * The side that opens: sends its hello, proves itself, then checks the responder's proof.
 *
 * <p>Call {@link #start}, then {@link #receive} for each message; after the deadline, or after any
 * message that does not fit, every answer is {@link Step.Refused}. Source: rules H2 to H6.
 */
public final class Initiator {
    private enum Stage {
        NEW,
        AWAITING_HELLO,
        AWAITING_PROOF,
        OVER
    }

    private final Party self;
    private final Target target;
    private final Secrets secrets;
    private final Patience patience;
    private final KeySchedule schedule;
    private Stage stage = Stage.NEW;
    private Suite suite = Suite.AES_256_GCM;
    private long features;

    /**
     * Whom an initiator means to reach.
     *
     * @param id the node
     * @param known its key
     * @param intent why
     */
    public record Target(NodeId id, Party.Known known, Intent intent) {}

    /** A handshake with a known node, from now on. */
    public Initiator(Party self, Target target, Secrets secrets, long nowMillis) {
        this.self = self;
        this.target = target;
        this.secrets = secrets;
        patience = new Patience(nowMillis);
        schedule =
                new KeySchedule(
                        self.psks().isEmpty()
                                ? Hash.NONE.toBytes()
                                : self.psks().getFirst().secret());
    }

    /** The first message. */
    public Step.Send start() {
        stage = Stage.AWAITING_HELLO;
        byte[] hello = hello(self, secrets).encode(schedule::helloMac);
        schedule.absorb(hello);
        return new Step.Send(hello);
    }

    /** When this side gives up, in the caller's milliseconds. */
    public long deadlineMillis() {
        return patience.deadlineMillis();
    }

    /** Nothing came in time. */
    public Step.Refused expired() {
        return refused(failed("no answer in time"));
    }

    /** The next step after a message of the other side. */
    public Step receive(long nowMillis, byte[] message) {
        if (patience.over(nowMillis)) {
            return expired();
        }
        patience.next(nowMillis);
        Step step =
                switch (stage) {
                    case AWAITING_HELLO -> hello(message);
                    case AWAITING_PROOF -> proof(message);
                    case NEW, OVER -> failed("a message that nobody waits for");
                };
        return step instanceof Step.Refused refused ? refused(refused) : step;
    }

    private static InitiatorHello hello(Party self, Secrets secrets) {
        byte[] suites = new byte[self.suites().size()];
        for (int i = 0; i < suites.length; i++) {
            suites[i] = (byte) self.suites().get(i).code();
        }
        return new InitiatorHello(
                Hellos.PROTOCOL,
                Hellos.PROTOCOL,
                suites,
                Hellos.FEATURES,
                self.networkId(),
                self.psks().isEmpty() ? 0 : self.psks().getFirst().id(),
                secrets.nonce(),
                secrets.share(),
                secrets.encapsulationKey(),
                new byte[0],
                new byte[InitiatorHello.MAC_BYTES]);
    }

    private Step hello(byte[] message) {
        if (message.length > Hellos.MAX_BYTES
                || !(ResponderHello.CODEC.decode(message)
                        instanceof Decoded.Ok<ResponderHello>(var hello))) {
            return failed("not a responder's hello");
        }
        Optional<Suite> chosen = Suite.ofCode(hello.suite()).filter(self.suites()::contains);
        Hellos.Extensions extensions = Hellos.check(hello.extensions());
        if (hello.protocol() != Hellos.PROTOCOL
                || chosen.isEmpty()
                || extensions == Hellos.Extensions.CRITICAL) {
            return new Step.Refused(
                    CloseCode.NO_COMMON_VERSION, "", "the responder chose what was not offered");
        }
        Optional<byte[]> shareSecret = secrets.agree(hello.share());
        Optional<byte[]> kemSecret = secrets.decapsulate(hello.ciphertext());
        if (extensions == Hellos.Extensions.BROKEN
                || shareSecret.isEmpty()
                || kemSecret.isEmpty()) {
            return failed("a hello without usable keys");
        }
        suite = chosen.get();
        features = hello.features() & Hellos.FEATURES;
        schedule.absorb(message);
        schedule.agreed(kemSecret.get(), shareSecret.get());
        return new Step.Send(ownProof());
    }

    private byte[] ownProof() {
        byte[] h2 = schedule.transcript();
        byte[] fields =
                Proof.OfInitiator.CODEC.encode(
                        new Proof.OfInitiator(
                                self.id(), target.id(), target.intent(), self.claims()));
        var signature = self.signer().sign(Purpose.LINK_INITIATOR, Bytes.join(h2, fields));
        byte[] finish = schedule.initiatorFinish(h2, fields, signature.toBytes());
        byte[] plaintext = new Proof(fields, signature, finish).encode();
        byte[] sealed = suite.seal(schedule.initiatorProofKeys(), h2, plaintext);
        schedule.absorb(plaintext);
        stage = Stage.AWAITING_PROOF;
        return sealed;
    }

    private Step proof(byte[] message) {
        byte[] h3 = schedule.transcript();
        Optional<byte[]> plaintext =
                message.length > Proof.MAX_BYTES
                        ? Optional.empty()
                        : suite.open(schedule.responderProofKeys(), h3, message);
        Optional<Proof> proof = plaintext.flatMap(Proof::split);
        Optional<Proof.OfResponder> fields = proof.flatMap(p -> p.decoded(Proof.OfResponder.CODEC));
        if (plaintext.isEmpty() || proof.isEmpty() || fields.isEmpty()) {
            return failed("not a responder's proof");
        }
        Claims claims = fields.get().claims();
        if (!fields.get().from().equals(target.id())) {
            return failed("another node answered: " + fields.get().from());
        }
        if (claims.keyNumber() != target.known().keyNumber()) {
            return new Step.Refused(
                    CloseCode.KEY_NOT_VALID,
                    "",
                    "it signs with key "
                            + claims.keyNumber()
                            + ", known is "
                            + target.known().keyNumber());
        }
        if (!holds(proof.get(), h3)) {
            return failed("the responder's proof does not hold");
        }
        schedule.absorb(plaintext.get());
        stage = Stage.OVER;
        LinkKeys keys = schedule.finished(suite, true);
        return new Step.Established(
                new byte[0], keys, new Step.Peer(target.id(), target.intent(), claims, features));
    }

    private boolean holds(Proof proof, byte[] h3) {
        byte[] own = NodeId.CODEC.encode(self.id());
        byte[] signed = Bytes.join(h3, own, proof.fields());
        byte[] finish = schedule.responderFinish(h3, proof.fields(), proof.signature().toBytes());
        return self.verifier()
                        .verify(
                                target.known().key(),
                                Purpose.LINK_RESPONDER,
                                signed,
                                proof.signature())
                && MessageDigest.isEqual(finish, proof.finish());
    }

    private Step.Refused refused(Step.Refused refused) {
        stage = Stage.OVER;
        schedule.erase();
        return refused;
    }
}
