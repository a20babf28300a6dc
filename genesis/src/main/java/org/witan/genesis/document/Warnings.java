package org.witan.genesis.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Quorum;

/**
 * What is allowed in a genesis file and probably not meant. Source: docs/protocol/genesis.md, G11.
 */
public final class Warnings {
    private Warnings() {}

    /** A sentence for each, none for a file that looks as founders want it. */
    public static List<String> of(GenesisFile file) {
        List<String> warnings = new ArrayList<>();
        GenesisBody body = file.body();
        int size = body.validators().size();
        Quorum quorum = new Quorum(size);
        shares(body).forEach((id, share) -> addShare(warnings, id, share, size));
        if (size != 3 * quorum.faults() + 1) {
            int fewer = 3 * quorum.faults() + 1;
            warnings.add(
                    size
                            + " validators survive no more liars than "
                            + fewer
                            + " do: "
                            + quorum.faults());
        }
        body.organisations().stream()
                .filter(organisation -> organisation.recoveryKey().isEmpty())
                .filter(_ -> !body.draft().devnet())
                .forEach(organisation ->
                        warnings.add(
                                "organisation "
                                        + organisation.id()
                                        + " has no recovery key; its governance key serves"));
        if (!body.draft().devnet()) {
            addLoopback(warnings, body);
        }
        return List.copyOf(warnings);
    }

    private static Map<NodeId, Integer> shares(GenesisBody body) {
        Map<NodeId, Integer> shares = new TreeMap<>();
        body.validators()
                .forEach(validator -> shares.merge(validator.organisation(), 1, Integer::sum));
        return shares;
    }

    private static void addShare(List<String> warnings, NodeId id, int share, int size) {
        if (3 * share >= size) {
            warnings.add(
                    "organisation "
                            + id
                            + " holds "
                            + share
                            + " of "
                            + size
                            + " validators, a third or more: it can stop the network alone");
        }
    }

    private static void addLoopback(List<String> warnings, GenesisBody body) {
        for (FounderValidator validator : body.validators()) {
            for (Endpoint endpoint : validator.endpoints()) {
                if (isLoopback(endpoint.host().toLowerCase(Locale.ROOT))) {
                    warnings.add(
                            "validator "
                                    + validator.id()
                                    + " is at "
                                    + endpoint
                                    + ", which only its own machine can reach");
                }
            }
        }
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals("[::1]")
                || host.equals("0.0.0.0")
                || host.equals("[::]")
                || host.matches("127(\\.[0-9]{1,3}){3}");
    }
}
