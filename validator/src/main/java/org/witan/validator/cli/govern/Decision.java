package org.witan.validator.cli.govern;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.witan.chain.block.GovernanceOperation;
import org.witan.chain.block.GovernanceOperation.Approve;
import org.witan.chain.block.GovernanceOperation.Propose;
import org.witan.chain.block.GovernanceOperation.Withdraw;
import org.witan.chain.change.Change;
import org.witan.chain.shown.InWords;
import org.witan.chain.shown.Shown;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.cli.ask.Asked;
import org.witan.validator.cli.ask.Submitter.Settled;
import org.witan.validator.cli.config.SettingsSources;
import org.witan.validator.cli.http.NodeClient;
import picocli.CommandLine.Model.CommandSpec;

/**
 * An organisation decides: it is shown what a change does, its governance key signs, and the answer
 * says what has become of the change.
 */
public final class Decision {
    private final CommandSpec spec;
    private final GlobalOptions options;

    /** A decision that a verb of these options asks for. */
    public Decision(CommandSpec spec) {
        this.spec = spec;
        options = GlobalOptions.of(spec);
    }

    /**
     * What is about to be signed.
     *
     * @param operation it
     * @param change what it is about
     * @param effect what that does
     */
    private record Draft(GovernanceOperation operation, Change change, Effect effect) {}

    /**
     * Proposes a change, and waits until the ledger has it.
     *
     * @throws OperatorError NO_MARGIN if it would leave none and that is not insisted on
     */
    public int propose(Change change, ProposalOptions wish) {
        try (NodeClient node = client()) {
            Effect effect = shown(node, change);
            if (effect.danger().isPresent() && !wish.force()) {
                throw effect.danger().get();
            }
            boolean forced = effect.danger().isPresent();
            Propose operation = new Propose(change, wish.reason(), forced);
            return decide(node, wish.signing(), new Draft(operation, change, effect));
        }
    }

    /**
     * Approves a change, and waits until the ledger has it.
     *
     * @param force even if it leaves no margin and its proposer was not told so
     */
    int approve(long number, SigningOptions signing, boolean force) {
        try (NodeClient node = client()) {
            Listed listed = open(node, number);
            Change change = listed.change();
            options.say(spec, listed.line());
            Effect effect = shown(node, change);
            boolean insisted = force || listed.row().flag("forced");
            if (effect.danger().isPresent() && !insisted) {
                throw effect.danger().get();
            }
            boolean forced = effect.danger().isPresent() && force;
            Approve operation = new Approve(number, change.hash(), forced);
            return decide(node, signing, new Draft(operation, change, effect));
        }
    }

    /** Takes a change or an approval back, and waits until the ledger has it. */
    int withdraw(long number, SigningOptions signing) {
        try (NodeClient node = client()) {
            Listed listed = open(node, number);
            options.say(spec, listed.line());
            Effect effect = Effect.of(listed.change(), standing(node));
            return decide(node, signing, new Draft(new Withdraw(number), listed.change(), effect));
        }
    }

    /** Of the node that is asked; whoever signs names a home first, for its genesis file. */
    private NodeClient client() {
        if (!options.dryRun()) {
            SettingsSources.of(options).resolve().namedHome();
        }
        return Asked.client(options);
    }

    private static Listed open(NodeClient node, long number) {
        Listed listed = Listed.of(node, number);
        if (listed.isOpen()) {
            return listed;
        }
        throw new OperatorError(
                ExitCode.NOT_FOUND,
                "CHANGE_CLOSED",
                "change " + number + " is closed",
                "it is " + listed.status(),
                "witan member proposals lists the open ones; propose it again");
    }

    private static Standing standing(NodeClient node) {
        return Standing.of(node.get("/v1/members").list("members"));
    }

    private Effect shown(NodeClient node, Change change) {
        Effect effect = Effect.of(change, standing(node));
        options.say(spec, InWords.of(change));
        if (effect.changesValidators()) {
            effect.lines().forEach(line -> options.say(spec, "  " + line));
        } else {
            options.say(spec, "  the validators stay as they are");
        }
        return effect;
    }

    private int decide(NodeClient node, SigningOptions signing, Draft draft) {
        if (options.dryRun()) {
            options.say(spec, "dry run: nothing is signed or sent");
            options.print(spec, List.of(), json(draft));
            return ExitCode.OK.number();
        }
        Signatory organisation = Signatory.organisation(node, signing.open(options), options);
        options.confirm("sign this for organisation " + organisation.sender().id() + "?");
        Settled settled = organisation.submit(node, draft.operation(), Asked.patience(options));
        Listed now = Listed.of(node, settled.version());
        Map<String, Object> json = json(draft);
        json.putAll(now.json());
        json.put("organisation", organisation.sender().id().value());
        json.put("transaction", settled.id());
        json.put("height", settled.height());
        InForce inForce = InForce.of(node, settled.height());
        String line = "change %d: %s".formatted(now.number(), now.status());
        if (now.status().equals("applied")) {
            json.put("activeHeight", inForce.height());
            json.put("activeEpoch", inForce.epoch());
            line += ", " + inForce.sentence();
        } else if (now.isOpen()) {
            line += ", " + now.approvals() + " approvals";
        }
        options.print(spec, List.of(line, "final at height " + settled.height()), json);
        if (now.isOpen()) {
            options.say(spec, "the others: witan member approve " + now.number());
        }
        return ExitCode.OK.number();
    }

    private static Map<String, Object> json(Draft draft) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("operation", Shown.operation(draft.operation()).get("type"));
        json.put("change", Shown.change(draft.change()));
        json.put("changeHash", draft.change().hash().hex());
        json.put("effect", draft.effect().json());
        return json;
    }
}
