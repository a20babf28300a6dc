package org.witan.genesis.document;

import org.witan.genesis.crypto.Signature;
import org.witan.genesis.json.FieldReader;
import org.witan.genesis.json.JsonText;
import org.witan.genesis.json.Problems;
import org.witan.genesis.json.Reading;
import org.witan.genesis.json.StrictJson;
import org.witan.genesis.json.Value;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;

/**
 * An organisation's consent to a genesis; alone in a file until the genesis is finalized.
 *
 * @param organisation who consents
 * @param networkId to which genesis
 * @param signature by its governance key
 */
public record Endorsement(NodeId organisation, NetworkId networkId, Signature signature) {
    private static final String FORMAT = "witan-endorsement/1";

    /** Reads a detached endorsement; whether its signature holds is asked when it is added. */
    public static Reading<Endorsement> read(byte[] document) {
        Problems problems = new Problems();
        return StrictJson.read(document, problems)
                .flatMap(root -> {
                    FieldReader in = new FieldReader(root, "", problems);
                    in.text("format", text -> Forms.format(text, FORMAT));
                    return DocumentReader.endorsement(in);
                })
                .filter(_ -> problems.none())
                .<Reading<Endorsement>>map(Reading.Ok::new)
                .orElseGet(() -> new Reading.Bad<>(problems.found()));
    }

    /** The file of a detached endorsement. */
    public byte[] toBytes() {
        return JsonText.indented(fields(Value.Fields.empty().with("format", FORMAT)));
    }

    Value json() {
        return fields(Value.Fields.empty());
    }

    private Value.Fields fields(Value.Fields start) {
        return start.with("organisation", organisation.value())
                .with("networkId", networkId.toString())
                .with("signature", signature.hex());
    }
}
