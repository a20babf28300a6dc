package org.witan.genesis.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static final String THERE = "in the file";

    /**
     * All differences in meaning: rules, organisations and validators by id, then name, draft and
     * time, then who endorsed. Empty exactly if the files found the same network with the same
     * endorsements.
     */
    public static List<Difference> between(GenesisFile first, GenesisFile second) {
        List<Difference> found = new ArrayList<>();
        compare(found, "rule ", rules(first), rules(second));
        compareParts(found, "organisation ", organisations(first), organisations(second));
        compareParts(found, "validator ", validators(first), validators(second));
        compare(found, "", head(first), head(second));
        compare(found, "endorsement of ", endorsements(first), endorsements(second));
        return List.copyOf(found);
    }

    /** What only one file holds is one difference, however many parts it has. */
    private static void compareParts(
            List<Difference> found,
            String kind,
            Map<NodeId, SequencedMap<String, String>> first,
            Map<NodeId, SequencedMap<String, String>> second) {
        TreeSet<NodeId> ids = new TreeSet<>(first.keySet());
        ids.addAll(second.keySet());
        for (NodeId id : ids) {
            String name = kind + '"' + id + '"';
            SequencedMap<String, String> ours = first.get(id);
            SequencedMap<String, String> theirs = second.get(id);
            if (ours == null || theirs == null) {
                found.add(
                        new Difference(
                                name, ours == null ? NONE : THERE, theirs == null ? NONE : THERE));
            } else {
                compare(found, name + " ", ours, theirs);
            }
        }
    }

    private static void compare(
            List<Difference> found,
            String kind,
            SequencedMap<String, String> first,
            SequencedMap<String, String> second) {
        SequencedMap<String, String> names = new LinkedHashMap<>(first);
        names.putAll(second);
        for (String name : names.keySet()) {
            String ours = first.getOrDefault(name, NONE);
            String theirs = second.getOrDefault(name, NONE);
            if (!ours.equals(theirs)) {
                found.add(new Difference(kind + name, ours, theirs));
            }
        }
    }

    private static SequencedMap<String, String> rules(GenesisFile file) {
        SequencedMap<String, String> named = new LinkedHashMap<>();
        RulesForm.values(file.body().draft().rules())
                .forEach((name, value) -> named.put(name, value.toString()));
        return named;
    }

    private static Map<NodeId, SequencedMap<String, String>> organisations(GenesisFile file) {
        Map<NodeId, SequencedMap<String, String>> all = new TreeMap<>();
        for (FounderOrganisation organisation : file.body().organisations()) {
            SequencedMap<String, String> parts = new LinkedHashMap<>();
            parts.put("governance key", organisation.governanceKey().toString());
            parts.put(
                    "recovery key",
                    organisation.recoveryKey().map(PublicKey::toString).orElse(NONE));
            parts.put("name", organisation.name());
            parts.put("proofs", organisation.proofs().toString());
            all.put(organisation.id(), parts);
        }
        return all;
    }

    private static Map<NodeId, SequencedMap<String, String>> validators(GenesisFile file) {
        Map<NodeId, SequencedMap<String, String>> all = new TreeMap<>();
        for (FounderValidator validator : file.body().validators()) {
            SequencedMap<String, String> parts = new LinkedHashMap<>();
            parts.put("key", validator.key().toString());
            parts.put("organisation", validator.organisation().value());
            parts.put("endpoints", validator.endpoints().toString());
            parts.put("proof", validator.proof().hex());
            all.put(validator.id(), parts);
        }
        return all;
    }

    private static SequencedMap<String, String> head(GenesisFile file) {
        Draft draft = file.body().draft();
        SequencedMap<String, String> parts = new LinkedHashMap<>();
        parts.put("name", draft.name());
        parts.put("draft", draft.id());
        parts.put("created", draft.created().toString());
        parts.put("devnet", String.valueOf(draft.devnet()));
        parts.put("protocol level", String.valueOf(draft.protocolLevel()));
        parts.put(
                "order of organisations",
                ids(file.body().organisations(), FounderOrganisation::id));
        parts.put("order of validators", ids(file.body().validators(), FounderValidator::id));
        return parts;
    }

    private static SequencedMap<String, String> endorsements(GenesisFile file) {
        SequencedMap<String, String> parts = new TreeMap<>();
        for (Endorsement endorsement : file.endorsements()) {
            parts.put(endorsement.organisation().value(), endorsement.signature().hex());
        }
        return parts;
    }

    private static <T> String ids(List<T> all, Function<T, NodeId> id) {
        return all.stream().map(id).toList().toString();
    }
}
