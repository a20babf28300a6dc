package org.witan.validator.link.handshake;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.link.keys.Bytes;
import org.witan.validator.link.keys.Suite;
import org.witan.validator.link.session.FreshSecrets;

/** Two sides of a handshake in one network: beta opens to alpha. Fixed keys, fixed secrets. */
final class Sides {
    static final NodeId ALPHA = new NodeId("alpha");
    static final NodeId BETA = new NodeId("beta");
    static final NetworkId NETWORK = network("wlh1 vectors");

    private static final Map<NodeId, SigningKey> KEYS = new ConcurrentHashMap<>();

    private Sides() {}

    static NetworkId network(String name) {
        return new NetworkId(Digest.tagged(name).done());
    }

    static SigningKey key(NodeId id) {
        return KEYS.computeIfAbsent(id, known -> SigningKey.ofSeed(seed(known)));
    }

    static byte[] seed(NodeId id) {
        return Digest.tagged("seed of " + id).done().toBytes();
    }

    static Party party(NodeId id) {
        return new Party(
                NETWORK,
                id,
                key(id),
                Ed25519.VERIFIER,
                claims(id),
                List.of(),
                List.of(Suite.values()),
                Party.Versions.OF_THIS_BUILD,
                Sides::known);
    }

    static Claims claims(NodeId id) {
        byte[] name = id.value().repeat(4).substring(0, 16).getBytes(StandardCharsets.US_ASCII);
        return new Claims(
                0,
                new Position(1_000, 3),
                Instance.of(name, Bytes.longAt(name, 8), 7),
                "witan 0.1.0",
                Optional.of(new Endpoint(id + ".example", 7001)),
                new byte[0]);
    }

    /** Alpha and beta know each other; beta is the one that opens. */
    static Optional<Party.Known> known(NodeId id) {
        return id.equals(ALPHA) || id.equals(BETA)
                ? Optional.of(new Party.Known(key(id).publicKey(), 0, id.equals(BETA)))
                : Optional.empty();
    }

    static Party with(Party party, NetworkId network) {
        return new Party(
                network,
                party.id(),
                party.signer(),
                party.verifier(),
                party.claims(),
                party.psks(),
                party.suites(),
                party.versions(),
                party.book());
    }

    static Party with(Party party, List<Psk> psks) {
        return new Party(
                party.networkId(),
                party.id(),
                party.signer(),
                party.verifier(),
                party.claims(),
                psks,
                party.suites(),
                party.versions(),
                party.book());
    }

    static Party offering(Party party, Suite suite) {
        return new Party(
                party.networkId(),
                party.id(),
                party.signer(),
                party.verifier(),
                party.claims(),
                party.psks(),
                List.of(suite),
                party.versions(),
                party.book());
    }

    static Party with(Party party, SigningKey signer) {
        return new Party(
                party.networkId(),
                party.id(),
                signer,
                party.verifier(),
                party.claims(),
                party.psks(),
                party.suites(),
                party.versions(),
                party.book());
    }

    static Party claiming(Party party, Claims claims) {
        return new Party(
                party.networkId(),
                party.id(),
                party.signer(),
                party.verifier(),
                claims,
                party.psks(),
                party.suites(),
                party.versions(),
                party.book());
    }

    static Party speaking(Party party, Party.Versions versions) {
        return new Party(
                party.networkId(),
                party.id(),
                party.signer(),
                party.verifier(),
                party.claims(),
                party.psks(),
                party.suites(),
                versions,
                party.book());
    }

    static Party knowing(Party party, Party.Book book) {
        return new Party(
                party.networkId(),
                party.id(),
                party.signer(),
                party.verifier(),
                party.claims(),
                party.psks(),
                party.suites(),
                party.versions(),
                book);
    }

    static Initiator initiator(Party self) {
        return initiator(self, Intent.LINK);
    }

    static Initiator initiator(Party self, Intent intent) {
        return initiator(self, ALPHA, intent);
    }

    static Initiator initiator(Party self, NodeId target, Intent intent) {
        Party.Known known = known(target).orElseThrow();
        return new Initiator(
                self,
                new Initiator.Target(target, known, intent),
                new FreshSecrets(FixedRandom.named("initiator")),
                0);
    }

    static FreshSecrets responderSecrets() {
        return new FreshSecrets(FixedRandom.named("responder"));
    }

    /** What a responder makes of a message, with the key agreement done. */
    static Step take(Responder responder, byte[] message) {
        Step step = responder.receive(0, message);
        return step instanceof Step.Agree ? responder.agree(0, responderSecrets()) : step;
    }

    /** The frame of a step that must be one. */
    static byte[] sent(Step step) {
        if (step instanceof Step.Send(var frame)) {
            return frame;
        }
        throw new AssertionError("expected a message to send, got " + step);
    }
}
