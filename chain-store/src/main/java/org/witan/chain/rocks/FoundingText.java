package org.witan.chain.rocks;

import java.util.List;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.Organisation;

/** A founding as lines for people, kept in the store to say later what differs. */
final class FoundingText {
    private FoundingText() {}

    static String of(Founding founding) {
        StringBuilder text = new StringBuilder();
        line(text, "name", founding.name());
        line(text, "created", founding.createdMillis());
        line(text, "devnet", founding.devnet());
        line(text, "protocol level", founding.protocolLevel());
        line(text, "rules", founding.rules());
        for (Organisation organisation : founding.organisations()) {
            line(
                    text,
                    "organisation " + organisation.id(),
                    organisation.governanceKey() + " " + organisation.recoveryKey());
        }
        for (Member member : founding.members()) {
            line(
                    text,
                    "validator " + member.id(),
                    member.key() + " " + member.organisation() + " " + member.endpoints());
        }
        return text.toString();
    }

    /** The first line that one has and the other has not, as a sentence. */
    static String firstDifference(String stored, String given) {
        List<String> before = stored.lines().toList();
        List<String> after = given.lines().toList();
        for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
            String ours = i < before.size() ? before.get(i) : "nothing";
            String theirs = i < after.size() ? after.get(i) : "nothing";
            if (!ours.equals(theirs)) {
                return "first difference: the store has \"%s\", the genesis has \"%s\""
                        .formatted(ours, theirs);
            }
        }
        return "both found the same members; the files differ in what is not shown here";
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append(name).append(": ").append(value).append('\n');
    }
}
