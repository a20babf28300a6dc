package org.witan.chain.state.govern;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.witan.chain.block.GovernanceOperation;
import org.witan.chain.block.GovernanceOperation.Approve;
import org.witan.chain.block.GovernanceOperation.Propose;
import org.witan.chain.block.GovernanceOperation.RotateKey;
import org.witan.chain.block.Intent;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Receipt;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.chain.change.Change;
import org.witan.chain.change.Change.AddMember;
import org.witan.chain.change.Council;
import org.witan.chain.change.KeyProofs;
import org.witan.chain.change.Proposal;
import org.witan.chain.state.Execution;
import org.witan.chain.state.Execution.Executed;
import org.witan.chain.state.GenesisState;
import org.witan.chain.state.Refusal;
import org.witan.chain.state.SignatureCheck;
import org.witan.chain.state.StatePath;
import org.witan.chain.state.StateReader;
import org.witan.chain.store.MemoryState;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Organisation;
import org.witan.genesis.membership.Role;
import org.witan.genesis.membership.Rules;

/**
 * A network of organisations {@code o1} to {@code oK} and validators {@code v1} to {@code vN},
 * dealt to them in turn, whose blocks are executed and not agreed on. Knows all keys.
 */
public final class TestCouncil {
    private final Founding founding;
    private final Execution execution;
    private final Map<Sender, SigningKey> keys = new TreeMap<>();
    private final Map<Sender, Integer> numbers = new TreeMap<>();
    private final MemoryState states = new MemoryState();
    private StateReader state;
    private UnaryOperator<StateReader> view = UnaryOperator.identity();
    private long nonce;
    private long millis = TestNetwork.CREATED_MILLIS;

    /** A network with these rules. */
    public TestCouncil(int organisations, int validators, Rules rules) {
        List<Organisation> seats = new ArrayList<>();
        for (int i = 1; i <= organisations; i++) {
            Sender sender = organisation(i);
            var key = know(sender, "governance of " + sender, 0).publicKey();
            seats.add(new Organisation(sender.id(), "Organisation " + i, 0, key, key));
        }
        List<Member> members = new ArrayList<>();
        for (int i = 1; i <= validators; i++) {
            Sender sender = validator(i);
            members.add(
                    new Member(
                            sender.id(),
                            seats.get((i - 1) % organisations).id(),
                            Role.VALIDATOR,
                            Member.Status.ACTIVE,
                            0,
                            know(sender, sender.toString(), 0).publicKey(),
                            List.of(new Endpoint("127.0.0.1", 7400 + i))));
        }
        NetworkId id = new NetworkId(Digest.tagged("council").add(new byte[validators]).done());
        founding =
                new Founding(
                        id, "council", TestNetwork.CREATED_MILLIS, true, 1, rules, seats, members);
        execution = new Execution(id, SignatureCheck.by(Ed25519.VERIFIER));
        states.add(GenesisState.of(founding));
        state = states.at(0).orElseThrow();
    }

    /** The organisation of this number, from 1. */
    public static Sender organisation(int number) {
        return new Sender(true, new NodeId("o" + number));
    }

    /** The member of this number, from 1. */
    public static Sender validator(int number) {
        return Sender.member(new NodeId("v" + number));
    }

    /** What the network starts from. */
    public Founding founding() {
        return founding;
    }

    /** The key that a sender signs with from now on. */
    SigningKey know(Sender sender, String name, int number) {
        SigningKey key = TestNetwork.key(name);
        keys.put(sender, key);
        numbers.put(sender, number);
        return key;
    }

    int keyNumber(Sender sender) {
        return numbers.getOrDefault(sender, 0);
    }

    /** A transaction for the next block, with a nonce of its own. */
    public Transaction sign(Sender sender, Operation operation) {
        return sign(sender, operation, state.height() + 10);
    }

    Transaction sign(Sender sender, Operation operation, long validUntil) {
        Intent intent =
                new Intent(
                        founding.networkId(),
                        sender,
                        keyNumber(sender),
                        ++nonce,
                        validUntil,
                        operation);
        return Transaction.sign(intent, Objects.requireNonNull(keys.get(sender)));
    }

    /** A transaction of somebody whose first key this is. */
    Transaction signAs(SigningKey key, Sender sender, Operation operation) {
        Intent intent =
                new Intent(
                        founding.networkId(), sender, 0, ++nonce, state.height() + 10, operation);
        return Transaction.sign(intent, key);
    }

    /** Lets execution see states otherwise than they are: a mistake that a test plants. */
    void seeing(UnaryOperator<StateReader> view) {
        this.view = view;
    }

    /** Executes the next block. */
    public Executed block(Transaction... transactions) {
        long height = state.height() + 1;
        millis++;
        Execution.Result result = execution.execute(view.apply(state), at(), List.of(transactions));
        if (!(result instanceof Executed executed)) {
            throw new IllegalArgumentException(result.toString());
        }
        states.add(executed.after());
        state = states.at(height).orElseThrow();
        return executed;
    }

    /** Why a transaction may not stand in the next block. */
    Optional<Refusal> refusal(Transaction transaction) {
        return execution.refusal(view.apply(state), transaction, at());
    }

    /** Whether a transaction may stand in the block that {@link #block} executes next. */
    boolean admits(Transaction transaction) {
        Execution.At next = new Execution.At(state.height() + 1, millis + 1);
        return execution.refusal(view.apply(state), transaction, next).isEmpty();
    }

    private Execution.At at() {
        return new Execution.At(state.height() + 1, millis);
    }

    /** The time of the last block. */
    long millis() {
        return millis;
    }

    /** Lets time go on before the next block. */
    void pass(long more) {
        millis += more;
    }

    /** Executes a block with one transaction. */
    public Receipt run(Sender sender, Operation operation) {
        return block(sign(sender, operation)).receipts().getFirst();
    }

    /** An organisation proposes. */
    public Receipt propose(int organisation, Change change) {
        return run(organisation(organisation), new Propose(change, "because", false));
    }

    /** An organisation approves what stands under this number. */
    public Receipt approve(int organisation, long number) {
        return run(organisation(organisation), approval(number));
    }

    GovernanceOperation approval(long number) {
        return new Approve(number, proposal(number).orElseThrow().change().hash());
    }

    /** A validator of an organisation, with the key of its name. */
    public AddMember add(String id, int organisation) {
        return add(id, organisation, Role.VALIDATOR, false);
    }

    AddMember add(String id, int organisation, Role role, boolean learner) {
        Sender sender = Sender.member(new NodeId(id));
        int number = former(sender.id()).map(m -> m.keyNumber() + 1).orElse(0);
        String name = number == 0 ? id : id + " " + number;
        SigningKey key = know(sender, name, number);
        var joining = new KeyProofs.Joining(sender.id(), organisation(organisation).id(), role);
        List<Endpoint> endpoints = List.of(new Endpoint(id + ".example", 7400));
        return AddMember.proving(founding.networkId(), joining, learner, endpoints, key);
    }

    RotateKey rotation(Sender sender, String name) {
        int number = keyNumber(sender) + 1;
        return RotateKey.proving(founding.networkId(), sender, number, TestNetwork.key(name));
    }

    /** The state after the last block. */
    public StateReader state() {
        return state;
    }

    Configuration configuration() {
        return state.configuration();
    }

    List<String> validators() {
        return configuration().validators().stream().map(v -> v.id().value()).toList();
    }

    Council council() {
        return Council.CODEC.decode(state.value(StatePath.COUNCIL).orElseThrow()).orThrow();
    }

    Optional<Proposal> proposal(long number) {
        return state.value(StatePath.change(number))
                .map(bytes -> Proposal.CODEC.decode(bytes).orThrow());
    }

    Optional<Member> member(String id) {
        return state.value(StatePath.member(new NodeId(id)))
                .map(bytes -> Member.CODEC.decode(bytes).orThrow());
    }

    Optional<Member> former(NodeId id) {
        return state.value(StatePath.former(id)).map(bytes -> Member.CODEC.decode(bytes).orThrow());
    }
}
