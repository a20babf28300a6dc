package org.witan.genesis.document;

import java.time.Instant;
import java.util.Optional;
import org.witan.genesis.json.FieldReader;
import org.witan.genesis.json.JsonText;
import org.witan.genesis.json.Problems;
import org.witan.genesis.json.Reading;
import org.witan.genesis.json.StrictJson;
import org.witan.genesis.json.Value;
import org.witan.genesis.membership.Rules;

/**
 * What founders agree on before they exchange cards: the head of the genesis body.
 *
 * @param name the network's name, for people
 * @param id binds cards to this ceremony
 * @param created when it started, in whole seconds; the time of height 0
 * @param devnet whether this is a network for trying things out
 * @param protocolLevel which rules of validity apply, from 1
 * @param rules the parameters
 */
public record Draft(
        String name, String id, Instant created, boolean devnet, int protocolLevel, Rules rules) {
    /** The one level of protocol that this program knows. */
    public static final int KNOWN_LEVEL = 1;

    private static final String FORMAT = "witan-draft/1";

    /**
     * Checks what a text decides that the operator gives.
     *
     * @throws IllegalArgumentException with a sentence for a bad name or id
     */
    public Draft {
        Forms.name(name);
        Forms.draft(id);
    }

    /** A moment as documents write it. */
    public static Instant moment(String text) {
        return Forms.created(text);
    }

    /** Reads a draft's file. */
    public static Reading<Draft> read(byte[] document) {
        Problems problems = new Problems();
        return StrictJson.read(document, problems)
                .flatMap(root -> {
                    FieldReader in = new FieldReader(root, "", problems);
                    Optional<Draft> draft = DocumentReader.head(in, FORMAT);
                    in.end();
                    return draft;
                })
                .filter(_ -> problems.none())
                .<Reading<Draft>>map(Reading.Ok::new)
                .orElseGet(() -> new Reading.Bad<>(problems.found()));
    }

    /** The draft's file. */
    public byte[] toBytes() {
        return JsonText.indented(json(FORMAT));
    }

    Value.Fields json(String format) {
        Value.Fields fields =
                Value.Fields.empty()
                        .with("format", format)
                        .with("name", name)
                        .with("draft", id)
                        .with("created", created.toString());
        if (devnet) {
            fields.withTrue("devnet");
        }
        return fields.with("protocolLevel", protocolLevel).with("rules", RulesForm.json(rules));
    }
}
