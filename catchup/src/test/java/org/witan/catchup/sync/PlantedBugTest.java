package org.witan.catchup.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.witan.catchup.fixture.FakeKeys;
import org.witan.catchup.fixture.HandMadeNetwork;
import org.witan.catchup.wire.Reply;
import org.witan.catchup.wire.Request;
import org.witan.chain.block.Block;
import org.witan.chain.block.Certificate;
import org.witan.genesis.membership.Epoch;

/** The simulation finds what it is there to find: each mistake planted here makes it fail. */
class PlantedBugTest {
    private static final HandMadeNetwork NETWORK = new HandMadeNetwork("a", 4).grow(600, 2);

    private static void run(Lie lie, Proofs judgement) {
        SyncWorld world =
                new SyncWorld(NETWORK, "v4", 7)
                        .judgingBy(judgement)
                        .member("v1", lie)
                        .member("v2", Lie.NONE)
                        .member("v3", Lie.NONE)
                        .start();
        world.bytesPerSecond = 1 << 18;
        assertThat(world.run(600_000)).as("ends").isTrue();
        assertThat(world.failures).as("failures").isEmpty();
        assertThat(world.ledger().tip().hash()).isEqualTo(NETWORK.ledger().tip().hash());
    }

    @Test
    void withoutAMistakeNothingIsFound() {
        run(Lie.OTHER_BODY, new Proofs(NETWORK.id(), FakeKeys.VERIFIER));
    }

    @Test
    void acceptingAHeightWithoutAHoldingCertificateIsFound() {
        class Trusting extends Proofs {
            Trusting() {
                super(NETWORK.id(), FakeKeys.VERIFIER);
            }

            @Override
            Optional<String> certificate(Certificate certificate, Epoch epoch) {
                return Optional.empty();
            }
        }
        assertThatThrownBy(() -> run(Lie.FEW_SIGNATURES, new Trusting()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("finalization of");
    }

    @Test
    void acceptingATipThatIsOnlySaidIsFound() {
        class Gullible extends Proofs {
            Gullible() {
                super(NETWORK.id(), FakeKeys.VERIFIER);
            }

            @Override
            Optional<String> tip(Reply.TipIs tip, EpochChain.Span span) {
                return Optional.empty();
            }
        }
        assertThatThrownBy(() -> run(Lie.RAISED_TIP, new Gullible()))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void skippingTheBodyCheckIsFound() {
        class Hasty extends Proofs {
            Hasty() {
                super(NETWORK.id(), FakeKeys.VERIFIER);
            }

            @Override
            Optional<String> bodies(List<Block> blocks) {
                return Optional.empty();
            }
        }
        assertThatThrownBy(() -> run(Lie.OTHER_BODY, new Hasty()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("block");
    }

    @Test
    void blamingAMemberForWhatIsRightIsFound() {
        class Unjust extends Proofs {
            Unjust() {
                super(NETWORK.id(), FakeKeys.VERIFIER);
            }

            @Override
            Optional<String> range(Request.GetRange asked, Reply.Range range, Epoch epoch) {
                return range.blocks().size() < asked.to() - asked.from() + 1
                        ? Optional.of("short")
                        : super.range(asked, range, epoch);
            }
        }
        assertThatThrownBy(() -> run(Lie.SHORT, new Unjust()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("is blamed");
    }
}
