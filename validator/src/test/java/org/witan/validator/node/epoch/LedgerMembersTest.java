package org.witan.validator.node.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.witan.chain.change.Change;
import org.witan.chain.change.KeyProofs;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.validator.api.TestLedger;

/** Which of its keys a node takes its own for, by which others know it in a handshake. */
class LedgerMembersTest {
    private static final NodeId M1 = new NodeId("m1");

    private final TestLedger ledger = new TestLedger();

    private void add(int key) {
        var joining = new KeyProofs.Joining(M1, new NodeId("org1"), Role.OBSERVER);
        SigningKey own = TestLedger.key(key);
        ledger.decide(
                Change.AddMember.proving(
                        ledger.founding().networkId(), joining, false, List.of(), own));
    }

    private int number(int key) {
        return LedgerMembers.of(ledger.store())
                .numberOf(M1, TestLedger.key(key).publicKey(), ledger.store());
    }

    @Test
    void whoWasRemovedGoesOnCountingWhereItLeft() {
        assertThat(number(31)).as("nobody yet").isZero();
        add(31);
        assertThat(number(31)).isZero();
        assertThat(number(32)).as("a key that is not in force yet").isEqualTo(1);
        ledger.decide(new Change.RemoveMember(M1));
        assertThat(number(31)).isZero();
        assertThat(number(32)).as("to come back with").isEqualTo(1);
        add(32);
        assertThat(LedgerMembers.of(ledger.store()).find(M1).orElseThrow().keyNumber())
                .as("what the others know it by")
                .isEqualTo(number(32))
                .isEqualTo(1);
    }
}
