package org.witan.validator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.chain.state.StatePath;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.consensus.CheapKeys;
import org.witan.validator.consensus.message.Votes;
import org.witan.validator.core.Message;
import org.witan.validator.sim.plan.Fault;
import org.witan.validator.sim.plan.Settings;
import org.witan.validator.sim.world.Cluster;
import org.witan.validator.sim.world.SimNode;

/** What f members can do to the pace of a network and to what is in its blocks, in figures. */
@Tag("sim")
class PaceTest {
    private static final int LOADED_MILLIS = 20_000;
    private static final int CLIENT_MILLIS = 4;
    private static final int SLOW_MILLIS = 250;

    /** A network between sites: 20 to 30 ms each way. */
    private static final Settings WIDE =
            Settings.calm(4).with(new Settings.Ways(0, 0, 20, 30, Settings.Carriage.VALUES));

    /** Final blocks of a network under load. */
    private static long blocks(Settings settings, Consumer<Cluster> trouble) {
        Cluster cluster = new Cluster(settings, 3);
        cluster.nodes.forEach(cluster::start);
        cluster.run(1_000);
        trouble.accept(cluster);
        long before = cluster.oracle.height();
        for (int at = 0; at < LOADED_MILLIS; at += CLIENT_MILLIS) {
            SimNode node = cluster.nodes.get(at / CLIENT_MILLIS % 3);
            cluster.at(at, () -> cluster.submit(node));
        }
        cluster.run(LOADED_MILLIS);
        return cluster.oracle.height() - before;
    }

    /**
     * A member that leads and agrees as it should, and gives up every view as soon as anybody is in
     * it, at four fifths of the pace at least.
     */
    @ParameterizedTest
    @ValueSource(ints = {4, 7})
    void whoComplainsForEverStopsNobody(int nodes) {
        Settings settings =
                Settings.calm(nodes)
                        .with(new Settings.Ways(0, 0, 20, 30, Settings.Carriage.VALUES));
        long base = blocks(settings, cluster -> {});
        long storm =
                blocks(
                        settings,
                        cluster -> {
                            for (int liar = nodes - (nodes - 1) / 3; liar < nodes; liar++) {
                                new Complainer(cluster, liar).speak();
                            }
                        });
        System.out.printf("pace: %d nodes, %d blocks, %d in a storm%n", nodes, base, storm);
        assertThat(base).isGreaterThan(50);
        assertThat(storm).isGreaterThanOrEqualTo(base * 4 / 5);
    }

    /** Says of each view that it gives it up, to everybody, once. */
    private record Complainer(Cluster cluster, int index, Set<String> said) {
        Complainer(Cluster cluster, int index) {
            this(cluster, index, new HashSet<>());
        }

        void speak() {
            SimNode liar = cluster.nodes.get(index);
            for (SimNode target : cluster.nodes) {
                long view = target.core().view().standing().view();
                if (target != liar && said.add(target.id + " " + view)) {
                    cluster.inject(liar, target, complaint(target, view));
                }
            }
            cluster.at(5, this::speak);
        }

        private Message complaint(SimNode target, long view) {
            var epoch = target.core().view().epoch();
            var ballot =
                    new Ballot(
                            VoteKind.NULLIFY, epoch.number(), epoch.configHash(), view, Hash.NONE);
            var key = CheapKeys.signer("key " + index);
            Vote vote = Vote.cast(ballot, index, cluster.founding().networkId(), key);
            return new Message.Consensus(new Votes(List.of(vote)));
        }
    }

    /** One of four is ten times as slow as the others: it costs time when it leads, only then. */
    @Test
    void aSlowMemberCostsItsOwnTurns() {
        long base = blocks(WIDE, cluster -> {});
        long slowed = blocks(WIDE, cluster -> cluster.network().lag(3, SLOW_MILLIS));
        System.out.printf("pace: %d blocks, %d with a slow leader%n", base, slowed);
        assertThat(slowed).isBetween(base * 2 / 5, base);
    }

    /**
     * f members never put a sender's transactions into a block: one of the next f + 3 has them. Two
     * may be under way before the leaders have heard of them, f leave them out, one has them.
     */
    @ParameterizedTest
    @ValueSource(ints = {4, 7})
    void whatSomeLeadersLeaveOutIsInTheBlocksOfOthers(int nodes) {
        int liars = (nodes - 1) / 3;
        Cluster cluster = new Cluster(Settings.calm(nodes), 3);
        NodeId victim = new NodeId("v1");
        cluster.censoring((node, transaction) ->
                cluster.index(node) < nodes - liars
                        || !transaction.intent().sender().equals(Sender.member(victim)));
        cluster.nodes.forEach(cluster::start);
        cluster.run(1_000);
        cluster.clientsUntil(cluster.nowMillis() + 30_000);
        SimNode writer = cluster.nodes.getFirst();
        long slowest = 0;
        for (int i = 0; i < 40; i++) {
            Transaction one = cluster.clients().put(writer, victim, "victim " + i);
            long before = cluster.oracle.height();
            cluster.submit(writer, one);
            for (int wait = 0; wait < 200 && writer.store.transaction(one.id()).isEmpty(); wait++) {
                cluster.run(5);
            }
            long height = writer.store.transaction(one.id()).orElseThrow().height();
            slowest = Math.max(slowest, height - before);
        }
        System.out.printf("pace: %d nodes, censored by %d: %d blocks%n", nodes, liars, slowest);
        assertThat(slowest).isLessThanOrEqualTo(liars + 3);
    }

    /** A mistake of the program that a transaction meets: it is in no block, and all go on. */
    @ParameterizedTest
    @ValueSource(strings = {"in checking", "in executing", "in executing, not by the first"})
    void aPoisonousTransactionStopsNobody(String met) {
        Cluster cluster = new Cluster(Settings.calm(4).with(Fault.READ_ERROR, 0), 3);
        NodeId sender = new NodeId("v2");
        StatePath cursed =
                met.equals("in checking")
                        ? StatePath.window(Sender.member(sender))
                        : StatePath.entry(sender, "poison");
        SimNode writer = cluster.nodes.getFirst();
        // One that does not meet the mistake puts it into blocks, and is voted down.
        cluster.nodes.stream()
                .filter(node -> node != writer || !met.endsWith("first"))
                .forEach(node -> node.curse(cursed));
        cluster.nodes.forEach(cluster::start);
        cluster.run(1_000);
        Transaction poison = cluster.clients().put(writer, sender, "poison");
        Transaction sound = cluster.clients().put(writer, new NodeId("v3"), "sound");
        cluster.submit(writer, poison);
        cluster.submit(writer, sound);
        cluster.run(5_000);
        for (SimNode node : cluster.nodes) {
            assertThat(node.isUp()).as(node.id + " " + node.halted()).isTrue();
            assertThat(node.store.transaction(sound.id())).isPresent();
            assertThat(node.store.transaction(poison.id())).isEmpty();
        }
        long before = cluster.oracle.height();
        cluster.submit(writer);
        cluster.run(2_000);
        assertThat(cluster.oracle.height()).isGreaterThan(before);
    }
}
