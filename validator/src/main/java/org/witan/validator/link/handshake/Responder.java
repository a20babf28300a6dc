package org.witan.validator.link.handshake;

import static org.witan.validator.link.handshake.Step.Refused.failed;

import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
 * The side that is opened to: cheap checks first, and no signature before the other side proved
 * itself.
 *
 * <p>{@link #receive} takes each message; {@link #agree} does what costs time for strangers; {@link
 * #accept} ends it. After the deadline, or after any message that does not fit, every answer is
 * {@link Step.Refused}. Source: rules H2 to H6.
 */
public final class Responder {
    private enum Stage {
        AWAITING_HELLO,
        AGREEING,
        AWAITING_PROOF,
        PROVEN,
        OVER
    }

    private final Party self;
    private final Patience patience;
    private Stage stage = Stage.AWAITING_HELLO;
    private KeySchedule schedule = new KeySchedule(Hash.NONE.toBytes());
    private Suite suite = Suite.AES_256_GCM;
    private long features;
    private @Nullable InitiatorHello hello;
    private Step.@Nullable Peer peer;

    /** A handshake with someone, from now on. */
    public Responder(Party self, long nowMillis) {
        this.self = self;
        patience = new Patience(nowMillis);
    }

    /** When this side gives up, in the caller's milliseconds. */
    public long deadlineMillis() {
        return patience.deadlineMillis();
    }

    /** Nothing came in time. */
    public Step.Refused expired() {
        return refused(failed("nothing came in time"));
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
                    case AGREEING, PROVEN, OVER -> failed("a message that nobody waits for");
                };
        return step instanceof Step.Refused refused ? refused(refused) : step;
    }

    private Step hello(byte[] message) {
        if (message.length > Hellos.MAX_BYTES
                || !(InitiatorHello.CODEC.decode(message)
                        instanceof Decoded.Ok<InitiatorHello>(var received))) {
            return failed("not an initiator's hello");
        }
        Optional<byte[]> psk = self.pskNamed(received.pskId());
        if (psk.isEmpty()) {
            return failed("another pre-shared key, or none");
        }
        schedule = new KeySchedule(psk.get());
        byte[] mac = schedule.helloMac(InitiatorHello.beforeMac(message));
        if (!MessageDigest.isEqual(mac, received.mac())) {
            return failed("the hello's MAC does not hold");
        }
        if (!received.networkId().equals(self.networkId())) {
            return new Step.Refused(
                    CloseCode.WRONG_NETWORK,
                    self.networkId().toString(),
                    "it is of network " + received.networkId() + ", we of " + self.networkId());
        }
        Optional<Suite> chosen = choose(received);
        Hellos.Extensions extensions = Hellos.check(received.extensions());
        if (chosen.isEmpty() || extensions == Hellos.Extensions.CRITICAL) {
            return new Step.Refused(
                    CloseCode.NO_COMMON_VERSION,
                    "protocol " + Hellos.PROTOCOL,
                    "no common protocol, suite or extension");
        }
        if (extensions == Hellos.Extensions.BROKEN) {
            return failed("extensions that are none");
        }
        suite = chosen.get();
        features = received.features() & Hellos.FEATURES;
        schedule.absorb(message);
        hello = received;
        stage = Stage.AGREEING;
        return new Step.Agree();
    }

    private Optional<Suite> choose(InitiatorHello received) {
        boolean spoken =
                received.leastProtocol() <= Hellos.PROTOCOL
                        && received.greatestProtocol() >= Hellos.PROTOCOL;
        return self.suites().stream()
                .filter(ours -> spoken && offers(received.suites(), ours.code()))
                .findFirst();
    }

    private static boolean offers(byte[] suites, int code) {
        for (byte suite : suites) {
            if ((suite & 0xff) == code) {
                return true;
            }
        }
        return false;
    }

    /** After {@link Step.Agree}: the key agreement, some 0.3 ms of work. */
    public Step agree(long nowMillis, Secrets secrets) {
        InitiatorHello theirs = hello;
        if (stage != Stage.AGREEING || theirs == null) {
            return refused(failed("nothing to agree on"));
        }
        Optional<byte[]> shareSecret = secrets.agree(theirs.share());
        Optional<Secrets.Encapsulated> kem = secrets.encapsulate(theirs.encapsulationKey());
        if (shareSecret.isEmpty() || kem.isEmpty()) {
            return refused(failed("a hello without usable keys"));
        }
        byte[] answer =
                ResponderHello.CODEC.encode(
                        new ResponderHello(
                                Hellos.PROTOCOL,
                                suite.code(),
                                Hellos.FEATURES,
                                secrets.nonce(),
                                secrets.share(),
                                kem.get().ciphertext(),
                                new byte[0]));
        schedule.absorb(answer);
        schedule.agreed(kem.get().secret(), shareSecret.get());
        hello = null;
        stage = Stage.AWAITING_PROOF;
        patience.next(nowMillis);
        return new Step.Send(answer);
    }

    private Step proof(byte[] message) {
        byte[] h2 = schedule.transcript();
        Optional<byte[]> plaintext =
                message.length > Proof.MAX_BYTES
                        ? Optional.empty()
                        : suite.open(schedule.initiatorProofKeys(), h2, message);
        Optional<Proof> proof = plaintext.flatMap(Proof::split);
        Optional<Proof.OfInitiator> fields = proof.flatMap(p -> p.decoded(Proof.OfInitiator.CODEC));
        if (plaintext.isEmpty() || proof.isEmpty() || fields.isEmpty()) {
            return failed("not an initiator's proof");
        }
        Step.Refused objection = objection(fields.get());
        if (objection != null) {
            return objection;
        }
        Party.Known known = self.book().find(fields.get().from()).orElseThrow();
        if (!holds(proof.get(), known, h2)) {
            return failed("the initiator's proof does not hold");
        }
        schedule.absorb(plaintext.get());
        stage = Stage.PROVEN;
        var proven =
                new Step.Peer(
                        fields.get().from(),
                        fields.get().intent(),
                        fields.get().claims(),
                        features);
        peer = proven;
        return new Step.Proven(proven);
    }

    /** What speaks against a claim before its signature is worth checking; null if nothing. */
    private Step.@Nullable Refused objection(Proof.OfInitiator claim) {
        if (!claim.to().equals(self.id())) {
            return failed("it means to reach " + claim.to());
        }
        if (claim.from().equals(self.id())) {
            return new Step.Refused(CloseCode.WRONG_DIRECTION, "", "it claims this node's own id");
        }
        Optional<Party.Known> known = self.book().find(claim.from());
        if (known.isEmpty()) {
            return new Step.Refused(
                    CloseCode.NOT_A_MEMBER, "", claim.from() + " is not a member here");
        }
        if (claim.intent() == Intent.LINK && !known.get().opens()) {
            return new Step.Refused(
                    CloseCode.WRONG_DIRECTION, "", "this node opens to " + claim.from());
        }
        if (claim.claims().keyNumber() != known.get().keyNumber()) {
            return new Step.Refused(
                    CloseCode.KEY_NOT_VALID,
                    "",
                    claim.from()
                            + " signs with key "
                            + claim.claims().keyNumber()
                            + ", in force is "
                            + known.get().keyNumber());
        }
        return null;
    }

    private boolean holds(Proof proof, Party.Known known, byte[] h2) {
        byte[] signed = Bytes.join(h2, proof.fields());
        byte[] finish = schedule.initiatorFinish(h2, proof.fields(), proof.signature().toBytes());
        return self.verifier()
                        .verify(known.key(), Purpose.LINK_INITIATOR, signed, proof.signature())
                && MessageDigest.isEqual(finish, proof.finish());
    }

    /** After {@link Step.Proven}: this side's own proof, and the keys of the link. */
    public Step accept() {
        Step.Peer proven = peer;
        if (stage != Stage.PROVEN || proven == null) {
            return refused(failed("nobody has proven anything"));
        }
        byte[] h3 = schedule.transcript();
        byte[] fields =
                Proof.OfResponder.CODEC.encode(new Proof.OfResponder(self.id(), self.claims()));
        byte[] signed = Bytes.join(h3, NodeId.CODEC.encode(proven.id()), fields);
        var signature = self.signer().sign(Purpose.LINK_RESPONDER, signed);
        byte[] finish = schedule.responderFinish(h3, fields, signature.toBytes());
        byte[] plaintext = new Proof(fields, signature, finish).encode();
        byte[] sealed = suite.seal(schedule.responderProofKeys(), h3, plaintext);
        schedule.absorb(plaintext);
        stage = Stage.OVER;
        LinkKeys keys = schedule.finished(suite, false);
        return new Step.Established(sealed, keys, proven);
    }

    private Step.Refused refused(Step.Refused refused) {
        stage = Stage.OVER;
        schedule.erase();
        return refused;
    }
}
