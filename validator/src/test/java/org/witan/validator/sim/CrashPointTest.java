package org.witan.validator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.crypto.Digest;
import org.witan.validator.consensus.CheapKeys;
import org.witan.validator.consensus.message.Votes;
import org.witan.validator.core.Message;
import org.witan.validator.core.NodeEffect;
import org.witan.validator.sim.course.Closing;
import org.witan.validator.sim.course.SimCouncil;
import org.witan.validator.sim.plan.Fault;
import org.witan.validator.sim.plan.Settings;
import org.witan.validator.sim.world.Cluster;
import org.witan.validator.sim.world.CrashPoint;
import org.witan.validator.sim.world.CrashPoint.Moment;
import org.witan.validator.sim.world.CrashPoint.Role;
import org.witan.validator.sim.world.SimNode;

/**
 * One story, told again for each place at which a node makes something durable, each role it has
 * there and each moment at which the power can go. Nothing here is random but by name.
 */
@Tag("sim")
class CrashPointTest {
    private static final boolean ALL = Long.getLong("networks", 0) >= 1_000;

    /** With these seeds the stories come to all places; others are tried should they not. */
    private static final long[] SEEDS = {4, 6, 13, 5};

    /**
     * Places that there are not: who follows proposes nothing; a leader's vote for a block is its
     * proposal; and what a node fetches it commits while it is behind.
     */
    private static final Map<CrashPoint, Set<Role>> IMPOSSIBLE =
            Map.of(
                    CrashPoint.PROPOSAL, EnumSet.of(Role.FOLLOWER),
                    CrashPoint.NOTARIZE, EnumSet.of(Role.LEADER),
                    CrashPoint.FETCHED_COMMIT, EnumSet.of(Role.LEADER, Role.FOLLOWER));

    /** Where stories, told without a crash, come to each point in each role. */
    private static final Map<CrashPoint, Map<Role, Story.Title>> PLACES = places();

    private static Map<CrashPoint, Map<Role, Story.Title>> places() {
        Map<CrashPoint, Map<Role, Story.Title>> places = new EnumMap<>(CrashPoint.class);
        long[] seeds = LongStream.concat(LongStream.of(SEEDS), LongStream.range(20, 32)).toArray();
        for (int i = 0; i < seeds.length && !roles(places).equals(possible()); i++) {
            for (boolean epochs : new boolean[] {false, true}) {
                new Story(new Story.Title(epochs, seeds[i])).visit(places);
            }
        }
        return places;
    }

    private static Map<CrashPoint, Set<Role>> roles(
            Map<CrashPoint, Map<Role, Story.Title>> places) {
        Map<CrashPoint, Set<Role>> roles = new EnumMap<>(CrashPoint.class);
        places.forEach((point, titles) -> roles.put(point, EnumSet.copyOf(titles.keySet())));
        return roles;
    }

    private static Map<CrashPoint, Set<Role>> possible() {
        Map<CrashPoint, Set<Role>> possible = new EnumMap<>(CrashPoint.class);
        for (CrashPoint point : CrashPoint.values()) {
            Set<Role> roles = EnumSet.allOf(Role.class);
            roles.removeAll(IMPOSSIBLE.getOrDefault(point, Set.of()));
            possible.put(point, roles);
        }
        return possible;
    }

    /** A changed node could quietly come to fewer places, or to one that there should not be. */
    @Test
    void everyPointIsReachedInEveryRole() {
        assertThat(roles(PLACES)).isEqualTo(possible());
    }

    @ParameterizedTest
    @EnumSource(CrashPoint.class)
    void promisesHoldWhereverThePowerGoes(CrashPoint point) {
        PLACES.getOrDefault(point, Map.of())
                .forEach((role, title) -> {
                    for (Moment moment : Moment.values()) {
                        int turn = point.ordinal() * 3 + role.ordinal() + moment.ordinal();
                        if (ALL || turn % 8 == 0) {
                            Story story = new Story(title);
                            story.crashAt(point, role, moment);
                            assertThat(story.crashed).as("%s %s %s", point, role, moment).isTrue();
                        }
                    }
                });
    }

    /** P14, at events all over a network that commits blocks. */
    @Test
    void thePowerOfAllMayGoAtAnyInstant() {
        int step = ALL ? 8 : 64;
        for (int count = 0; count < 900; count += step) {
            Cluster cluster = new Cluster(Settings.calm(4), 5);
            cluster.nodes.forEach(cluster::start);
            cluster.run(1_100);
            cluster.clientsUntil(cluster.nowMillis() + 400);
            cluster.runEvents(count);
            cluster.nodes.forEach(cluster::kill);
            cluster.run(300);
            cluster.nodes.forEach(cluster::start);
            new Closing(cluster, new SplittableRandom(count)).check();
        }
    }

    /**
     * Four nodes; one is away and comes back, views are given up, blocks fetched. Then one lies, to
     * a leader, to the first one or to who is behind; or members get new keys, one meanwhile and
     * one when all are there.
     */
    private static final class Story {
        /** Messages are lost or overtaken, so that a block is final before its parent is. */
        private static final Settings LOSSY =
                Settings.calm(4)
                        .with(Fault.LOSS, 1)
                        .with(new Settings.Ways(12, 0, 1, 40, Settings.Carriage.VALUES));

        /** Which story, with which luck. */
        private record Title(boolean epochs, long seed) {}

        private final Title title;
        private final Cluster cluster;
        private final SimCouncil council;
        private boolean crashed;

        Story(Title title) {
            this.title = title;
            cluster = new Cluster(LOSSY, title.seed);
            council = new SimCouncil(cluster, new SplittableRandom(7));
        }

        /** Adds the places that this story is the first one to come to. */
        void visit(Map<CrashPoint, Map<Role, Title>> places) {
            cluster.crashing((node, effects) -> {
                for (CrashPoint point : points(node, effects)) {
                    places.computeIfAbsent(point, x -> new EnumMap<>(Role.class))
                            .putIfAbsent(role(node), title);
                }
                return Optional.empty();
            });
            tell();
        }

        void crashAt(CrashPoint point, Role role, Moment moment) {
            cluster.crashing((node, effects) -> {
                boolean here = points(node, effects).contains(point) && role(node) == role;
                if (crashed || !here) {
                    return Optional.empty();
                }
                crashed = true;
                return Optional.of(moment);
            });
            try {
                tell();
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError(
                        "%s %s %s %s".formatted(point, role, moment, title), broken);
            }
        }

        private Set<CrashPoint> points(SimNode node, List<NodeEffect> effects) {
            return CrashPoint.of(effects, leads(node));
        }

        private static boolean leads(SimNode node) {
            return node.core().view().standing().leader().equals(node.id);
        }

        private static Role role(SimNode node) {
            return node.core().view().behind()
                    ? Role.CATCHING_UP
                    : leads(node) ? Role.LEADER : Role.FOLLOWER;
        }

        private void tell() {
            cluster.nodes.forEach(cluster::start);
            cluster.run(1_100);
            write(1_000);
            SimNode away = cluster.nodes.get(3);
            cluster.kill(away);
            change(1);
            write(6_000);
            cluster.start(away);
            if (title.seed % 3 == 2) {
                lieToWhoIsBehind(away);
            }
            write(1_500);
            change(2);
            if (title.seed % 3 != 2) {
                lie(title.seed % 3 == 1 ? leader() : cluster.nodes.getFirst());
            }
            write(title.epochs ? 4_000 : 500);
            cluster.network().calm();
            new Closing(cluster, new SplittableRandom(9)).check();
        }

        /** Who leads by its own account; the first one if nobody does. */
        private SimNode leader() {
            return cluster.nodes.stream()
                    .filter(node -> node.isUp() && leads(node))
                    .findFirst()
                    .orElse(cluster.nodes.getFirst());
        }

        /** In the story of epochs a member gets a new key, and is started with it. */
        private void change(int member) {
            if (title.epochs) {
                council.plan(SimCouncil.Step.Kind.ROTATE, cluster.nodes.get(member));
                council.work(cluster.nowMillis() + 5_000);
            }
        }

        private void write(long millis) {
            for (long at = 0; at < millis; at += 50) {
                SimNode node = cluster.nodes.get((int) (at / 50 % 3));
                cluster.at(
                        at,
                        () -> {
                            if (node.isUp()) {
                                cluster.submit(node);
                            }
                        });
            }
            cluster.run(millis + 200);
        }

        /** Right after its start a node does not know yet that it is behind. */
        private void lieToWhoIsBehind(SimNode node) {
            for (int i = 0; i < 100 && node.isUp() && !node.core().view().behind(); i++) {
                cluster.run(5);
            }
            lie(node);
        }

        /** A member hears that another one's key signed two blocks of a view to come. */
        private void lie(SimNode witness) {
            if (title.epochs || !witness.isUp()) {
                return;
            }
            int liar = (cluster.nodes.indexOf(witness) + 3) % 4;
            var epoch = witness.core().view().epoch();
            long view = witness.core().view().standing().view() + 2;
            for (String block : List.of("one", "other")) {
                var ballot =
                        new Ballot(
                                VoteKind.NOTARIZE,
                                epoch.number(),
                                epoch.configHash(),
                                view,
                                Digest.tagged(block).done());
                Vote vote =
                        Vote.cast(
                                ballot,
                                liar,
                                cluster.founding().networkId(),
                                CheapKeys.signer("key " + liar));
                cluster.inject(
                        cluster.nodes.get(liar),
                        witness,
                        new Message.Consensus(new Votes(List.of(vote))));
            }
        }
    }
}
