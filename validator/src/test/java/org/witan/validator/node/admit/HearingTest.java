package org.witan.validator.node.admit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.validator.api.TestLedger;
import org.witan.validator.consensus.message.GetBlocks;
import org.witan.validator.consensus.message.Votes;
import org.witan.validator.pool.TransactionBatch;

/** What is read of whom: votes of validators only, and of an observer nothing of others. */
final class HearingTest {
    private final TestLedger ledger = new TestLedger();

    @ParameterizedTest
    @EnumSource(Role.class)
    void votesAreReadOfValidatorsOnly(Role role) {
        assertThat(Hearing.hears(role, new Votes(List.of()))).isEqualTo(role == Role.VALIDATOR);
        assertThat(Hearing.hears(role, new GetBlocks(List.of()))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void anObserverHandsInItsOwnOnly(Role role) {
        TransactionBatch ofV1 = new TransactionBatch(List.of(ledger.put("colour", "green")));
        assertThat(Hearing.hears(role, new NodeId("v1"), ofV1)).isTrue();
        assertThat(Hearing.hears(role, new NodeId("p1"), ofV1)).isEqualTo(role != Role.OBSERVER);
    }

    @Test
    void anEmptyBatchHarmsNobody() {
        TransactionBatch empty = new TransactionBatch(List.of());
        assertThat(Hearing.hears(Role.OBSERVER, new NodeId("p1"), empty)).isTrue();
    }
}
