package org.witan.chain.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.GovernanceOperation.Approve;
import org.witan.chain.block.GovernanceOperation.Attest;
import org.witan.chain.block.GovernanceOperation.Invite;
import org.witan.chain.block.GovernanceOperation.Permit;
import org.witan.chain.block.GovernanceOperation.Propose;
import org.witan.chain.block.GovernanceOperation.Redeem;
import org.witan.chain.block.GovernanceOperation.Report;
import org.witan.chain.block.GovernanceOperation.ReportEvidence;
import org.witan.chain.block.GovernanceOperation.Revoke;
import org.witan.chain.block.GovernanceOperation.RotateKey;
import org.witan.chain.block.GovernanceOperation.SetEndpoints;
import org.witan.chain.block.GovernanceOperation.Withdraw;
import org.witan.chain.block.Operation.Batch;
import org.witan.chain.block.Operation.Delete;
import org.witan.chain.block.Operation.Put;
import org.witan.chain.change.Change;
import org.witan.chain.change.UpgradePlan;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.codec.Writer;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;

/** The formats of blocks, votes and transactions, held still and treated badly. */
final class FormatsTest {
    private static final OptionalLong ANY = OptionalLong.empty();

    private final TestNetwork network = TestNetwork.of(4);
    private final TestChain chain = new TestChain(network);
    private final byte[] red = "red".getBytes(StandardCharsets.UTF_8);

    @Test
    void transactions() {
        check("transaction-put.v1", new Put("colour", red, ANY));
        check("transaction-put-if.v1", new Put("colour", red, OptionalLong.of(7)));
        check("transaction-delete.v1", new Delete("colour", OptionalLong.of(8)));
        check(
                "transaction-batch.v1",
                new Batch(List.of(new Put("größe", red, ANY), new Delete("a/b", ANY))));
        Intent asked =
                new Intent(
                        network.id(),
                        new Sender(true, new NodeId("acme")),
                        1,
                        Long.MAX_VALUE,
                        12,
                        new Put("k", new byte[0], ANY));
        Golden.check(
                FormatsTest.class,
                "transaction-organisation.v1",
                Transaction.CODEC,
                Transaction.sign(asked, network.governanceKey()));
    }

    @Test
    void governance() {
        Change change = new Change.RemoveMember(new NodeId("v4"));
        check("transaction-propose.v1", new Propose(change, "größer", true));
        check("transaction-approve.v1", new Approve(7, change.hash(), true));
        check("transaction-withdraw.v1", new Withdraw(8));
        Sender owner = Sender.member(new NodeId("v1"));
        check(
                "transaction-set-endpoints.v1",
                new SetEndpoints(List.of(new Endpoint("v1.example", 7400))));
        check("transaction-attest.v1", new Attest(17, Hash.NONE, 1, 2, "0.1.0"));
        check("transaction-permit.v1", new Permit(3, 500));
        check("transaction-report.v1", new Report(3, UpgradePlan.Result.BACK));
        check(
                "transaction-invite.v1",
                new Invite(network.governanceKey().publicKey(), Role.OBSERVER, 1_790_000_000_000L));
        check(
                "transaction-redeem.v1",
                Redeem.proving(
                        network.id(),
                        owner.id(),
                        network.governanceKey(),
                        network.validatorKey(2).publicKey()));
        check("transaction-revoke.v1", new Revoke(network.governanceKey().publicKey()));
        Evidence evidence =
                new Evidence(
                        chain.vote(VoteKind.NOTARIZE, 5, change.hash()),
                        chain.vote(VoteKind.NULLIFY, 5, Hash.NONE));
        check("transaction-report-evidence.v1", new ReportEvidence(evidence));
        check(
                "transaction-rotate-key.v1",
                RotateKey.proving(network.id(), owner, 1, network.validatorKey(2)));
    }

    private void check(String name, Operation operation) {
        Transaction transaction = network.sign(1, 3, 100, operation);
        Golden.check(FormatsTest.class, name, Transaction.CODEC, transaction);
        assertThat(transaction.sizeBytes()).isEqualTo(Transaction.CODEC.encode(transaction).length);
        assertThat(transaction.sizeBytes()).isGreaterThanOrEqualTo(Transaction.MIN_BYTES);
    }

    @Test
    void blocks() {
        Block block = chain.next(network.put(1, "a", "b"), network.put(2, "c", "d")).block();
        Golden.check(FormatsTest.class, "header.v1", BlockHeader.CODEC, block.header());
        Golden.check(FormatsTest.class, "body.v1", BlockBody.CODEC, block.body());
        Golden.check(FormatsTest.class, "block.v1", Block.CODEC, block);
        assertThat(block.bodyMatches()).isTrue();
        assertThat(block.body().sizeBytes()).isEqualTo(BlockBody.CODEC.encode(block.body()).length);
        assertThat(Block.CODEC.encode(block).length).isGreaterThanOrEqualTo(Block.MIN_BYTES);
    }

    @Test
    void votesAndCertificates() {
        Hash block = chain.last().hash();
        Vote vote = chain.vote(VoteKind.NOTARIZE, 5, block);
        Golden.check(FormatsTest.class, "vote.v1", Vote.CODEC, vote);
        Golden.check(
                FormatsTest.class,
                "vote-nullify.v1",
                Vote.CODEC,
                chain.vote(VoteKind.NULLIFY, 6, Hash.NONE));
        Golden.check(
                FormatsTest.class,
                "certificate.v1",
                Certificate.CODEC,
                chain.certificate(VoteKind.FINALIZE, 5, block));
        PublicKey first = network.validatorKey(1).publicKey();
        PublicKey second = network.validatorKey(2).publicKey();
        assertThat(vote.isSignedBy(first, network.id(), Ed25519.VERIFIER)).isTrue();
        assertThat(vote.isSignedBy(second, network.id(), Ed25519.VERIFIER)).isFalse();
    }

    @Test
    void receipts() {
        for (Receipt.Outcome outcome : Receipt.Outcome.values()) {
            Receipt receipt = new Receipt(outcome, 9);
            assertThat(Receipt.CODEC.decode(Receipt.CODEC.encode(receipt)).orThrow())
                    .isEqualTo(receipt);
        }
        assertBad(Receipt.CODEC, new Writer().u8(99).u63(0), "unknown outcome 99");
    }

    @Test
    void lengthBombsAreRefusedBeforeAnythingIsAllocated() {
        assertBad(
                BlockBody.CODEC,
                new Writer().u8(1).u16(0xffff).fixed(new byte[100]),
                "count 65535 cannot fit into 100 bytes");
        Writer put = new Writer().u8(1).text8("k").bool(false).u31(Integer.MAX_VALUE);
        assertBad(Operation.CODEC, put, "length 2147483647 over the limit of 196608");
        Writer absent = new Writer().u8(1).text8("k").bool(false).u31(196_608);
        assertBad(Operation.CODEC, absent, "length 196608 but 0 bytes left");
        assertBad(Operation.CODEC, new Writer().u8(3).u16(65), "count 65 over the limit of 64");
        assertBad(Operation.CODEC, new Writer().u8(3).u16(0), "a batch without writes");
    }

    @Test
    void aBatchHoldsNoBatch() {
        assertBad(
                Operation.CODEC,
                new Writer().u8(3).u16(1).u8(3).u16(1).u8(2).text8("k").bool(false),
                "unknown operation 3");
        assertBad(Operation.CODEC, new Writer().u8(28), "unknown operation 28");
        assertBad(Operation.CODEC, new Writer().u8(2).text8(""), "an entry's key is empty");
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        Writer overlong = new Writer().u8(2).bytes8(new byte[] {(byte) 0xc0, (byte) 0x80});
        assertBad(Operation.CODEC, overlong, "text that is not UTF-8");
        Writer surrogate =
                new Writer().u8(2).bytes8(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80});
        assertBad(Operation.CODEC, surrogate, "text that is not UTF-8");
    }

    @Test
    void aTransactionOverTheLimitIsRefused() {
        Put half = new Put("k", new byte[140_000], ANY);
        Transaction large = network.sign(1, 1, 9, new Batch(List.of(half, half)));
        assertBad(
                Transaction.CODEC,
                new Writer().fixed(Transaction.CODEC.encode(large)),
                "a transaction over the limit of 262144 bytes");
    }

    @Test
    void aBitmapHasOneForm() {
        Certificate good = chain.certificate(VoteKind.FINALIZE, 5, chain.last().hash());
        byte[] bytes = Certificate.CODEC.encode(good);
        int bitmap = 1 + 1 + 8 + 32 + 8 + 32;
        assertThat(bytes[bitmap]).isEqualTo((byte) 1);
        byte[] longer = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, longer, 0, bitmap + 2);
        longer[bitmap] = 2;
        System.arraycopy(bytes, bitmap + 2, longer, bitmap + 3, bytes.length - bitmap - 2);
        assertBad(
                Certificate.CODEC,
                new Writer().fixed(longer),
                "a bitmap that is empty or not minimal");
        bytes[bitmap + 1] = (byte) 0xff;
        assertBad(Certificate.CODEC, new Writer().fixed(bytes), "8 signatures cannot fit");
    }

    @Test
    void aCertificateNeedsExactlyTheQuorumOfItsEpoch() {
        Epoch epoch = network.founding().firstEpoch();
        Certificate good = chain.certificate(VoteKind.FINALIZE, 5, chain.last().hash());
        assertThat(good.problem(epoch, network.id(), Ed25519.VERIFIER)).isEmpty();
        Certificate few =
                new Certificate(good.ballot(), List.of(0, 1), good.signatures().subList(0, 2));
        assertThat(few.problem(epoch, network.id(), Ed25519.VERIFIER))
                .contains("2 signatures, needed are 3");
        Certificate foreign = new Certificate(good.ballot(), List.of(0, 1, 7), good.signatures());
        assertThat(foreign.problem(epoch, network.id(), Ed25519.VERIFIER))
                .contains("signer 7 is not in the set");
        Certificate swapped = new Certificate(good.ballot(), List.of(0, 1, 3), good.signatures());
        assertThat(swapped.problem(epoch, network.id(), Ed25519.VERIFIER))
                .contains("signature of v4 does not hold");
        assertThat(good.problem(epoch, TestNetwork.named("x", 4).id(), Ed25519.VERIFIER))
                .contains("signature of v1 does not hold");
    }

    @Test
    void theBodyRootCoversOrderAndSignatures() {
        Transaction a = network.put(1, "a", "1");
        Transaction b = network.put(2, "b", "2");
        Hash root = new BlockBody(List.of(a, b)).root();
        assertThat(new BlockBody(List.of(b, a)).root()).isNotEqualTo(root);
        byte[] other = Transaction.CODEC.encode(b);
        other[other.length - 1] ^= 1;
        Transaction resigned = Transaction.CODEC.decode(other).orThrow();
        assertThat(resigned.id()).isEqualTo(b.id());
        assertThat(new BlockBody(List.of(a, resigned)).root()).isNotEqualTo(root);
        assertThat(BlockBody.EMPTY.root()).isEqualTo(Hash.NONE);
    }

    @Test
    void theBodyRootCoversEachOfAnyNumber() {
        for (int count = 1; count <= 9; count++) {
            List<Transaction> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(network.put(i, "k", "v"));
            }
            Hash root = new BlockBody(all).root();
            assertThat(new BlockBody(all.subList(0, count - 1)).root()).isNotEqualTo(root);
            for (int i = 0; i < count; i++) {
                List<Transaction> changed = new ArrayList<>(all);
                changed.set(i, network.put(99, "k", "v"));
                assertThat(new BlockBody(changed).root())
                        .as("%d of %d", i, count)
                        .isNotEqualTo(root);
            }
        }
    }

    @Test
    void anOutcomeThatDoesNotExistIsRefused() {
        int outcomes = Receipt.Outcome.values().length;
        assertBad(Receipt.CODEC, new Writer().u8(outcomes).u63(0), "unknown outcome " + outcomes);
    }

    private static <T> void assertBad(Codec<T> codec, Writer bytes, String why) {
        assertThat(codec.decode(bytes.toBytes()))
                .isInstanceOfSatisfying(
                        Decoded.Bad.class, bad -> assertThat(bad.why()).isEqualTo(why));
    }

    @Test
    void randomBytesAreRefusedWithoutAnException() {
        java.util.Random random = new java.util.Random(1);
        List<Codec<?>> codecs =
                List.of(
                        Block.CODEC,
                        BlockHeader.CODEC,
                        BlockBody.CODEC,
                        Transaction.CODEC,
                        Vote.CODEC,
                        Certificate.CODEC,
                        Operation.CODEC);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            Arrays.fill(bytes, 0, Math.min(bytes.length, 1), (byte) 1);
            assertThat(codecs.get(i % codecs.size()).decode(bytes)).isNotNull();
        }
    }
}
