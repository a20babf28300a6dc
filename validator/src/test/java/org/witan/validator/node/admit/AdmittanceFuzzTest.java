package org.witan.validator.node.admit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.witan.chain.block.GovernanceOperation.Invite;
import org.witan.chain.block.GovernanceOperation.Redeem;
import org.witan.chain.block.Intent;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.fuzz.Allocation;
import org.witan.genesis.fuzz.FuzzTarget;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.validator.api.TestLedger;
import org.witan.validator.link.LinkIdentity;
import org.witan.validator.link.LinkIdentity.Newcomer;
import org.witan.validator.node.epoch.MemberWatch;
import org.witan.validator.node.verify.Precheck;

/**
 * What strangers show in a handshake in place of certificates (H11): the first byte of an input
 * says under which id, the others are what is shown.
 *
 * <p>Nobody is let in but by the bytes of a redemption that was signed with an open invitation's
 * secret: whoever fuzzes does not know one.
 */
final class AdmittanceFuzzTest extends FuzzTarget {
    private static final SigningKey SECRET = TestLedger.key(91);
    private static final SigningKey USED = TestLedger.key(92);
    private static final List<NodeId> IDS =
            List.of(new NodeId("p1"), new NodeId("v1"), new NodeId("guest"));

    private final TestLedger ledger = new TestLedger();
    private final byte[] good;
    private final Admittance admittance;

    AdmittanceFuzzTest() {
        long until = ledger.store().tip().header().timestampMillis() + 3_600_000;
        ledger.commit(
                ledger.sign(new Invite(SECRET.publicKey(), Role.OBSERVER, until)),
                ledger.sign(new Invite(USED.publicKey(), Role.OBSERVER, until)));
        ledger.commit(redemption(USED, IDS.get(2), 93));
        admittance = of(IDS.get(1), Optional.empty());
        good = shown(redemption(SECRET, IDS.getFirst(), 94));
    }

    private Admittance of(NodeId self, Optional<Transaction> redemption) {
        return new Admittance(
                self,
                LinkIdentity.KeyProofs.NONE,
                new MemberWatch(ledger.store()),
                redemption,
                new Precheck(ledger.store(), ledger.founding().networkId(), Ed25519.VERIFIER));
    }

    private Transaction redemption(SigningKey secret, NodeId id, int own) {
        SigningKey key = TestLedger.key(own);
        return sign(
                id,
                key,
                Redeem.proving(ledger.founding().networkId(), id, secret, key.publicKey()));
    }

    private Transaction sign(NodeId id, SigningKey key, Operation operation) {
        Intent intent =
                new Intent(
                        ledger.founding().networkId(),
                        Sender.member(id),
                        0,
                        1,
                        Long.MAX_VALUE,
                        operation);
        return Transaction.sign(intent, key);
    }

    /** What a node that is no member shows, if this redeems its invitation. */
    private byte[] shown(Transaction redemption) {
        NodeId nobody = new NodeId("nobody-yet");
        return of(nobody, Optional.of(redemption)).own();
    }

    @Override
    protected Map<String, byte[]> seeds() {
        Map<String, byte[]> seeds = new TreeMap<>();
        seeds.put("good", input(0, good));
        seeds.put("good-by-another", input(2, good));
        seeds.put("used", input(0, shown(redemption(USED, IDS.getFirst(), 95))));
        seeds.put("unknown", input(0, shown(redemption(TestLedger.key(96), IDS.getFirst(), 95))));
        seeds.put("taken-id", input(1, shown(redemption(SECRET, IDS.get(1), 95))));
        Transaction put = ledger.put("colour", "green");
        seeds.put("no-redemption", input(1, shown(put)));
        seeds.put("certificates", input(0, new byte[] {0, 1, 1}));
        return seeds;
    }

    private static byte[] input(int id, byte[] shown) {
        byte[] input = new byte[shown.length + 1];
        input[0] = (byte) id;
        System.arraycopy(shown, 0, input, 1, shown.length);
        return input;
    }

    @Override
    protected void take(byte[] input) throws Exception {
        NodeId id = IDS.get(input.length == 0 ? 0 : (input[0] & 0xff) % IDS.size());
        byte[] shown = input.length == 0 ? input : Arrays.copyOfRange(input, 1, input.length);
        Allocation.bounded(shown, () -> judge(id, shown));
    }

    private void judge(NodeId id, byte[] shown) {
        Optional<Transaction> read = Admittance.redemption(id, shown);
        read.ifPresent(redemption -> {
            assertThat(shown(redemption)).as("one encoding").isEqualTo(shown);
            assertThat(redemption.intent().sender()).isEqualTo(Sender.member(id));
        });
        Newcomer newcomer = admittance.newcomer(id, shown);
        if (newcomer.key().isPresent()) {
            assertThat(id).isEqualTo(IDS.getFirst());
            assertThat(shown).as("what nobody signed").isEqualTo(good);
            assertThat(newcomer.key()).contains(TestLedger.key(94).publicKey());
        } else if (read.isPresent()) {
            assertThat(newcomer.why()).as("a reason").isNotEmpty();
        } else {
            assertThat(newcomer.why()).as("nobody's business").isEmpty();
        }
    }
}
