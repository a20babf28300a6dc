package org.witan.validator.link;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.witan.genesis.crypto.Ed25519;
import org.witan.validator.link.guard.GuardedClient;
import org.witan.validator.link.guard.Wire;
import org.witan.validator.link.handshake.Claims;
import org.witan.validator.link.handshake.Initiator;
import org.witan.validator.link.handshake.Instance;
import org.witan.validator.link.handshake.Intent;
import org.witan.validator.link.handshake.Party;
import org.witan.validator.link.handshake.Position;
import org.witan.validator.link.keys.Suite;
import org.witan.validator.link.record.Opener;
import org.witan.validator.link.record.RecordType;
import org.witan.validator.link.record.Sealer;
import org.witan.validator.link.session.CryptoGate;
import org.witan.validator.link.session.FreshSecrets;
import org.witan.validator.link.session.Handshaker;
import org.witan.validator.link.session.Outcome;

/** A member with its true key that says, once linked, whatever it likes in records. */
final class Byzantine implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final CryptoGate gate = new CryptoGate();
    private final Wire wire;
    private final Sealer sealer;
    private final Opener opener;

    /** Proves that it is this member, to another one that runs. */
    Byzantine(Node as, Node to) throws Exception {
        wire =
                GuardedClient.connect(
                        "127.0.0.1", new InetSocketAddress("127.0.0.1", to.endpoint.port()), clock);
        Party.Known known = new Party.Known(to.key.publicKey(), 0, false);
        Outcome outcome =
                new Handshaker(gate)
                        .initiate(
                                party(as, known),
                                new Initiator.Target(to.id, known, Intent.LINK),
                                wire);
        if (!(outcome instanceof Outcome.Proven(var peer, var keys))) {
            throw new AssertionError("not let in: " + outcome);
        }
        sealer = new Sealer(keys, 0);
        opener = new Opener(keys);
    }

    private static Party party(Node as, Party.Known known) {
        Claims claims =
                new Claims(
                        0,
                        Position.GENESIS,
                        new Instance(RANDOM.nextLong(), 1, 0),
                        "byzantine",
                        Optional.empty(),
                        new byte[0]);
        return new Party(
                Node.NETWORK,
                as.id,
                as.key,
                Ed25519.VERIFIER,
                claims,
                List.of(),
                List.of(Suite.values()),
                Party.Versions.OF_THIS_BUILD,
                _ -> Optional.of(known));
    }

    /** The first message of this member's handshake with another. */
    static byte[] hello(Node as, Node to) {
        Party.Known known = new Party.Known(to.key.publicKey(), 0, false);
        return new Initiator(
                        party(as, known),
                        new Initiator.Target(to.id, known, Intent.LINK),
                        new FreshSecrets(RANDOM),
                        0)
                .start()
                .frame();
    }

    /** Sends one record; does nothing once the other side hung up. */
    void say(RecordType type, byte[] plaintext) {
        wire.send(sealer.seal(type, plaintext));
    }

    /** Announces a key update and goes on with the new key. */
    void update() {
        wire.send(sealer.update(0));
    }

    /** Reads until the other side ends the link: the code of its CLOSE, or of the socket's end. */
    int hearsEnd() throws InterruptedException {
        while (true) {
            byte[] frame = wire.take(10_000);
            if (frame.length == 0) {
                return wire.isOver() ? wire.end().code() : 0;
            }
            Optional<Opener.Opened> opened = opener.open(frame);
            if (opened.isPresent() && opened.get().type() == RecordType.CLOSE) {
                byte[] code = opened.get().plaintext();
                return (code[0] & 0xff) << 8 | code[1] & 0xff;
            }
        }
    }

    @Override
    public void close() {
        wire.cut();
        gate.close();
        clock.shutdownNow();
    }
}
