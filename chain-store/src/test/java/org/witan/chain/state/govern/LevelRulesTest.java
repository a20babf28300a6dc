package org.witan.chain.state.govern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.witan.chain.state.govern.TestCouncil.organisation;
import static org.witan.chain.state.govern.TestCouncil.validator;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.GovernanceOperation;
import org.witan.chain.block.GovernanceOperation.Attest;
import org.witan.chain.block.GovernanceOperation.Propose;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Operation.Batch;
import org.witan.chain.block.Operation.Delete;
import org.witan.chain.block.Operation.Put;
import org.witan.chain.block.Receipt.Outcome;
import org.witan.chain.block.Transaction;
import org.witan.chain.change.Change;
import org.witan.chain.change.Change.FinaliseUpgrade;
import org.witan.chain.change.Change.PlanUpgrade;
import org.witan.chain.state.Execution;
import org.witan.chain.state.Execution.Executed;
import org.witan.chain.state.Execution.Invalid;
import org.witan.chain.state.Refusal;
import org.witan.chain.state.SignatureCheck;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Rules;

/** Rule X9: what is valid changes with the level in force, at a boundary, and with nothing else. */
final class LevelRulesTest {
    private static final String FORGED = "colour\nv2/colour";

    private final TestCouncil council = new TestCouncil(1, 4, Rules.DEFAULT);
    private final Execution execution =
            new Execution(council.founding().networkId(), SignatureCheck.FINALIZED);

    @BeforeEach
    void everyMemberAttestsLevelTwo() {
        decide(new PlanUpgrade(2, "witan-0.2.0.tar.gz", Hash.NONE, 1000));
        for (int i = 1; i <= 4; i++) {
            long held = council.state().height();
            council.run(validator(i), new Attest(held, Hash.NONE, 1, 2, "0.2.0"));
        }
    }

    @Test
    void atLevelOneAKeyMayHoldAnything() {
        assertThat(council.run(validator(1), put(FORGED)).outcome()).isEqualTo(Outcome.DONE);
        assertThat(pool(put("\u001b[2J"))).isEmpty();
    }

    @Test
    void fromLevelTwoOnABlockWithAControlCharacterIsInvalid() {
        decide(new FinaliseUpgrade(1));
        Batch batch = new Batch(List.of(put("a"), put("b\u0085")));
        for (var refused : List.of(put(FORGED), put("\u001b[2J"), put("a\u007f"), batch)) {
            assertThat(pool(refused)).contains(Refusal.Code.KEY_NOT_PRINTABLE);
            Transaction transaction = council.sign(validator(1), refused);
            assertThat(execution.execute(council.state(), at(), List.of(transaction)))
                    .isInstanceOf(Invalid.class);
        }
        assertThat(pool(put("größe / 大小"))).isEmpty();
    }

    @Test
    void entriesFromBeforeCanBeDeleted() {
        council.run(validator(1), put(FORGED));
        decide(new FinaliseUpgrade(1));
        Delete delete = new Delete(FORGED, OptionalLong.empty());
        assertThat(council.run(validator(1), delete).outcome()).isEqualTo(Outcome.DONE);
    }

    /** The boundary block itself is of the level before. */
    @Test
    void theBlockThatFinalisesIsOfTheLevelBefore() {
        var finalise = council.sign(organisation(1), propose(new FinaliseUpgrade(1)));
        var later = council.sign(validator(1), put(FORGED));
        Executed boundary = council.block(finalise, later);
        assertThat(boundary.receipts().getLast().outcome()).isEqualTo(Outcome.DONE);
        assertThat(boundary.next().protocolLevel()).isEqualTo(2);
        assertThat(pool(put(FORGED))).contains(Refusal.Code.KEY_NOT_PRINTABLE);
    }

    private static GovernanceOperation propose(Change change) {
        return new Propose(change, "", false);
    }

    private void decide(Change change) {
        assertThat(council.propose(1, change).outcome()).isEqualTo(Outcome.DONE);
    }

    private Optional<Refusal.Code> pool(Operation operation) {
        Transaction transaction = council.sign(validator(1), operation);
        return execution.refusal(council.state(), transaction, at()).map(Refusal::code);
    }

    private Execution.At at() {
        return new Execution.At(next(), 0);
    }

    private long next() {
        return council.state().height() + 1;
    }

    private static Put put(String key) {
        return new Put(key, new byte[] {1}, OptionalLong.empty());
    }
}
