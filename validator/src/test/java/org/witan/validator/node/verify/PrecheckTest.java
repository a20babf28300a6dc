package org.witan.validator.node.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.Intent;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.chain.state.Refusal;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.api.TestLedger;

/** What is refused before it reaches the node loop, with the code that the node loop would give. */
class PrecheckTest {
    private static final SigningKey STRANGER = SigningKey.ofSeed(new byte[SigningKey.SEED_BYTES]);

    private final TestLedger ledger = new TestLedger();
    private final Precheck precheck =
            new Precheck(ledger.store(), ledger.founding().networkId(), Ed25519.VERIFIER);

    private Refusal.Code forged(String sender, int keyNumber) {
        Intent intent =
                new Intent(
                        ledger.founding().networkId(),
                        Sender.member(new NodeId(sender)),
                        keyNumber,
                        0,
                        500,
                        new Operation.Put("colour", new byte[1], OptionalLong.empty()));
        return precheck.refusal(Transaction.sign(intent, STRANGER)).orElseThrow().code();
    }

    @Test
    void aForgedSignatureEndsHereAndASoundOneDoesNot() {
        assertThat(forged("v1", 0)).isEqualTo(Refusal.Code.BAD_SIGNATURE);
        assertThat(precheck.refusal(ledger.put("colour", "green"))).isEmpty();
    }

    @Test
    void anotherReasonIsNamedBeforeTheSignature() {
        assertThat(forged("v1", 1)).isEqualTo(Refusal.Code.WRONG_KEY_NUMBER);
        assertThat(forged("nobody", 0)).isEqualTo(Refusal.Code.UNKNOWN_SENDER);
    }
}
