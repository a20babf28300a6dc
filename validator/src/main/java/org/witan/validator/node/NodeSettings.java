package org.witan.validator.node;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.witan.chain.block.Transaction;
import org.witan.chain.proof.Checkpoint;
import org.witan.chain.rocks.StoreSettings;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.validator.link.LinkSettings;

/**
 * What one process is told by its operator; nothing here can affect validity.
 *
 * @param id this node
 * @param role what it does while the ledger does not say
 * @param redemption what makes it a member, if it was invited
 * @param checkpoint what its operator believes besides the genesis, verified from there
 * @param store where the database lies, and what it may take
 * @param linkListen where links are accepted; port 0 takes a free one
 * @param advertise where others can dial this node, if it wants to say
 * @param api where the HTTP API listens; port 0 takes a free one
 * @param allowedHosts names besides loopback's that requests may be addressed to
 * @param adminSocket where its operator is listened to, if anywhere
 * @param join endpoints of members, tried besides those that the ledger names
 * @param networkKey 32 bytes that shield the network from strangers, if it uses one
 * @param build version of the program, such as {@code 0.1.0}
 * @param greatestLevel the greatest protocol level that the program speaks
 */
public record NodeSettings(
        NodeId id,
        Role role,
        Optional<Transaction> redemption,
        Optional<Checkpoint> checkpoint,
        StoreSettings store,
        InetSocketAddress linkListen,
        Optional<Endpoint> advertise,
        InetSocketAddress api,
        List<String> allowedHosts,
        Optional<Path> adminSocket,
        List<LinkSettings.Join> join,
        Optional<byte[]> networkKey,
        String build,
        int greatestLevel) {}
