package org.witan.validator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
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

    /** Of 39; a leader never fetches, nobody proposes for another, and so on. */
    private static final int LEAST_PLACES = 30;

    /** Where stories, told without a crash, come to each point in each role. */
    private static final Map<CrashPoint, Map<Role, Story.Title>> PLACES = places();

    private static Map<CrashPoint, Map<Role, Story.Title>> places() {
        Map<CrashPoint, Map<Role, Story.Title>> places = new EnumMap<>(CrashPoint.class);
        for (long seed = 3; seed < 20 && count(places) < LEAST_PLACES; seed++) {
            for (boolean epochs : new boolean[] {false, true}) {
                new Story(new Story.Title(epochs, seed)).visit(places);
            }
        }
        return places;
    }

    private static int count(Map<CrashPoint, Map<Role, Story.Title>> places) {
        return places.values().stream().mapToInt(Map::size).sum();
    }

    /** A changed node could quietly come to fewer places. */
    @Test
    void everyPointIsReachedInMostRoles() {
        assertThat(PLACES).containsOnlyKeys(CrashPoint.values());
        assertThat(count(PLACES)).isGreaterThanOrEqualTo(LEAST_PLACES);
        assertThat(PLACES.get(CrashPoint.EPOCH)).containsOnlyKeys(Role.values());
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
     * Four nodes; one is away and comes back, views are given up, blocks fetched. Then one lies; or
     * members get new keys, one meanwhile and one when all are there.
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
            write(1_500);
            change(2);
            lie();
            write(title.epochs ? 4_000 : 500);
            cluster.network().calm();
            new Closing(cluster, new SplittableRandom(9)).check();
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

        /** The fourth member's key signs two blocks of a view to come. */
        private void lie() {
            SimNode witness = cluster.nodes.getFirst();
            if (title.epochs || !witness.isUp()) {
                return;
            }
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
                                3,
                                cluster.founding().networkId(),
                                CheapKeys.signer("key 3"));
                cluster.inject(
                        cluster.nodes.get(3),
                        witness,
                        new Message.Consensus(new Votes(List.of(vote))));
            }
        }
    }
}
