package org.witan.genesis.membership;

import java.util.List;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.fuzz.FormatsTarget;

/** Members, organisations, rules and what they are made of. */
final class MembershipFuzzTest extends FormatsTarget {
    MembershipFuzzTest() {
        PublicKey key = PublicKey.of(new byte[PublicKey.SIZE_BYTES]);
        NodeId acme = new NodeId("acme");
        Validator first = new Validator(new NodeId("acme-1"), 7, key);
        Validator second = new Validator(new NodeId("birch-1"), 0, key);
        List<Endpoint> endpoints =
                List.of(Endpoint.parse("ws://acme.example:7400"), new Endpoint("[::1]", 1));
        format(
                "configuration",
                Configuration.CODEC,
                new Configuration(1, Rules.DEFAULT, List.of(first, second)));
        format(
                "member",
                Member.CODEC,
                new Member(
                        first.id(), acme, Role.GATEWAY, Member.Status.LEARNER, 3, key, endpoints));
        format("organisation", Organisation.CODEC, new Organisation(acme, "Ácme Ltd", 2, key, key));
        format("rules", Rules.CODEC, Rules.DEFAULT);
        format("validator", Validator.CODEC, first);
        format("endpoint", Endpoint.CODEC, endpoints.getFirst(), endpoints.getLast());
        format("node-id", NodeId.CODEC, acme);
        format("network-id", NetworkId.CODEC, new NetworkId(Hash.NONE));
        format("signature", Signature.CODEC, Signature.of(new byte[64]));
    }

    @Override
    protected void accepted(Object value) {
        if (value instanceof Configuration configuration) {
            Epoch epoch = Epoch.of(1, configuration);
            epoch.quorum().size();
            configuration.validators().forEach(validator -> validator.key().isSound());
        }
    }
}
