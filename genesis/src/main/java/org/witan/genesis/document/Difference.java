package org.witan.genesis.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.membership.NodeId;

/**
 * One thing in which two genesis files differ.
 *
 * @param what such as {@code rule heartbeatSeconds} or {@code validator "dune-1" key}
 * @param first its value in the first file, {@code none} if it is not there
 * @param second its value in the second file
 */
public record Difference(String what, String first, String second) {
    private static final String NONE = "none";

    /**
     * All differences in meaning: rules, organisations and validators by id, then name, draft and
     * time, then who endorsed. Empty exactly if the files found the same network with the same
     * endorsements.
     */
    public static List<Difference> between(GenesisFile first, GenesisFile second) {
        List<Difference> found = new ArrayList<>();
        compare(found, "rule ", rules(first), rules(second));
        compare(found, "organisation ", organisations(first), organisations(second));
        compare(found, "validator ", validators(first), validators(second));
        compare(found, "", head(first), head(second));
        compare(found, "order of ", order(first), order(second));
        compare(found, "endorsement of ", endorsements(first), endorsements(second));
        return List.copyOf(found);
    }

    private static void compare(
            List<Difference> found,
            String kind,
            Map<String, String> first,
            Map<String, String> second) {
        TreeSet<String> names = new TreeSet<>(first.keySet());
        names.addAll(second.keySet());
        for (String name : names) {
            String ours = first.getOrDefault(name, NONE);
            String theirs = second.getOrDefault(name, NONE);
            if (!ours.equals(theirs)) {
                found.add(new Difference(kind + name, ours, theirs));
            }
        }
    }

    private static Map<String, String> rules(GenesisFile file) {
        SequencedMap<String, Integer> rules = RulesForm.values(file.body().draft().rules());
        Map<String, String> named = new TreeMap<>();
        rules.forEach((name, value) -> named.put(name, value.toString()));
        return named;
    }

    private static Map<String, String> organisations(GenesisFile file) {
        Map<String, String> parts = new TreeMap<>();
        for (FounderOrganisation organisation : file.body().organisations()) {
            String name = quoted(organisation.id());
            parts.put(name + " name", organisation.name());
            parts.put(name + " governance key", organisation.governanceKey().toString());
            Optional<PublicKey> recovery = organisation.recoveryKey();
            parts.put(name + " recovery key", recovery.map(PublicKey::toString).orElse(NONE));
            parts.put(name + " proofs", organisation.proofs().toString());
        }
        return parts;
    }

    private static Map<String, String> validators(GenesisFile file) {
        Map<String, String> parts = new TreeMap<>();
        for (FounderValidator validator : file.body().validators()) {
            String name = quoted(validator.id());
            parts.put(name + " organisation", validator.organisation().value());
            parts.put(name + " key", validator.key().toString());
            parts.put(name + " endpoints", validator.endpoints().toString());
            parts.put(name + " proof", validator.proof().hex());
        }
        return parts;
    }

    private static Map<String, String> head(GenesisFile file) {
        Draft draft = file.body().draft();
        Map<String, String> parts = new TreeMap<>();
        parts.put("name", draft.name());
        parts.put("draft", draft.id());
        parts.put("created", draft.created().toString());
        parts.put("devnet", String.valueOf(draft.devnet()));
        parts.put("protocol level", String.valueOf(draft.protocolLevel()));
        return parts;
    }

    private static Map<String, String> order(GenesisFile file) {
        return Map.of(
                "organisations", ids(file.body().organisations(), FounderOrganisation::id),
                "validators", ids(file.body().validators(), FounderValidator::id));
    }

    private static Map<String, String> endorsements(GenesisFile file) {
        Map<String, String> parts = new TreeMap<>();
        for (Endorsement endorsement : file.endorsements()) {
            parts.put(quoted(endorsement.organisation()), endorsement.signature().hex());
        }
        return parts;
    }

    private static <T> String ids(List<T> all, Function<T, NodeId> id) {
        return all.stream().map(id).toList().toString();
    }

    private static String quoted(NodeId id) {
        return '"' + id.value() + '"';
    }
}
