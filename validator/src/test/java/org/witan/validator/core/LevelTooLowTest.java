package org.witan.validator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.chain.rocks.RocksStore;
import org.witan.chain.rocks.StoreSettings;
import org.witan.chain.store.ChainOfEpochs;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.node.epoch.Levels;

/** A network goes on to protocol level 2, and a program that speaks level 1 follows it. */
class LevelTooLowTest {
    private final TestNetwork network = TestNetwork.of(4);
    private long boundary;
    private long last;

    @TempDir private Path folder;

    @BeforeEach
    void aLedgerThatWentOnToLevelTwo() {
        try (RocksStore store = open("whole")) {
            ChainOfEpochs chain = new ChainOfEpochs(network, store).grow(2, 3).reachLevel(2);
            boundary = store.tip().height();
            assertThat(store.state().configuration().protocolLevel()).isEqualTo(2);
            chain.put("a", "1");
            chain.put("b", "2");
            last = store.tip().height();
        }
    }

    private RocksStore open(String name) {
        StoreSettings settings = StoreSettings.in(folder.resolve(name));
        return RocksStore.open(settings.withCacheBytes(8 << 20), network.founding());
    }

    @Test
    void aProgramOfLevelOneStopsWhenItHasTheBoundary() {
        try (RocksStore whole = open("whole");
                RocksStore own = open("own")) {
            CatchingUp old = new CatchingUp(network, own, whole, 1);
            old.run(last);
            assertThat(old.outgrownBy()).hasValue(2);
            assertThat(own.tip().height()).isEqualTo(boundary);
            assertThat(own.epoch(own.tip().header().epoch() + 1)).isPresent();
            for (int i = 0; i < 50; i++) {
                assertThat(old.step()).as("it says and does no more").isEmpty();
            }
        }
    }

    @Test
    void itDoesNotStartAgainAndANewerOneGoesOnWithItsHome() {
        try (RocksStore whole = open("whole")) {
            try (RocksStore own = open("own")) {
                new CatchingUp(network, own, whole, 1).run(last);
            }
            try (RocksStore own = open("own")) {
                assertThatThrownBy(() -> Levels.require(own.state(), 1))
                        .isInstanceOfSatisfying(
                                OperatorError.class,
                                error -> {
                                    assertThat(error.code()).isEqualTo("LEVEL_TOO_LOW");
                                    assertThat(error.exitCode())
                                            .isEqualTo(ExitCode.REFUSED_FOR_SAFETY);
                                    assertThat(error.why())
                                            .isEqualTo(
                                                    "protocol level 2 is in force, and this"
                                                            + " program speaks up to 1");
                                });
                Levels.require(own.state(), 2);
                CatchingUp next = new CatchingUp(network, own, whole, 2);
                next.run(last);
                assertThat(next.outgrownBy()).isEmpty();
                assertThat(own.tip().hash()).isEqualTo(whole.tip().hash());
            }
        }
    }
}
