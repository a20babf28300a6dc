package org.witan.genesis.document;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Purpose;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.json.FieldReader;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Rules;

/**
 * Reads the parts that documents share, noting every problem.
 *
 * <p>Shallow reading looks at forms only; deep reading also asks whether keys are sound and proofs
 * hold, which loads and runs the cryptography.
 */
final class DocumentReader {
    private final Claims claims = new Claims();
    private final boolean deep;

    DocumentReader(boolean deep) {
        this.deep = deep;
    }

    /** Format, name, draft id, time, level and rules; the caller ends the reader. */
    static Optional<Draft> head(FieldReader in, String format) {
        in.text("format", text -> Forms.format(text, format));
        Optional<String> name = in.text("name", Forms::name);
        Optional<String> draft = in.text("draft", Forms::draft);
        Optional<Instant> created = in.text("created", Forms::created);
        boolean devnet = in.flag("devnet");
        OptionalInt level = in.whole("protocolLevel", 1, Draft.KNOWN_LEVEL);
        Optional<FieldReader> rulesReader = in.object("rules");
        Optional<Rules> rules = rulesReader.flatMap(RulesForm::read);
        if (!devnet && rules.isPresent() && rules.get().minimumValidators() < 4) {
            rulesReader.orElseThrow().problem("minimumValidators", "below 4 is for devnets only");
        }
        if (name.isEmpty() || draft.isEmpty() || created.isEmpty() || level.isEmpty()) {
            return Optional.empty();
        }
        return rules.map(known ->
                new Draft(name.get(), draft.get(), created.get(), devnet, level.getAsInt(), known));
    }

    /**
     * One organisation.
     *
     * @param draft the draft that its proofs are bound to, empty if that is unreadable
     */
    Optional<FounderOrganisation> organisation(FieldReader in, Optional<String> draft) {
        Optional<NodeId> id = in.text("id", NodeId::new);
        id.ifPresent(known -> claims.id(known, in));
        Optional<String> name = in.text("name", Forms::name);
        Optional<PublicKey> governance = key(in, "governanceKey");
        boolean recovers = in.has("recoveryKey");
        Optional<PublicKey> recovery = recovers ? key(in, "recoveryKey") : Optional.empty();
        int signers = recovers ? 2 : 1;
        List<Signature> proofs = in.texts("proofs", signers, signers, Forms::signature);
        in.end();
        if (id.isEmpty()
                || name.isEmpty()
                || governance.isEmpty()
                || recovery.isPresent() != recovers
                || proofs.size() != signers) {
            return Optional.empty();
        }
        FounderOrganisation read =
                new FounderOrganisation(id.get(), name.get(), governance.get(), recovery, proofs);
        draft.ifPresent(known -> checkProofs(read, known, in));
        return Optional.of(read);
    }

    private void checkProofs(FounderOrganisation read, String draft, FieldReader in) {
        PublicKey governance = read.governanceKey();
        PublicKey recovery = read.recoveryKey().orElse(governance);
        byte[] content = Proofs.organisation(draft, read.id(), governance, recovery);
        List<PublicKey> keys = List.of(governance, recovery);
        for (int i = 0; deep && i < read.proofs().size(); i++) {
            Signature proof = read.proofs().get(i);
            if (!Ed25519.VERIFIER.verify(keys.get(i), Purpose.ORGANISATION_PROOF, content, proof)) {
                String whose = i == 0 ? "governance" : "recovery";
                in.problem("proofs", "the proof by the " + whose + " key does not hold");
            }
        }
    }

    /**
     * One validator.
     *
     * @param draft the draft that its proof is bound to, empty if that is unreadable
     */
    Optional<FounderValidator> validator(FieldReader in, Optional<String> draft) {
        Optional<NodeId> id = in.text("id", NodeId::new);
        id.ifPresent(known -> claims.id(known, in));
        Optional<NodeId> organisation = in.text("organisation", NodeId::new);
        Optional<PublicKey> key = key(in, "key");
        List<Endpoint> endpoints = in.texts("endpoints", 1, Member.MAX_ENDPOINTS, Endpoint::parse);
        endpoints.forEach(endpoint -> claims.endpoint(endpoint, in));
        Optional<Signature> proof = in.text("proof", Forms::signature);
        in.end();
        if (id.isEmpty() || organisation.isEmpty() || key.isEmpty() || proof.isEmpty()) {
            return Optional.empty();
        }
        FounderValidator read =
                new FounderValidator(
                        id.get(), organisation.get(), key.get(), endpoints, proof.get());
        if (deep && draft.isPresent() && !proofHolds(read, draft.get())) {
            in.problem("proof", "the proof by the validator's key does not hold");
        }
        return Optional.of(read);
    }

    private static boolean proofHolds(FounderValidator read, String draft) {
        byte[] content = Proofs.validator(draft, read.id(), read.organisation(), read.endpoints());
        return Ed25519.VERIFIER.verify(read.key(), Purpose.VALIDATOR_PROOF, content, read.proof());
    }

    /** The fields of an endorsement, to the end of the object. */
    static Optional<Endorsement> endorsement(FieldReader in) {
        Optional<NodeId> organisation = in.text("organisation", NodeId::new);
        Optional<NetworkId> network = in.text("networkId", Forms::networkId);
        Optional<Signature> signature = in.text("signature", Forms::signature);
        in.end();
        return organisation.isEmpty() || network.isEmpty() || signature.isEmpty()
                ? Optional.empty()
                : Optional.of(new Endorsement(organisation.get(), network.get(), signature.get()));
    }

    /** The objects of an array, read one by one; those that are bad are noted and left out. */
    static <T> List<T> all(List<FieldReader> readers, Function<FieldReader, Optional<T>> read) {
        List<T> found = new ArrayList<>();
        readers.forEach(in -> read.apply(in).ifPresent(found::add));
        return List.copyOf(found);
    }

    private Optional<PublicKey> key(FieldReader in, String field) {
        Optional<PublicKey> key = in.text(field, PublicKey::parse);
        key.ifPresent(known -> claims.key(known, in, field, deep));
        return key;
    }
}
