package org.witan.validator.e2e.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.genesis.cli.ceremony.Documents;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.e2e.Await;
import org.witan.validator.e2e.Network;
import org.witan.validator.link.guard.GuardedClient;
import org.witan.validator.link.guard.Wire;
import org.witan.validator.link.handshake.Claims;
import org.witan.validator.link.handshake.CloseCode;
import org.witan.validator.link.handshake.Initiator;
import org.witan.validator.link.handshake.Instance;
import org.witan.validator.link.handshake.Intent;
import org.witan.validator.link.handshake.Party;
import org.witan.validator.link.handshake.Position;
import org.witan.validator.link.keys.Suite;
import org.witan.validator.link.session.CryptoGate;
import org.witan.validator.link.session.Handshaker;
import org.witan.validator.link.session.Outcome;

/**
 * Who has no key of the network is refused: by a sentence in the log of the node that it came to,
 * and at next to no cost for that node.
 */
@Tag("e2e")
class StrangerE2eTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final NodeId V1 = new NodeId("v1");
    private static final int HANDSHAKES = 200;

    /** Of these, how many may find no answer within two seconds on a machine that is busy. */
    private static final int MOST_LATE = 2;

    /** A handshake that comes to its last message costs some 115 KiB of short-lived objects. */
    private static final long MOST_BYTES = 256 << 10;

    @TempDir private Path folder;

    @Test
    void aStrangerAndAnImpostorAreRefusedWithALoggedReasonAndCostNextToNothing() throws Exception {
        try (Network network = Network.up(folder.resolve("d"), 4)) {
            refusedAtAFifthKey(network);
            network.devnet("kill", 4).ok();
            refusedAtAnotherKey(network);
            requireCheap(network, "v5", CloseCode.NOT_A_MEMBER);
            int before = network.log(1).length();
            // Somebody who claims the very key that is in force gets as far as anybody can.
            requireCheap(network, "v4", CloseCode.FAILED);
            awaitRefusal(
                    network,
                    before,
                    "code=4400 detail=\"it claims to be v4, and its proof does not hold\"");
            network.devnet("start", 4).ok();
            Await.until("the true v4 links", SOON, () -> network.links(1).contains("v4 up"));
        }
    }

    private void refusedAtAFifthKey(Network network) throws Exception {
        Path stranger = folder.resolve("stranger");
        Homes.init(network, stranger, "v5", 5);
        Process fifth = Homes.start(network, stranger, "v5", network.linkPort(5), 0);
        try {
            awaitRefusal(network, 0, "code=4403 detail=\"v5 is not a member here\"");
            assertThat(network.links(1)).noneMatch(link -> link.startsWith("v5"));
        } finally {
            Homes.end(fifth);
        }
    }

    private void refusedAtAnotherKey(Network network) throws Exception {
        Path impostor = folder.resolve("impostor");
        Homes.init(network, impostor, "v4", 4);
        int before = network.log(1).length();
        Process fourth = Homes.start(network, impostor, "v4", network.linkPort(4), 0);
        try {
            // The program itself takes its key for one of a later epoch, which v1 has no proof of.
            awaitRefusal(
                    network, before, "code=4406 detail=\"v4 signs with key 1, in force is 0\"");
            assertThat(network.links(1)).contains("v2 up").doesNotContain("v4 up");
        } finally {
            Homes.end(fourth);
        }
    }

    private static void awaitRefusal(Network network, int from, String reason) {
        Await.until(
                "v1 logs a refusal with " + reason,
                SOON,
                () ->
                        network.log(1)
                                .substring(from)
                                .lines()
                                .filter(line -> line.contains(" link-stranger-refused "))
                                .anyMatch(line -> line.endsWith(reason)));
    }

    /** Bytes that v1 allocates for one refused handshake, besides what it does meanwhile anyway. */
    private static void requireCheap(Network network, String id, int code) throws Exception {
        refuse(network, id, code, 10);
        long before = Allocated.bytes(network.process(1));
        refuse(network, id, code, HANDSHAKES);
        long each = (Allocated.bytes(network.process(1)) - before) / HANDSHAKES;
        System.out.printf("stranger: a refused handshake as %s costs %d KiB%n", id, each >> 10);
        assertThat(each).as("bytes for one handshake as %s", id).isBetween(1L, MOST_BYTES);
    }

    private static void refuse(Network network, String id, int code, int times) throws Exception {
        Founding founding = Documents.genesis(network.genesis()).founding();
        PublicKey key =
                founding.members().stream()
                        .filter(member -> member.id().equals(V1))
                        .findFirst()
                        .orElseThrow()
                        .key();
        var target = new Initiator.Target(V1, new Party.Known(key, 0, false), Intent.LINK);
        Party self = party(founding, id);
        List<Outcome.Failed> late = new ArrayList<>();
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
                CryptoGate gate = new CryptoGate()) {
            for (int i = 0; i < times; i++) {
                Wire wire = connect(network, clock);
                Outcome outcome = new Handshaker(gate).initiate(self, target, wire);
                wire.cut();
                assertThat(outcome).isInstanceOf(Outcome.Failed.class);
                Outcome.Failed failed = (Outcome.Failed) outcome;
                if (failed.byPeer()) {
                    assertThat(failed.code()).as("%s", failed).isEqualTo(code);
                } else {
                    late.add(failed);
                }
            }
        }
        assertThat(late)
                .hasSizeLessThanOrEqualTo(MOST_LATE)
                .allMatch(failed -> failed.detail().equals("nothing came in time"));
    }

    private static Wire connect(Network network, ScheduledExecutorService clock)
            throws IOException, InterruptedException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        return GuardedClient.connect(
                "127.0.0.1", new InetSocketAddress(loopback, network.linkPort(1)), clock);
    }

    /** Somebody of this id with a key that nobody knows. */
    private static Party party(Founding founding, String id) {
        Claims claims =
                new Claims(
                        0,
                        Position.GENESIS,
                        new Instance(0, 0, 0),
                        "",
                        Optional.empty(),
                        new byte[0]);
        return new Party(
                founding.networkId(),
                new NodeId(id),
                SigningKey.generate(new SecureRandom()),
                (_, _, _, _) -> true,
                claims,
                List.of(),
                List.of(Suite.values()),
                Party.Versions.OF_THIS_BUILD,
                _ -> Optional.empty());
    }
}
