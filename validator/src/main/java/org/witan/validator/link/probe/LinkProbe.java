package org.witan.validator.link.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.link.guard.Addresses;
import org.witan.validator.link.guard.GuardedClient;
import org.witan.validator.link.guard.Wire;
import org.witan.validator.link.handshake.Claims;
import org.witan.validator.link.handshake.CloseCode;
import org.witan.validator.link.handshake.Initiator;
import org.witan.validator.link.handshake.Instance;
import org.witan.validator.link.handshake.Intent;
import org.witan.validator.link.handshake.Party;
import org.witan.validator.link.handshake.Position;
import org.witan.validator.link.handshake.Psk;
import org.witan.validator.link.handshake.Step;
import org.witan.validator.link.keys.Suite;
import org.witan.validator.link.session.FreshSecrets;
import org.witan.validator.link.session.Unreachable;

/**
 * Asks whether a node of this network answers at an endpoint, with the first flight of a handshake
 * and nothing that tells who asks (W2). Needs no key; proves nothing about who answers.
 */
public final class LinkProbe {
    private static final NodeId NOBODY = new NodeId("probe");

    private LinkProbe() {}

    /** What an endpoint answered. */
    public sealed interface Answer {
        /**
         * A node of this network.
         *
         * @param millis from connecting to its hello
         */
        record Available(double millis) implements Answer {}

        /**
         * A node of another network.
         *
         * @param theirs the other network's id as it says, 64 hex digits
         */
        record OtherNetwork(String theirs) implements Answer {}

        /**
         * Nobody, or nobody that speaks this protocol.
         *
         * @param why a sentence
         */
        record Unavailable(String why) implements Answer {}
    }

    /** Asks once; blocks for at most some ten seconds. */
    public static Answer ask(Endpoint endpoint, NetworkId networkId, List<Psk> psks)
            throws InterruptedException {
        long start = System.nanoTime();
        ScheduledExecutorService clock =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("link-probe").factory());
        try (Addresses addresses = new Addresses()) {
            InetAddress address = addresses.resolve(endpoint.host()).getFirst();
            Wire wire =
                    GuardedClient.connect(
                            endpoint.host(),
                            new InetSocketAddress(address, endpoint.port()),
                            clock);
            try {
                return greet(wire, networkId, psks, start);
            } finally {
                wire.cut();
            }
        } catch (IOException unreachable) {
            return new Answer.Unavailable(Unreachable.sentence(unreachable));
        } finally {
            clock.shutdownNow();
        }
    }

    private static Answer greet(Wire wire, NetworkId networkId, List<Psk> psks, long start)
            throws InterruptedException {
        SecureRandom random = new SecureRandom();
        Party nobody = nobody(networkId, psks, random);
        Party.Known anyone = new Party.Known(nobody.signer().publicKey(), 0, false);
        Initiator side =
                new Initiator(
                        nobody,
                        new Initiator.Target(NOBODY, anyone, Intent.KNOCK),
                        new FreshSecrets(random),
                        now());
        wire.send(side.start().frame());
        byte[] answer = wire.take(Math.max(1, side.deadlineMillis() - now()));
        if (answer.length == 0) {
            Wire.End end = wire.end();
            return wire.isOver() && end.code() == CloseCode.WRONG_NETWORK
                    ? new Answer.OtherNetwork(end.reason())
                    : new Answer.Unavailable(
                            wire.isOver() ? "it closed with " + end.code() : "no answer in time");
        }
        return side.receive(now(), answer) instanceof Step.Send
                ? new Answer.Available((System.nanoTime() - start) / 1e6)
                : new Answer.Unavailable("it does not speak this protocol");
    }

    private static Party nobody(NetworkId networkId, List<Psk> psks, SecureRandom random) {
        Claims claims =
                new Claims(
                        0,
                        Position.GENESIS,
                        new Instance(0, 0, 0),
                        "",
                        Optional.empty(),
                        new byte[0]);
        return new Party(
                networkId,
                NOBODY,
                SigningKey.generate(random),
                (_, _, _, _) -> false,
                claims,
                psks,
                List.of(Suite.values()),
                Party.Versions.OF_THIS_BUILD,
                _ -> Optional.empty());
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
