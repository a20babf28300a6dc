package org.witan.validator.consensus.liars;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.witan.genesis.failure.InvariantBroken;
import org.witan.validator.consensus.sim.Flaws;

/**
 * Whatever two engines of one identity say to whom, under whatever leaders: honest members agree,
 * and when the network is whole again they go on.
 *
 * <p>{@code -Dtwins=20000} for more scenarios, {@code -Dtwin=4711} replays one.
 */
@Tag("sim")
class TwinsTest {
    private static final int PLANTED = 100;
    private static final long APART_MILLIS = 4_000;

    @Test
    void honestMembersAgreeAndGoOn() {
        Integer one = Integer.getInteger("twin");
        List<Twins> scenarios =
                one != null
                        ? List.of(new Twins(one))
                        : Twins.canonical(Integer.getInteger("twins", 300));
        List<String> failures =
                scenarios.parallelStream()
                        .flatMap(s -> failure(s, Flaws.NONE).stream())
                        .limit(10)
                        .toList();
        assertThat(failures).as("replay: -Dgroups=sim -Dtwin=NUMBER").isEmpty();
    }

    /** {@code -Dmany=300} in {@code .ci/run}, {@code -Dtwin=4711} replays one. */
    @Test
    void honestMembersOfSevenAndTenAgreeToo() {
        Integer one = Integer.getInteger("twin");
        List<ManyTwins> scenarios =
                one != null
                        ? List.of(new ManyTwins(one))
                        : ManyTwins.first(Integer.getInteger("many", 20));
        List<String> failures =
                scenarios.parallelStream()
                        .flatMap(s -> failure(s, Flaws.NONE).stream())
                        .limit(10)
                        .toList();
        assertThat(failures).as("replay: -Dgroups=sim -Dtwin=SEED").isEmpty();
    }

    /** A skipped proof of a gap is too rare among these; the four find it. */
    @Test
    void aQuorumLessOneIsFoundAmongMany() {
        assertThat(
                        ManyTwins.first(PLANTED).stream()
                                .anyMatch(s -> failure(s, Flaws.QUORUM_LESS_ONE).isPresent()))
                .isTrue();
    }

    /** The scenarios are worth their time if they find what breaks the rules. */
    @ParameterizedTest
    @EnumSource(names = {"FINALIZE_AFTER_NULLIFY", "NO_GAP_PROOF", "QUORUM_LESS_ONE"})
    void plantedBugsAreFound(Flaws flaw) {
        assertThat(Twins.canonical(PLANTED).stream().anyMatch(s -> failure(s, flaw).isPresent()))
                .isTrue();
    }

    private static Optional<String> failure(Twins scenario, Flaws flaw) {
        Assembly assembly = new Assembly(4, 1, 2).leaders(scenario::leader).flaw(flaw);
        return failure(assembly, scenario::connects, Twins.VIEWS, isCut(scenario.number()))
                .map(said -> scenario + said);
    }

    private static Optional<String> failure(ManyTwins scenario, Flaws flaw) {
        Assembly assembly =
                new Assembly(scenario.members(), scenario.twins(), 2)
                        .leaders(scenario::leader)
                        .flaw(flaw);
        return failure(assembly, scenario::connects, ManyTwins.VIEWS, isCut(scenario.seed()))
                .map(said -> scenario + said);
    }

    /** Which seats hear which. */
    private interface Ways {
        boolean connect(int one, int other, long view);
    }

    /** Whether the power goes when the network is whole again: in every second scenario. */
    private static boolean isCut(long number) {
        return Long.bitCount(number) % 2 == 1;
    }

    private static Optional<String> failure(
            Assembly assembly, Ways ways, int views, boolean isCut) {
        long whole = assembly.now() + APART_MILLIS;
        assembly.wire((from, to, message) ->
                assembly.now() >= whole || ways.connect(from.number(), to.number(), from.view())
                        ? Assembly.Wire.SOUND.millis(from, to, message)
                        : Assembly.Wire.LOST);
        assembly.asked().start().runBeyond(views, APART_MILLIS);
        if (isCut) {
            // All ask each other before they sign again.
            assembly.honest().forEach(seat -> seat.restart(1 + seat.number() * 7L));
        }
        long goal = assembly.oracle().agreedHeight() + 2;
        return reaches(assembly, goal)
                ? Optional.empty()
                : Optional.of("\n" + assembly.oracle().breaches() + assembly);
    }

    /** Whether nothing broke and all went on; what an engine takes for a bug counts as broken. */
    private static boolean reaches(Assembly assembly, long goal) {
        try {
            return assembly.reaches(goal, 20_000);
        } catch (InvariantBroken broken) {
            assembly.oracle().breach(broken.toString());
            return false;
        }
    }

    /** What makes the sampled scenarios worth their time: different ones, of every kind. */
    @Test
    void scenariosAreCanonicalAndOfEveryKind() {
        List<Twins> scenarios = Twins.canonical(5_000);
        assertThat(new TreeSet<>(scenarios.stream().map(Twins::number).toList())).hasSize(5_000);
        assertThat(scenarios).allMatch(Twins::isCanonical);
        for (long view = 1; view <= Twins.VIEWS; view++) {
            long at = view;
            assertThat(scenarios.stream().map(s -> s.leader(at)).distinct().count())
                    .as("leaders of view %d", view)
                    .isEqualTo(4);
            assertThat(scenarios).anyMatch(s -> !s.connects(0, 1, at) && s.leader(at) == 0);
        }
    }
}
