package org.witan.validator.sim.course;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.witan.validator.sim.world.Cluster;

/** Runs seeds side by side, one thread for each core: runs share nothing. */
public final class Seeds {
    private final String test;
    private final LongFunction<Course> course;
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong virtualMillis = new AtomicLong();
    private final Map<String, Long> felt = new ConcurrentSkipListMap<>();
    private final List<String> broken = Collections.synchronizedList(new ArrayList<>());

    /** What happens for one seed. */
    public interface Course {
        /** The network, from its first moment on. */
        Cluster cluster();

        /** Lets all of it happen; throws what a promise says that does not hold. */
        void all();
    }

    /** Seeds of a course; {@code test} is the class that replays one. */
    public Seeds(String test, LongFunction<Course> course) {
        this.test = test;
        this.course = course;
    }

    /** All below what this property says, or else this many; only {@code -Dseed} if it is there. */
    public static LongStream range(String property, long usual) {
        return below(Long.getLong(property, usual));
    }

    /** All below this; only {@code -Dseed} if it is there. */
    public static LongStream below(long count) {
        Long one = Long.getLong("seed");
        return one != null ? LongStream.of(one) : LongStream.range(0, count);
    }

    /** Runs all of them and says what broke, with how to run it again. */
    public List<String> run(LongStream seeds) throws InterruptedException {
        long begin = System.nanoTime();
        List<Long> all = seeds.boxed().toList();
        int cores = Runtime.getRuntime().availableProcessors();
        try (ExecutorService workers = Executors.newFixedThreadPool(cores)) {
            List<Future<?>> ends = new ArrayList<>();
            all.forEach(seed -> ends.add(workers.submit(() -> one(seed))));
            for (Future<?> end : ends) {
                end.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                "%s: %d seeds, %.1f virtual hours, %d events, %.0f events/s, %.0f s%n",
                test,
                all.size(),
                virtualMillis.get() / 3_600_000.0,
                events.get(),
                events.get() / seconds,
                seconds);
        return List.copyOf(broken);
    }

    /** What made a difference in any of the runs, with how often. */
    public Map<String, Long> felt() {
        return felt;
    }

    private void one(long seed) {
        Course run = course.apply(seed);
        Cluster cluster = run.cluster();
        long begin = cluster.nowMillis();
        try {
            run.all();
        } catch (AssertionError | RuntimeException e) {
            broken.add(e + "; " + replay(seed, cluster));
        }
        cluster.felt().times().forEach((name, times) -> felt.merge(name, times, Long::sum));
        events.addAndGet(cluster.processed());
        virtualMillis.addAndGet(cluster.nowMillis() - begin);
    }

    private String replay(long seed, Cluster cluster) {
        return "replay: ./mvnw verify -Dgroups=sim -Dtest=%s -Dseed=%d; %s"
                .formatted(test, seed, cluster.settings());
    }
}
