package org.witan.chain.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Intent;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Organisation;
import org.witan.genesis.membership.Role;
import org.witan.genesis.membership.Rules;

/**
 * A network with keys that everybody can make: organisation {@code acme}, validators {@code v1} to
 * {@code vN}, all with the same rules.
 */
public final class TestNetwork {
    /** When all test networks were founded. */
    public static final long CREATED_MILLIS = 1_767_225_600_000L;

    private final List<SigningKey> keys;
    private final SigningKey governance;
    private final Founding founding;

    /**
     * A network that was founded elsewhere, with validators {@code v1} to {@code vN}.
     *
     * @param keys of the validators, in that order
     * @param governance key of the first organisation
     */
    public TestNetwork(Founding founding, List<SigningKey> keys, SigningKey governance) {
        this.founding = founding;
        this.keys = List.copyOf(keys);
        this.governance = governance;
    }

    private static TestNetwork make(String name, int validators) {
        List<SigningKey> keys =
                IntStream.rangeClosed(1, validators).mapToObj(i -> key("v" + i)).toList();
        SigningKey governance = key("governance");
        NodeId acme = new NodeId("acme");
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < validators; i++) {
            members.add(
                    new Member(
                            new NodeId("v" + (i + 1)),
                            acme,
                            Role.VALIDATOR,
                            Member.Status.ACTIVE,
                            0,
                            keys.get(i).publicKey(),
                            List.of(new Endpoint("127.0.0.1", 7400 + i))));
        }
        Founding founding =
                new Founding(
                        new NetworkId(
                                Digest.tagged("test")
                                        .add(name.getBytes(StandardCharsets.UTF_8))
                                        .done()),
                        name,
                        CREATED_MILLIS,
                        true,
                        1,
                        Rules.DEFAULT,
                        List.of(
                                new Organisation(
                                        acme,
                                        "Acme Ltd",
                                        0,
                                        governance.publicKey(),
                                        key("recovery").publicKey())),
                        List.copyOf(members));
        return new TestNetwork(founding, keys, governance);
    }

    /** A network of 1 to 9 validators. */
    public static TestNetwork of(int validators) {
        return make("test-" + validators, validators);
    }

    /** Another network with the same members. */
    public static TestNetwork named(String name, int validators) {
        return make(name, validators);
    }

    /** The same key for the same name. */
    public static SigningKey key(String name) {
        return SigningKey.ofSeed(
                Digest.tagged("test key")
                        .add(name.getBytes(StandardCharsets.UTF_8))
                        .done()
                        .toBytes());
    }

    /** What the network starts from. */
    public Founding founding() {
        return founding;
    }

    /** Its id. */
    public NetworkId id() {
        return founding.networkId();
    }

    /** Key of a validator, from 1. */
    public SigningKey validatorKey(int number) {
        return keys.get(number - 1);
    }

    /** The organisation's governance key. */
    public SigningKey governanceKey() {
        return governance;
    }

    /** Validator {@code v1} puts an entry. */
    public Transaction put(long nonce, String key, String value) {
        return put(1, nonce, key, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A validator puts an entry, valid until height 1000. */
    public Transaction put(int validator, long nonce, String key, byte[] value) {
        return sign(validator, nonce, 1000, new Operation.Put(key, value, OptionalLong.empty()));
    }

    /** A validator wants something. */
    public Transaction sign(int validator, long nonce, long validUntil, Operation operation) {
        Sender sender = Sender.member(new NodeId("v" + validator));
        return Transaction.sign(
                new Intent(id(), sender, 0, nonce, validUntil, operation), validatorKey(validator));
    }

    /** A certificate by the first q validators of an epoch, who are those of this network. */
    public Certificate certificate(VoteKind kind, Epoch epoch, long view, Hash block) {
        Ballot ballot = new Ballot(kind, epoch.number(), epoch.configHash(), view, block);
        List<Integer> signers = IntStream.range(0, epoch.quorum().size()).boxed().toList();
        List<Signature> signatures =
                signers.stream().map(i -> vote(ballot, i).signature()).toList();
        return new Certificate(ballot, signers, signatures);
    }

    /** The vote of a validator by its index, from 0. */
    public Vote vote(Ballot ballot, int index) {
        return Vote.cast(ballot, index, id(), keys.get(index));
    }
}
