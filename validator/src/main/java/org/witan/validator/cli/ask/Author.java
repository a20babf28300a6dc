package org.witan.validator.cli.ask;

import org.witan.chain.block.Sender;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.cli.config.Settings;
import org.witan.validator.cli.config.SettingsSources;
import org.witan.validator.cli.http.NodeClient;
import org.witan.validator.cli.node.NodeFiles;

/**
 * Who signs: the node of the home. The network comes from its genesis file and never from the node
 * that is asked, so that nobody can have something signed for another network.
 */
public final class Author {
    private final Settings settings;

    /** The author that the options mean. */
    public Author(GlobalOptions options) {
        this(SettingsSources.of(options).resolve());
        settings.namedHome();
    }

    /** The author of these settings. */
    public Author(Settings settings) {
        this.settings = settings;
    }

    /** The author's id. */
    public NodeId id() {
        return settings.id();
    }

    /** The network that the author's genesis file founds. */
    public NetworkId network() {
        return new NodeFiles(settings).genesis().networkId();
    }

    /** Holds the author's key. */
    public Signer signer() {
        return new NodeFiles(settings).key();
    }

    /** A submitter that signs with the author's key. */
    public Submitter submitter(NodeClient client) {
        return new Submitter(client, network(), Sender.member(id()), signer());
    }
}
