package org.witan.validator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.witan.validator.sim.course.EpochRun;
import org.witan.validator.sim.course.Run;
import org.witan.validator.sim.plan.Bug;
import org.witan.validator.sim.world.Cluster;

/**
 * The same networks in processes that differ in all that must not count: compiler, collector, heap,
 * language, time zone, encoding. Each tells the last block and the root of its chains, and the hash
 * of all that happened on the way.
 */
@Tag("fire")
class MachinesTest {
    private static final int SEEDS = 2;

    private static final List<String> USUAL =
            List.of("-Duser.language=en", "-Duser.timezone=UTC", "-Dfile.encoding=UTF-8");

    private static final List<String> INTERPRETED =
            List.of(
                    "-Xint",
                    "-XX:+UseSerialGC",
                    "-Xmx256m",
                    "-Duser.language=tr",
                    "-Duser.country=TR",
                    "-Duser.timezone=Pacific/Kiritimati",
                    "-Dfile.encoding=UTF-16",
                    "-Djava.util.Arrays.useLegacyMergeSort=true");

    private static final List<String> COMPILED =
            List.of(
                    "-XX:-TieredCompilation",
                    "-XX:+UseParallelGC",
                    "-XX:hashCode=2",
                    "-XX:+UnlockExperimentalVMOptions",
                    "-Duser.language=ar",
                    "-Duser.country=EG",
                    "-Duser.timezone=Asia/Kathmandu",
                    "-Dfile.encoding=ISO-8859-1");

    @Test
    void oneChainOnEveryMachine() throws Exception {
        String usual = told(USUAL);
        assertThat(usual.lines().filter(line -> line.startsWith("seed "))).hasSize(2 * SEEDS);
        assertThat(told(INTERPRETED)).isEqualTo(usual);
        // The reasons of refusals are part of a trace, with numbers in the digits of the language,
        // and Arabic has its own: there only the chains must be alike.
        assertThat(chains(told(COMPILED))).isEqualTo(chains(usual));
        assertThat(told(Stream.concat(COMPILED.stream(), USUAL.stream()).toList()))
                .as("the same compiler and collector, but the usual language")
                .isEqualTo(usual);
        System.out.printf("fire: machines: %d seeds alike on three%n", 2 * SEEDS);
    }

    /** Without the traces. */
    private static String chains(String told) {
        return told.replaceAll(", trace -?[0-9]+", "");
    }

    private static String told(List<String> options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UnlockExperimentalVMOptions");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(MachinesTest.class.getName());
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        byte[] said = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).as("%s", command).isZero();
        return new String(said, StandardCharsets.US_ASCII);
    }

    /** The process that is run in several ways. */
    public static void main(String[] arguments) {
        for (long seed = 0; seed < SEEDS; seed++) {
            Run run = new Run(seed);
            run.all();
            tell(seed, run.cluster());
            EpochRun epochs = new EpochRun(seed, Bug.NONE);
            epochs.all();
            tell(seed, epochs.cluster());
        }
    }

    private static void tell(long seed, Cluster cluster) {
        var tip = cluster.nodes.getFirst().store.tip();
        String told =
                String.format(
                        Locale.ROOT,
                        "seed %d: height %d, block %s, root %s, trace %s%n",
                        seed,
                        tip.height(),
                        tip.hash(),
                        tip.header().stateRoot(),
                        cluster.trace().hash());
        System.out.writeBytes(told.getBytes(StandardCharsets.US_ASCII));
    }
}
