package org.witan.validator.link.handshake;

import static org.witan.validator.link.handshake.Step.Refused.failed;

import java.util.Optional;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.link.keys.KeySchedule;
import org.witan.validator.link.keys.Secrets;
import org.witan.validator.link.keys.Suite;

/**
 * The side that opens: sends its hello, proves itself, then checks the responder's proof.
 *
 * <p>Call {@link #start}, then {@link #receive} for each message; after the deadline, or after any
 * message that does not fit, every answer is {@link Step.Refused}. Source: rules H2 to H6.
 */
public final class Initiator extends Side {
    private final Target target;
    private final Secrets secrets;
    private boolean proven;

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
        super(
                self,
                new KeySchedule(
                        self.psks().isEmpty()
                                ? Hash.NONE.toBytes()
                                : self.psks().getFirst().secret()),
                nowMillis);
        this.target = target;
        this.secrets = secrets;
    }

    /** The first message. */
    public Step.Send start() {
        byte[] hello = hello(self, secrets).encode(schedule::helloMac);
        schedule.absorb(hello);
        return new Step.Send(hello);
    }

    private static InitiatorHello hello(Party self, Secrets secrets) {
        byte[] suites = new byte[self.suites().size()];
        for (int i = 0; i < suites.length; i++) {
            suites[i] = (byte) self.suites().get(i).code();
        }
        return new InitiatorHello(
                self.versions().least(),
                self.versions().greatest(),
                suites,
                self.versions().features(),
                self.networkId(),
                self.psks().isEmpty() ? 0 : self.psks().getFirst().id(),
                secrets.nonce(),
                secrets.share(),
                secrets.encapsulationKey(),
                new byte[0],
                new byte[InitiatorHello.MAC_BYTES]);
    }

    @Override
    Step take(byte[] message) {
        return proven ? proof(message) : hello(message);
    }

    private Step hello(byte[] message) {
        if (message.length > Hellos.MAX_BYTES
                || !(ResponderHello.CODEC.decode(message)
                        instanceof Decoded.Ok<ResponderHello>(var hello))) {
            return failed("not a responder's hello");
        }
        Optional<Suite> chosen = Suite.ofCode(hello.suite()).filter(self.suites()::contains);
        Hellos.Extensions extensions = Hellos.check(hello.extensions());
        if (!self.versions().speaks(hello.protocol())
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
        protocol = hello.protocol();
        features = hello.features() & self.versions().features();
        schedule.absorb(message);
        schedule.agreed(kemSecret.get(), shareSecret.get());
        proven = true;
        var fields = new Proof.OfInitiator(self.id(), target.id(), target.intent(), self.claims());
        return new Step.Send(
                prove(Prover.INITIATOR, new byte[0], Proof.OfInitiator.CODEC.encode(fields)));
    }

    private Step proof(byte[] message) {
        var opened = open(Prover.RESPONDER, Proof.OfResponder.CODEC, message);
        if (opened.isEmpty()) {
            return failed("not a responder's proof");
        }
        Claims claims = opened.get().fields().claims();
        if (!opened.get().fields().from().equals(target.id())) {
            return failed("another node answered: " + opened.get().fields().from());
        }
        return switch (self.keyOf(target.id(), target.known(), claims)) {
            case Party.KeyChoice.None(var refusal) -> refusal;
            case Party.KeyChoice.Use use -> {
                byte[] own = NodeId.CODEC.encode(self.id());
                if (!holds(Prover.RESPONDER, use.key(), own, opened.get())) {
                    yield failed("the responder's proof does not hold");
                }
                end();
                yield new Step.Established(
                        new byte[0],
                        schedule.finished(suite, true),
                        new Step.Peer(
                                target.id(), target.intent(), claims, use, protocol, features));
            }
        };
    }
}
