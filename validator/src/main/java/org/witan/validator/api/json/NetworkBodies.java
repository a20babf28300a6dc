package org.witan.validator.api.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.nio.charset.StandardCharsets;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.Rules;
import org.witan.validator.api.NodeSnapshot;

/** What network this is: {@code /v1/network}. */
public final class NetworkBodies {
    private NetworkBodies() {}

    /**
     * The body of {@code /v1/network}.
     *
     * @param genesis the genesis file, JSON in UTF-8, which the node has verified; put in as it is
     */
    public static ObjectNode network(NodeSnapshot node, Founding founding, byte[] genesis) {
        ObjectNode body = Json.body(node);
        body.put("name", founding.name());
        body.put("shortId", founding.networkId().shortName());
        body.put("words", node.identity().words());
        Json.moment(body, "createdAt", founding.createdMillis());
        body.put("devnet", founding.devnet());
        body.put("protocolLevel", founding.protocolLevel());
        body.put("epoch", node.round().epoch());
        body.put("validators", node.health().validators());
        body.put("quorum", node.health().quorum());
        rules(body.putObject("rules"), founding.rules());
        String text = new String(genesis, StandardCharsets.UTF_8).strip();
        body.putRawValue("genesis", new RawValue(text));
        return body;
    }

    private static void rules(ObjectNode body, Rules rules) {
        body.put("networkDelayMillis", rules.networkDelayMillis());
        body.put("blockMaxBytes", rules.blockMaxBytes());
        body.put("blockMaxTransactions", rules.blockMaxTransactions());
        body.put("blockMinIntervalMillis", rules.blockMinIntervalMillis());
        body.put("heartbeatSeconds", rules.heartbeatSeconds());
        body.put("entryMaxBytes", rules.entryMaxBytes());
        body.put("changeLifetimeBlocks", rules.changeLifetimeBlocks());
        body.put("minimumValidators", rules.minimumValidators());
    }
}
