package org.witan.validator.sim.world;

import java.util.ArrayList;
import java.util.List;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Organisation;
import org.witan.genesis.membership.Role;
import org.witan.genesis.membership.Rules;

/** A network of members {@code v1} and on, each of an organisation of its own. */
final class SimFounding {
    private SimFounding() {}

    static Founding of(int nodes, long createdMillis, SimKeys keys) {
        List<Organisation> organisations = new ArrayList<>();
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            NodeId organisation = new NodeId("org" + (i + 1));
            organisations.add(
                    new Organisation(
                            organisation,
                            "Organisation " + (i + 1),
                            0,
                            keys.founding("key " + (1000 + i)).publicKey(),
                            keys.founding("key " + (2000 + i)).publicKey()));
            members.add(
                    new Member(
                            new NodeId("v" + (i + 1)),
                            organisation,
                            Role.VALIDATOR,
                            Member.Status.ACTIVE,
                            0,
                            keys.founding("key " + i).publicKey(),
                            List.of(new Endpoint("127.0.0.1", 7401 + i))));
        }
        return new Founding(
                new NetworkId(Digest.tagged("simulation").done()),
                "simulation",
                createdMillis,
                true,
                1,
                new Rules(50, 1 << 20, 4096, 100, 5, 1 << 16, 100_000, 1),
                organisations,
                members);
    }
}
