package org.witan.validator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Transaction;
import org.witan.chain.rocks.RocksStore;
import org.witan.chain.rocks.StoreSettings;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
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
    private static final int BLOCKS = Integer.getInteger("blocks", 2_000);
    private static final int BLOCKS_OF_A_LINE = 500;
    private static final int KEYS = 5_000;

    private static final List<String> USUAL =
            List.of("-Duser.language=en", "-Duser.timezone=UTC", "-Dfile.encoding=UTF-8");

    private static final List<String> INTERPRETED =
            List.of(
                    "-Xint",
                    "-Dblocks=" + BLOCKS_OF_A_LINE,
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

    @TempDir private Path folder;

    @Test
    void oneChainOnEveryMachine() throws Exception {
        String usual = told(USUAL);
        assertThat(usual.lines()).hasSize(2 * SEEDS + BLOCKS / BLOCKS_OF_A_LINE);
        String interpreted = told(INTERPRETED);
        assertThat(interpreted.lines()).hasSize(2 * SEEDS + 1);
        assertThat(usual).startsWith(interpreted);
        // The reasons of refusals are part of a trace, with numbers in the digits of the language,
        // and Arabic has its own: there only the chains must be alike.
        assertThat(chains(told(COMPILED))).isEqualTo(chains(usual));
        assertThat(told(Stream.concat(COMPILED.stream(), USUAL.stream()).toList()))
                .as("the same compiler and collector, but the usual language")
                .isEqualTo(usual);
        System.out.printf(
                "fire: machines: %d seeds and %d blocks alike on three%n", 2 * SEEDS, BLOCKS);
    }

    /** Without the traces. */
    private static String chains(String told) {
        return told.replaceAll(", trace -?[0-9]+", "");
    }

    private String told(List<String> options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UnlockExperimentalVMOptions");
        command.add("-Dblocks=" + BLOCKS);
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(MachinesTest.class.getName());
        command.add(Files.createTempDirectory(folder, "store").toString());
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
        write(Path.of(arguments[0]));
    }

    /** Random writes, in a store on a disk. */
    private static void write(Path folder) {
        TestNetwork network = TestNetwork.of(4);
        TestChain chain = new TestChain(network);
        SplittableRandom random = new SplittableRandom(1);
        try (RocksStore store = RocksStore.open(StoreSettings.in(folder), network.founding())) {
            for (int height = 1; height <= BLOCKS; height++) {
                List<Transaction> transactions = new ArrayList<>();
                for (int sender = 1; sender <= 3; sender++) {
                    transactions.add(network.sign(sender, height, height, anything(random)));
                }
                store.apply(List.of(chain.next(transactions, true)), false);
                chain.committed(store);
                if (height % BLOCKS_OF_A_LINE == 0) {
                    say(
                            "block %d: %s, root %s%n",
                            height, chain.last().hash(), chain.state().root());
                }
            }
        }
    }

    private static Operation anything(SplittableRandom random) {
        return random.nextInt(4) == 0
                ? new Operation.Batch(List.of(one(random), one(random), one(random)))
                : one(random);
    }

    private static Operation.Write one(SplittableRandom random) {
        String key = "schlüssel/" + random.nextInt(KEYS);
        OptionalLong version =
                random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextInt(3));
        byte[] value = new byte[random.nextInt(300)];
        Arrays.fill(value, (byte) random.nextInt());
        return random.nextInt(3) == 0
                ? new Operation.Delete(key, version)
                : new Operation.Put(key, value, version);
    }

    private static void tell(long seed, Cluster cluster) {
        var tip = cluster.nodes.getFirst().store.tip();
        say(
                "seed %d: height %d, block %s, root %s, trace %s%n",
                seed, tip.height(), tip.hash(), tip.header().stateRoot(), cluster.trace().hash());
    }

    private static void say(String form, Object... values) {
        String told = String.format(Locale.ROOT, form, values);
        System.out.writeBytes(told.getBytes(StandardCharsets.US_ASCII));
    }
}
