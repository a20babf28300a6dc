package org.witan.validator.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.witan.validator.cli.http.Answer;
import org.witan.validator.cli.http.Fields;

/** Whether the figures of the bench can be believed. */
class BenchTest {
    @Test
    void quantilesAreWithinOnePercentOfTheExactOnes() {
        SplittableRandom random = new SplittableRandom(7);
        LatencyHistogram histogram = new LatencyHistogram();
        long[] exact = new long[50_000];
        for (int i = 0; i < exact.length; i++) {
            exact[i] = (long) Math.exp(random.nextDouble() * Math.log(3_000_000_000.0));
            histogram.record(exact[i]);
        }
        Arrays.sort(exact);
        for (double share : new double[] {0.01, 0.25, 0.5, 0.9, 0.99, 0.999}) {
            double expected = exact[(int) Math.ceil(share * exact.length) - 1] / 1000.0;
            assertThat(histogram.quantileMillis(share))
                    .as("%s", share)
                    .isCloseTo(expected, within(expected * 0.01 + 0.001));
        }
        assertThat(histogram.maxMillis()).isEqualTo(exact[exact.length - 1] / 1000.0);
        assertThat(histogram.quantileMillis(1)).isEqualTo(histogram.maxMillis());
    }

    @Test
    void limitsOfTheHistogramAreExact() {
        LatencyHistogram histogram = new LatencyHistogram();
        assertThat(histogram.quantileMillis(0.5)).isZero();
        for (long micros : new long[] {0, 255, 256, 257, 511, 512, Long.MAX_VALUE, -5}) {
            histogram.record(micros);
        }
        assertThat(histogram.total()).isEqualTo(8);
        assertThat(histogram.maxMillis()).isEqualTo(3_600_000.0);
        assertThat(histogram.quantileMillis(0.25)).isZero();
        assertThat(histogram.quantileMillis(0.375)).isEqualTo(0.255);
    }

    @Test
    void histogramsAddUp() {
        LatencyHistogram one = new LatencyHistogram();
        LatencyHistogram two = new LatencyHistogram();
        one.record(1000);
        two.record(3000);
        two.record(5000);
        one.add(two);
        assertThat(one.total()).isEqualTo(3);
        assertThat(one.quantileMillis(0.5)).isCloseTo(3.0, within(0.03));
        assertThat(one.maxMillis()).isEqualTo(5.0);
    }

    @Test
    void withARateTimeCountsFromWhenAPutWasDue() {
        long past = System.nanoTime() - Duration.ofSeconds(1).toNanos();
        Schedule schedule = new Schedule(past, Duration.ofSeconds(2).toNanos(), 1000);
        assertThat(schedule.next()).isEqualTo(OptionalLong.of(past));
        // Nobody asked for a second, yet the next put is due 1 ms after the first.
        assertThat(schedule.next()).isEqualTo(OptionalLong.of(past + 1_000_000));
    }

    @Test
    void withARateExactlyThosePutsAreDealtThatAreDueInTime() {
        long past = System.nanoTime() - Duration.ofSeconds(60).toNanos();
        Schedule schedule = new Schedule(past, Duration.ofSeconds(1).toNanos(), 250);
        int dealt = 0;
        while (schedule.next().isPresent()) {
            dealt++;
        }
        assertThat(dealt).isEqualTo(250);
        assertThat(schedule.counts(System.nanoTime())).isTrue();
    }

    @Test
    void withoutARateTheTimeDecides() {
        Schedule ended = new Schedule(System.nanoTime() - 10, 5, 0);
        assertThat(ended.next()).isEmpty();
        assertThat(ended.counts(System.nanoTime())).isFalse();
        Schedule running = new Schedule(System.nanoTime(), Duration.ofMinutes(1).toNanos(), 0);
        assertThat(running.next()).isPresent();
    }

    @Test
    void noncesStayWithinTheWindowOfTheOldest() throws InterruptedException {
        NonceSource nonces = new NonceSource(41);
        assertThat(nonces.take()).isEqualTo(42);
        for (int i = 1; i < NonceSource.SPAN; i++) {
            nonces.settled(nonces.take());
        }
        CountDownLatch taken = new CountDownLatch(1);
        long[] got = new long[1];
        Thread.startVirtualThread(() -> {
            try {
                got[0] = nonces.take();
            } catch (InterruptedException ended) {
                got[0] = -1;
            }
            taken.countDown();
        });
        assertThat(taken.await(50, TimeUnit.MILLISECONDS)).isFalse();
        nonces.settled(42);
        assertThat(taken.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(got[0]).isEqualTo(42 + NonceSource.SPAN);
    }

    @Test
    void aWriteThatIsFinalAndFailedIsAnError() {
        String body = "{\"height\":7,\"status\":\"committed\",\"receipt\":{\"outcome\":\"%s\"}}";
        assertThat(BenchClient.failure(answer(200, body.formatted("done")))).isEmpty();
        assertThat(BenchClient.failure(answer(200, body.formatted("too-large"))))
                .contains("too-large");
        assertThat(BenchClient.failure(answer(200, "{\"height\":7}"))).contains("no receipt");
        assertThat(BenchClient.failure(answer(202, "{}"))).contains("not final in time");
        assertThat(BenchClient.failure(answer(429, "{\"code\":\"POOL_FULL\"}")))
                .contains("POOL_FULL");
    }

    @Test
    void aValueThatNoNodeTakesIsNotEvenTried() throws IOException {
        Fields network = Fields.parse(bytes("{\"rules\":{\"entryMaxBytes\":65536}}"));
        BenchCommand.requireFitting(65_536, network);
        assertThatThrownBy(() -> BenchCommand.requireFitting(65_537, network))
                .extracting("why")
                .asString()
                .contains("65537", "65536");
    }

    private static Answer answer(int status, String body) {
        return new Answer(status, bytes(body));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void keysHaveThirtyBytesAndDiffer() {
        BenchPlan plan = new BenchPlan(new Schedule(0, 0, 0), 200, -1);
        assertThat(plan.key(0, 0)).hasSize(30).isNotEqualTo(plan.key(1, 0));
        assertThat(plan.key(9999, 9_999_999_999L)).hasSize(30);
    }

    @Test
    void theResultHasTheFieldsThatScriptsRead() {
        LatencyHistogram latencies = new LatencyHistogram();
        latencies.record(2000);
        TreeMap<String, Long> errors = new TreeMap<>();
        errors.put("POOL_FULL", 3L);
        BenchResult result = new BenchResult(latencies, 2.0, errors);
        assertThat(result.json().toString())
                .isEqualTo(
                        "{committed=1, committedPerSecond=0.5, latencyMillis={p50=2.0, p90=2.0,"
                                + " p99=2.0, p999=2.0, max=2.0}, errors=3}");
        assertThat(result.lines()).hasSize(3);
    }
}
