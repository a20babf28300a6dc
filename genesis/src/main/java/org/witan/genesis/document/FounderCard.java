package org.witan.genesis.document;

import java.util.Optional;
import org.witan.genesis.json.FieldReader;
import org.witan.genesis.json.JsonText;
import org.witan.genesis.json.Problems;
import org.witan.genesis.json.Reading;
import org.witan.genesis.json.StrictJson;
import org.witan.genesis.json.Value;

/**
 * What a founder sends to whoever collects: public keys and proofs of possession, bound to a draft.
 *
 * @param draft the id of the draft that the proofs are bound to
 * @param organisation who founds
 * @param validator the node that it brings
 */
public record FounderCard(
        String draft, FounderOrganisation organisation, FounderValidator validator) {
    private static final String FORMAT = "witan-request/1";

    /** Reads a card and checks its keys and proofs. */
    public static Reading<FounderCard> read(byte[] document) {
        Problems problems = new Problems();
        return StrictJson.read(document, problems)
                .flatMap(root -> card(new FieldReader(root, "", problems)))
                .filter(_ -> problems.none())
                .<Reading<FounderCard>>map(Reading.Ok::new)
                .orElseGet(() -> new Reading.Bad<>(problems.found()));
    }

    private static Optional<FounderCard> card(FieldReader in) {
        DocumentReader parts = new DocumentReader(true);
        in.text("format", text -> Forms.format(text, FORMAT));
        Optional<String> draft = in.text("draft", Forms::draft);
        Optional<FounderOrganisation> organisation =
                in.object("organisation").flatMap(inner -> parts.organisation(inner, draft));
        Optional<FounderValidator> validator =
                in.object("validator").flatMap(inner -> parts.validator(inner, draft));
        in.end();
        if (draft.isEmpty() || organisation.isEmpty() || validator.isEmpty()) {
            return Optional.empty();
        }
        if (!validator.get().organisation().equals(organisation.get().id())) {
            in.problem("validator", "belongs to another organisation than the card");
        }
        return Optional.of(new FounderCard(draft.get(), organisation.get(), validator.get()));
    }

    /** The card's file. */
    public byte[] toBytes() {
        return JsonText.indented(
                Value.Fields.empty()
                        .with("format", FORMAT)
                        .with("draft", draft)
                        .with("organisation", organisation.json())
                        .with("validator", validator.json()));
    }
}
