package org.witan.validator.node.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.witan.catchup.sync.CatchupProgress;

/** What the log says of a catch-up while it runs. */
class ProgressLogTest {
    private final List<String> lines = new ArrayList<>();
    private final ProgressLog log = new ProgressLog(lines::add);

    private static CatchupProgress at(long height, boolean running, OptionalLong etaMillis) {
        return new CatchupProgress(
                running, height, 5_000, 250, 64 << 10, List.of(), List.of(), etaMillis, "blocks");
    }

    @Test
    void aLongOneSaysEveryFiveSecondsHowItGoes() {
        for (long now = 0; now <= 12_000; now += 250) {
            log.look(now, at(now / 10, true, OptionalLong.of(15_001)));
        }
        assertThat(lines)
                .containsExactly(
                        "catching-up height=500 target=5000 blocks-per-second=250"
                                + " kib-per-second=64 eta=16s waiting-for=\"blocks\"",
                        "catching-up height=1000 target=5000 blocks-per-second=250"
                                + " kib-per-second=64 eta=16s waiting-for=\"blocks\"");
    }

    @Test
    void oneThatStandsStillSaysSoAndShortOnesSayNothing() {
        for (long now = 0; now < 60_000; now += 1_000) {
            log.look(now, at(1, now % 5_000 != 0, OptionalLong.empty()));
        }
        assertThat(lines).isEmpty();
        log.look(60_000, at(1, true, OptionalLong.empty()));
        log.look(65_000, at(1, true, OptionalLong.empty()));
        assertThat(lines).singleElement().asString().contains("eta=unknown");
    }
}
