package org.witan.chain.shown;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.witan.chain.block.GovernanceOperation;
import org.witan.chain.block.GovernanceOperation.Approve;
import org.witan.chain.block.GovernanceOperation.Propose;
import org.witan.chain.block.GovernanceOperation.RotateKey;
import org.witan.chain.block.GovernanceOperation.Withdraw;
import org.witan.chain.change.Change;
import org.witan.chain.change.Change.AddMember;
import org.witan.chain.change.Change.RemoveMember;
import org.witan.genesis.membership.Endpoint;

/**
 * What values of governance say, by name. The values of a map are texts, truth values, {@code
 * Integer} and {@code Long} numbers, lists and maps of these.
 */
public final class Shown {
    private Shown() {}

    /** What an operation does; the first field is {@code type}. */
    public static SequencedMap<String, Object> operation(GovernanceOperation operation) {
        SequencedMap<String, Object> shown = new LinkedHashMap<>();
        switch (operation) {
            case Propose(var change, var reason, var forced) -> {
                shown.put("type", "propose");
                shown.put("change", change(change));
                shown.put("changeHash", change.hash().hex());
                shown.put("reason", reason);
                shown.put("forced", forced);
            }
            case Approve(var number, var change) -> {
                shown.put("type", "approve");
                shown.put("number", number);
                shown.put("changeHash", change.hex());
            }
            case Withdraw(var number) -> {
                shown.put("type", "withdraw");
                shown.put("number", number);
            }
            case RotateKey(var key, _) -> {
                shown.put("type", "rotate-key");
                shown.put("key", key.toString());
            }
        }
        return shown;
    }

    /** What a change is about; the first field is {@code type}. */
    public static SequencedMap<String, Object> change(Change change) {
        SequencedMap<String, Object> shown = new LinkedHashMap<>();
        switch (change) {
            case AddMember add -> {
                shown.put("type", "add-member");
                shown.put("member", add.id().value());
                shown.put("organisation", add.organisation().value());
                shown.put("role", word(add.role()));
                shown.put("learner", add.learner());
                shown.put("key", add.key().toString());
                shown.put("endpoints", endpoints(add.endpoints()));
            }
            case RemoveMember(var id) -> {
                shown.put("type", "remove-member");
                shown.put("member", id.value());
            }
        }
        return shown;
    }

    /** A constant as it is written in bodies: small letters and dashes. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Endpoints as they are written. */
    public static List<String> endpoints(List<Endpoint> endpoints) {
        return endpoints.stream().map(Endpoint::toString).toList();
    }
}
