package org.witan.genesis.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.json.FieldReader;
import org.witan.genesis.json.JsonText;
import org.witan.genesis.json.Problems;
import org.witan.genesis.json.Reading;
import org.witan.genesis.json.StrictJson;
import org.witan.genesis.json.Value;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Organisation;

/**
 * A genesis file: the root of trust of a network.
 *
 * @param body what is hashed
 * @param endorsements the organisations' consents, outside the hash
 */
public record GenesisFile(GenesisBody body, List<Endorsement> endorsements) {
    private static final int MAX_ORGANISATIONS = 100;

    /**
     * Reads a file and checks all that can be checked: forms, ids, keys, proofs, and the signatures
     * of the endorsements that are there. Whether any is missing is {@link #missingEndorsements}.
     */
    public static Reading<GenesisFile> read(byte[] document) {
        return read(document, true);
    }

    /**
     * Reads a file without asking whether its keys are sound and its signatures hold: enough to
     * tell which network it would found, and quick.
     */
    public static Reading<GenesisFile> readForm(byte[] document) {
        return read(document, false);
    }

    private static Reading<GenesisFile> read(byte[] document, boolean deep) {
        Problems problems = new Problems();
        return StrictJson.read(document, problems)
                .flatMap(root -> file(new FieldReader(root, "", problems), deep, problems))
                .filter(_ -> problems.none())
                .<Reading<GenesisFile>>map(Reading.Ok::new)
                .orElseGet(() -> new Reading.Bad<>(problems.found()));
    }

    private static Optional<GenesisFile> file(FieldReader in, boolean deep, Problems problems) {
        Optional<GenesisBody> body = in.object("body").flatMap(inner -> body(inner, deep));
        Optional<NetworkId> ours = body.filter(_ -> problems.none()).map(GenesisBody::networkId);
        List<FieldReader> readers = in.objects("endorsements", 0, MAX_ORGANISATIONS);
        List<Endorsement> endorsements = new ArrayList<>();
        for (FieldReader reader : readers) {
            Optional<Endorsement> endorsement = DocumentReader.endorsement(reader);
            if (endorsement.isPresent()) {
                if (ours.isPresent() && isFor(ours.get(), endorsement.get(), reader)) {
                    check(endorsement.get(), body.orElseThrow(), reader, deep);
                }
                checkOnce(endorsement.get(), endorsements, reader);
                endorsements.add(endorsement.get());
            }
        }
        in.end();
        return body.map(known -> new GenesisFile(known, List.copyOf(endorsements)));
    }

    private static Optional<GenesisBody> body(FieldReader in, boolean deep) {
        DocumentReader parts = new DocumentReader(deep);
        Optional<Draft> head = DocumentReader.head(in, GenesisBody.FORMAT);
        Optional<String> draft = head.map(Draft::id);
        List<FieldReader> ours = in.objects("organisations", 1, MAX_ORGANISATIONS);
        List<FounderOrganisation> organisations =
                DocumentReader.all(ours, reader -> parts.organisation(reader, draft));
        List<FieldReader> theirs = in.objects("validators", 1, Configuration.MAX_VALIDATORS);
        List<FounderValidator> validators =
                DocumentReader.all(theirs, reader -> parts.validator(reader, draft));
        in.end();
        head.ifPresent(known -> checkCount(known, theirs.size(), in));
        // One that is bad itself was reported, and must not be reported as absent too.
        if (validators.size() == theirs.size() && organisations.size() == ours.size()) {
            checkOrganisations(organisations, validators, theirs);
        }
        return head.map(known -> new GenesisBody(known, organisations, validators));
    }

    private static void checkCount(Draft head, int validators, FieldReader in) {
        int least = head.rules().minimumValidators();
        if (validators < least) {
            in.problem(
                    "validators",
                    "are " + validators + ", the rule minimumValidators says " + least);
        }
    }

    private static void checkOrganisations(
            List<FounderOrganisation> organisations,
            List<FounderValidator> validators,
            List<FieldReader> readers) {
        List<NodeId> known = organisations.stream().map(FounderOrganisation::id).toList();
        for (int i = 0; i < validators.size(); i++) {
            NodeId organisation = validators.get(i).organisation();
            if (!known.contains(organisation)) {
                String sentence = "\"" + organisation + "\" is not among the organisations";
                readers.get(i).problem("organisation", sentence);
            }
        }
    }

    private static boolean isFor(NetworkId ours, Endorsement endorsement, FieldReader in) {
        boolean same = endorsement.networkId().equals(ours);
        if (!same) {
            String theirs = endorsement.networkId().shortName();
            in.problem("networkId", "is for " + theirs + ", this is " + ours.shortName());
        }
        return same;
    }

    private static void check(
            Endorsement endorsement, GenesisBody body, FieldReader in, boolean deep) {
        Optional<FounderOrganisation> organisation = body.organisation(endorsement.organisation());
        if (organisation.isEmpty()) {
            in.problem("organisation", "is not among the organisations");
            return;
        }
        PublicKey key = organisation.get().governanceKey();
        if (deep && !Proofs.holds(endorsement, key, Ed25519.VERIFIER)) {
            in.problem("signature", "does not hold by the organisation's governance key");
        }
    }

    private static void checkOnce(
            Endorsement endorsement, List<Endorsement> earlier, FieldReader in) {
        if (earlier.stream()
                .anyMatch(other -> other.organisation().equals(endorsement.organisation()))) {
            in.problem("organisation", "has endorsed already");
        }
    }

    /** Which network this file founds. */
    public NetworkId networkId() {
        return body.networkId();
    }

    /** The organisations whose endorsement is not there, ascending. */
    public List<NodeId> missingEndorsements() {
        Map<NodeId, Endorsement> there = new TreeMap<>();
        endorsements.forEach(endorsement -> there.put(endorsement.organisation(), endorsement));
        return body.organisations().stream()
                .map(FounderOrganisation::id)
                .filter(id -> !there.containsKey(id))
                .sorted()
                .toList();
    }

    /** Whether a node may start from it: all organisations endorsed it, or it is a devnet's. */
    public boolean isFounded() {
        return body.draft().devnet() || missingEndorsements().isEmpty();
    }

    /** All that the ledger starts from. */
    public Founding founding() {
        Draft head = body.draft();
        return new Founding(
                networkId(),
                head.name(),
                head.created().toEpochMilli(),
                head.devnet(),
                head.protocolLevel(),
                head.rules(),
                body.organisations().stream()
                        .map(FounderOrganisation::recorded)
                        .sorted(Comparator.comparing(Organisation::id))
                        .toList(),
                body.validators().stream()
                        .map(FounderValidator::recorded)
                        .sorted(Comparator.comparing(Member::id))
                        .toList());
    }

    /** The file: same content, same bytes. */
    public byte[] toBytes() {
        return JsonText.indented(
                Value.Fields.empty()
                        .with("body", body.json())
                        .with(
                                "endorsements",
                                Value.Items.of(
                                        endorsements.stream().map(Endorsement::json).toList())));
    }
}
