package org.witan.validator.link.handshake;

import static org.witan.validator.link.handshake.Step.Refused.failed;

import java.security.MessageDigest;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.link.keys.KeySchedule;
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
public final class Responder extends Side {
    private enum Stage {
        AWAITING_HELLO,
        AGREEING,
        AWAITING_PROOF,
        PROVEN
    }

    private Stage stage = Stage.AWAITING_HELLO;
    private @Nullable InitiatorHello hello;
    private Step.@Nullable Peer peer;

    /** A handshake with someone, from now on. */
    public Responder(Party self, long nowMillis) {
        super(self, new KeySchedule(Hash.NONE.toBytes()), nowMillis);
    }

    @Override
    Step take(byte[] message) {
        return switch (stage) {
            case AWAITING_HELLO -> hello(message);
            case AWAITING_PROOF -> proof(message);
            case AGREEING, PROVEN -> failed("a message that nobody waits for");
        };
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
        return choose(message, received);
    }

    private Step choose(byte[] message, InitiatorHello received) {
        OptionalInt common =
                self.versions().common(received.leastProtocol(), received.greatestProtocol());
        Optional<Suite> chosen =
                self.suites().stream()
                        .filter(ours -> offers(received.suites(), ours.code()))
                        .findFirst();
        Hellos.Extensions extensions = Hellos.check(received.extensions());
        if (common.isEmpty() || chosen.isEmpty() || extensions == Hellos.Extensions.CRITICAL) {
            return new Step.Refused(
                    CloseCode.NO_COMMON_VERSION,
                    self.versions().toString(),
                    "no common protocol, suite or extension");
        }
        if (extensions == Hellos.Extensions.BROKEN) {
            return failed("extensions that are none");
        }
        suite = chosen.get();
        protocol = common.getAsInt();
        features = received.features() & self.versions().features();
        schedule.absorb(message);
        hello = received;
        stage = Stage.AGREEING;
        return new Step.Agree();
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
        if (isOver() || stage != Stage.AGREEING || theirs == null) {
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
                                protocol,
                                suite.code(),
                                self.versions().features(),
                                secrets.nonce(),
                                secrets.share(),
                                kem.get().ciphertext(),
                                new byte[0]));
        schedule.absorb(answer);
        schedule.agreed(kem.get().secret(), shareSecret.get());
        hello = null;
        stage = Stage.AWAITING_PROOF;
        awaitNext(nowMillis);
        return new Step.Send(answer);
    }

    private Step proof(byte[] message) {
        var opened = open(Prover.INITIATOR, Proof.OfInitiator.CODEC, message);
        if (opened.isEmpty()) {
            return failed("not an initiator's proof");
        }
        Proof.OfInitiator claim = opened.get().fields();
        return switch (keyOf(claim)) {
            case Party.KeyChoice.None(var refusal) -> refusal;
            case Party.KeyChoice.Use use -> {
                if (!holds(Prover.INITIATOR, use.key(), new byte[0], opened.get())) {
                    yield failed(
                            "it claims to be " + claim.from() + ", and its proof does not hold");
                }
                stage = Stage.PROVEN;
                var proven =
                        new Step.Peer(
                                claim.from(),
                                claim.intent(),
                                claim.claims(),
                                use,
                                protocol,
                                features);
                peer = proven;
                yield new Step.Proven(proven);
            }
        };
    }

    /** The key for a claim's signature, or what speaks against the claim before it is checked. */
    private Party.KeyChoice keyOf(Proof.OfInitiator claim) {
        if (!claim.to().equals(self.id())) {
            return new Party.KeyChoice.None(failed("it means to reach " + claim.to()));
        }
        if (claim.from().equals(self.id())) {
            return new Party.KeyChoice.None(
                    new Step.Refused(
                            CloseCode.WRONG_DIRECTION, "", "it claims this node's own id", true));
        }
        Optional<Party.Known> known = self.book().find(claim.from());
        if (known.isEmpty()) {
            return self.book().newcomer(claim.from(), claim.claims().keyProof());
        }
        if (claim.intent() == Intent.LINK && !known.get().opens()) {
            return none(CloseCode.WRONG_DIRECTION, "this node opens to " + claim.from());
        }
        return self.keyOf(claim.from(), known.get(), claim.claims());
    }

    private static Party.KeyChoice none(int code, String detail) {
        return new Party.KeyChoice.None(new Step.Refused(code, "", detail));
    }

    /** After {@link Step.Proven}: this side's own proof, and the keys of the link. */
    public Step accept() {
        Step.Peer proven = peer;
        if (isOver() || stage != Stage.PROVEN || proven == null) {
            return refused(failed("nobody has proven anything"));
        }
        peer = null;
        byte[] fields =
                Proof.OfResponder.CODEC.encode(new Proof.OfResponder(self.id(), self.claims()));
        byte[] sealed = prove(Prover.RESPONDER, NodeId.CODEC.encode(proven.id()), fields);
        end();
        return new Step.Established(sealed, schedule.finished(suite, false), proven);
    }
}
