package org.witan.chain.state;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockBody;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Sender;
import org.witan.chain.change.Council;
import org.witan.chain.change.Followers;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Organisation;
import org.witan.genesis.membership.Rules;

/** Height 0: what every node derives from the genesis file, and nobody signs. */
public final class GenesisState {
    /** Stands as the proposer of height 0; no member proposed it. */
    public static final NodeId PROPOSER = new NodeId("genesis");

    private GenesisState() {}

    /** The state that the genesis founds. */
    public static PostState of(Founding founding) {
        SortedMap<StatePath, ValueChange> values = new TreeMap<>();
        Epoch first = founding.firstEpoch();
        put(values, StatePath.CONFIGURATION, Configuration.CODEC.encode(first.configuration()));
        put(values, StatePath.NAME, founding.name().getBytes(StandardCharsets.UTF_8));
        for (Organisation organisation : founding.organisations()) {
            StatePath path = StatePath.organisation(organisation.id());
            put(values, path, Organisation.CODEC.encode(organisation));
            Sender sender = new Sender(true, organisation.id());
            key(values, organisation.governanceKey(), sender);
            key(values, organisation.recoveryKey(), sender);
        }
        for (Member member : founding.members()) {
            put(values, StatePath.member(member.id()), Member.CODEC.encode(member));
            key(values, member.key(), Sender.member(member.id()));
        }
        put(values, StatePath.COUNCIL, Council.CODEC.encode(council(founding)));
        Followers followers = followers(founding);
        if (!followers.equals(Followers.NONE)) {
            put(values, StatePath.FOLLOWERS, Followers.CODEC.encode(followers));
        }
        rules(values, founding.rules());
        return PostState.of(EmptyState.BEFORE_GENESIS, values, first.configuration());
    }

    /**
     * The block of height 0. It is the boundary that ends an epoch 0 which never was and begins
     * epoch 1, so every epoch begins after a boundary.
     */
    public static Block genesisBlock(Founding founding) {
        BlockHeader header =
                new BlockHeader(
                        founding.networkId(),
                        0,
                        0,
                        0,
                        PROPOSER,
                        Hash.NONE,
                        founding.createdMillis(),
                        BlockBody.EMPTY.root(),
                        of(founding).root(),
                        Hash.NONE,
                        founding.firstEpoch().configHash(),
                        Hash.NONE,
                        BlockBody.EMPTY.sizeBytes(),
                        0);
        return new Block(header, BlockBody.EMPTY);
    }

    private static void rules(SortedMap<StatePath, ValueChange> values, Rules rules) {
        rule(values, "networkDelayMillis", rules.networkDelayMillis());
        rule(values, "blockMaxBytes", rules.blockMaxBytes());
        rule(values, "blockMaxTransactions", rules.blockMaxTransactions());
        rule(values, "blockMinIntervalMillis", rules.blockMinIntervalMillis());
        rule(values, "heartbeatSeconds", rules.heartbeatSeconds());
        rule(values, "entryMaxBytes", rules.entryMaxBytes());
        rule(values, "changeLifetimeBlocks", rules.changeLifetimeBlocks());
        rule(values, "minimumValidators", rules.minimumValidators());
    }

    private static void rule(SortedMap<StatePath, ValueChange> values, String name, int number) {
        byte[] digits = Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
        put(values, StatePath.rule(name), digits);
    }

    private static Followers followers(Founding founding) {
        Followers followers = Followers.NONE;
        for (Member member : founding.members()) {
            followers = followers.with(member.id(), Followers.isOne(member));
        }
        return followers;
    }

    private static Council council(Founding founding) {
        Council council = new Council(1, List.of(), List.of());
        for (Organisation organisation : founding.organisations()) {
            NodeId id = organisation.id();
            long members =
                    founding.members().stream().filter(m -> m.organisation().equals(id)).count();
            council = council.withSeat(new Council.Seat(id, (int) members));
        }
        return council;
    }

    private static void key(
            SortedMap<StatePath, ValueChange> values, PublicKey key, Sender holder) {
        put(values, StatePath.key(key), holder.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static void put(
            SortedMap<StatePath, ValueChange> values, StatePath path, byte[] value) {
        values.put(path, new ValueChange(Optional.empty(), Optional.of(value)));
    }
}
