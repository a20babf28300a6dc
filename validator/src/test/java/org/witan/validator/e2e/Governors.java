package org.witan.validator.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Evidence;
import org.witan.chain.block.GovernanceOperation.Approve;
import org.witan.chain.block.GovernanceOperation.Propose;
import org.witan.chain.block.GovernanceOperation.ReportEvidence;
import org.witan.chain.block.GovernanceOperation.RotateKey;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.chain.change.Change;
import org.witan.chain.change.KeyProofs;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.document.GenesisFile;
import org.witan.genesis.file.SafeFiles;
import org.witan.genesis.json.StrictJson;
import org.witan.genesis.keyfile.KeyFile;
import org.witan.genesis.keyfile.Passphrase;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.validator.cli.ask.Submitter;
import org.witan.validator.cli.http.NodeClient;

/** The organisations of a devnet, which decide by transactions posted to the API. */
final class Governors {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Hash A = Hash.ofHex("a1".repeat(32));
    private static final Hash B = Hash.ofHex("b2".repeat(32));

    private final Network network;
    private final GenesisFile genesis;
    private final NetworkId id;

    Governors(Network network) {
        this.network = network;
        genesis =
                GenesisFile.readForm(SafeFiles.read(network.genesis(), StrictJson.MAX_BYTES))
                        .orThrow(bad -> new IllegalStateException(bad.lines()));
        id = genesis.networkId();
    }

    NetworkId network() {
        return id;
    }

    /** The key in a file of a home. */
    static SigningKey key(Path home, String file) {
        try (Passphrase passphrase = Passphrase.ofFile(home.resolve("passphrase"))) {
            return KeyFile.open(home.resolve(file), passphrase);
        }
    }

    /**
     * The first of these organisations proposes and the others approve, each at its own node.
     *
     * @return how many blocks were made until each was final, its own one included
     */
    List<Long> decide(Change change, int... organisations) {
        List<Long> blocks = new ArrayList<>();
        long tip = height(organisations[0]);
        var proposed = submit(organisations[0], new Propose(change, "because", false));
        blocks.add(proposed.height() - tip);
        for (int i = 1; i < organisations.length; i++) {
            tip = height(organisations[i]);
            var approve = new Approve(proposed.version(), change.hash());
            blocks.add(submit(organisations[i], approve).height() - tip);
        }
        return blocks;
    }

    private long height(int at) {
        return network.get(at, "/v1/status").number("height").orElseThrow();
    }

    /** A validator that is to join, whose home was made. */
    Change adding(String member, Path home, int linkPort) {
        return Change.AddMember.proving(
                id,
                new KeyProofs.Joining(new NodeId(member), organisation(1).id(), Role.VALIDATOR),
                false,
                List.of(new Endpoint("127.0.0.1", linkPort)),
                key(home, "node.key"));
    }

    /** Validator {@code i} replaces its key, by a transaction at another node. */
    void rotate(int i, SigningKey next, int at) {
        Sender sender = Sender.member(new NodeId("v" + i));
        submit(at, sender, key(network.home(i), "node.key"), rotation(sender, next));
    }

    /**
     * Validator {@code liar} contradicts itself in each way that proves it a liar (E1 to E3), each
     * in a view of its own in epoch 1, and another validator hands the votes to its node.
     */
    void accuse(int liar, int accuser) {
        VoteKind notarize = VoteKind.NOTARIZE;
        VoteKind finalize = VoteKind.FINALIZE;
        accuse(accuser, vote(liar, notarize, 9, A), vote(liar, notarize, 9, B));
        accuse(accuser, vote(liar, finalize, 10, A), vote(liar, finalize, 10, B));
        accuse(accuser, vote(liar, VoteKind.NULLIFY, 11, Hash.NONE), vote(liar, finalize, 11, A));
    }

    private void accuse(int accuser, Vote first, Vote second) {
        Sender sender = Sender.member(new NodeId("v" + accuser));
        Signer key = key(network.home(accuser), "node.key");
        submit(accuser, sender, key, new ReportEvidence(new Evidence(first, second)));
    }

    private Vote vote(int liar, VoteKind kind, long view, Hash block) {
        Epoch first = genesis.founding().firstEpoch();
        int place = first.configuration().indexOf(new NodeId("v" + liar)).orElseThrow();
        Ballot ballot = new Ballot(kind, 1, first.configHash(), view, block);
        return Vote.cast(ballot, place, id, key(network.home(liar), "node.key"));
    }

    private Operation rotation(Sender sender, SigningKey next) {
        return RotateKey.proving(id, sender, 1, next);
    }

    private Submitter.Settled submit(int organisation, Operation operation) {
        Signer key = key(network.home(organisation), "governance.key");
        return submit(organisation, organisation(organisation), key, operation);
    }

    private Submitter.Settled submit(int at, Sender sender, Signer key, Operation operation) {
        try (NodeClient client = network.client(at)) {
            var settled = new Submitter(client, id, sender, key).submit(operation, PATIENCE);
            if (!settled.outcome().equals("done")) {
                throw new AssertionError(operation + " came to " + settled.outcome());
            }
            return settled;
        }
    }

    private static Sender organisation(int number) {
        return new Sender(true, new NodeId("org" + number));
    }
}
