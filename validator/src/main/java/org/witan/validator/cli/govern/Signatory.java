package org.witan.validator.cli.govern;

import java.time.Duration;
import java.util.Locale;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Sender;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.cli.ask.Author;
import org.witan.validator.cli.ask.Submitter;
import org.witan.validator.cli.ask.Submitter.Settled;
import org.witan.validator.cli.http.NodeClient;

/**
 * Who signs, with which key, for which network. The network comes from the home's genesis file.
 *
 * @param network the network
 * @param sender who it is
 * @param key its present key
 */
public record Signatory(NetworkId network, Sender sender, Signer key) {
    /**
     * The organisation whose governance key this is.
     *
     * @throws OperatorError if it is nobody's
     */
    public static Signatory organisation(NodeClient node, Signer key, GlobalOptions options) {
        String wanted = key.publicKey().toString();
        NodeId id =
                node.get("/v1/organisations").list("organisations").stream()
                        .filter(row -> row.shown("governanceKey").equals(wanted))
                        .flatMap(row -> row.text("id").filter(NodeId::isValid).stream())
                        .map(NodeId::new)
                        .findFirst()
                        .orElseThrow(() -> nobodys(wanted));
        return new Signatory(new Author(options).network(), new Sender(true, id), key);
    }

    /** The home's node. */
    public static Signatory member(GlobalOptions options) {
        Author author = new Author(options);
        return new Signatory(author.network(), Sender.member(author.id()), author.signer());
    }

    /**
     * Signs an operation and waits until the ledger has done it.
     *
     * @throws OperatorError if the ledger has it, and refused to do it
     */
    public Settled submit(NodeClient node, Operation operation, Duration patience) {
        Settled settled = new Submitter(node, network, sender, key).submit(operation, patience);
        if (!settled.outcome().equals("done")) {
            throw new OperatorError(
                    exitCode(settled.outcome()),
                    settled.outcome().toUpperCase(Locale.ROOT).replace('-', '_'),
                    "the ledger has the transaction, but it changed nothing",
                    why(settled.outcome()) + " (height " + settled.height() + ")",
                    fix(settled.outcome()));
        }
        return settled;
    }

    private static ExitCode exitCode(String outcome) {
        return switch (outcome) {
            case "not-permitted" -> ExitCode.NOT_AUTHORISED;
            case "bad-proof", "other-change" -> ExitCode.VERIFICATION_FAILED;
            case "too-few-validators", "too-few-ready", "no-margin", "permit-held" ->
                    ExitCode.REFUSED_FOR_SAFETY;
            case "not-attested", "plan-suspended", "plan-in-flight" -> ExitCode.REFUSED_FOR_SAFETY;
            case "out-of-range", "too-many-validators" -> ExitCode.USAGE;
            default -> ExitCode.NOT_FOUND;
        };
    }

    private static String why(String outcome) {
        return switch (outcome) {
            case "not-permitted" -> "this sender may not do that";
            case "change-in-flight" -> "another change of the membership is open";
            case "change-closed" ->
                    "the change was applied, withdrawn or cancelled, or has expired";
            case "other-change" -> "the change of this number is another one";
            case "already-approved" -> "this organisation has approved it before";
            case "too-many-changes" -> "this organisation has four open changes";
            case "bad-proof" -> "the new key did not sign for this network, owner and key number";
            case "key-in-use" -> "the new key is or was somebody's";
            case "id-in-use" -> "a member or organisation has or had this id";
            case "no-such-member" -> "there is no member or organisation of this id";
            case "wrong-state" -> "it is so already, or cannot be from the present state";
            case "too-few-validators" -> "fewer validators than minimumValidators would be left";
            case "too-many-validators" -> "there would be more than 100 validators";
            case "too-few-ready" ->
                    "validators that never attested would be more than the quorum can spare";
            case "out-of-range" -> "a rule of this name or value is not allowed";
            case "no-such-plan" -> "no upgrade plan of this number is the present one";
            case "plan-closed" -> "the plan was finalised or aborted, or its deadline has passed";
            case "plan-in-flight" -> "another upgrade plan is open";
            case "plan-suspended" -> "two upgrades of the plan have failed";
            case "permit-held" -> "another member may restart its node now";
            case "no-margin" -> "the validators that are left would be no quorum";
            case "no-such-invitation" -> "the ledger has no such invitation";
            case "invitation-closed" ->
                    "it was used, was revoked or has expired, or whom it admitted has left";
            case "too-many-invitations" ->
                    "this member has 16 open invitations, or 4096 members were invited";
            case "not-attested" -> "a node did not attest the plan's level since its approval";
            default -> outcome;
        };
    }

    private static String fix(String outcome) {
        return switch (outcome) {
            case "change-in-flight", "change-closed", "other-change", "already-approved" ->
                    "witan member proposals --all";
            case "too-many-changes" -> "witan member withdraw N";
            case "bad-proof" -> "have the request made anew: witan member request --help";
            case "too-few-validators" -> "add a validator first";
            case "too-few-ready" -> "wait until those that joined have attested: witan member list";
            case "out-of-range" -> "witan config params";
            case "no-such-invitation", "invitation-closed", "too-many-invitations" ->
                    "witan invite list";
            case "no-such-plan", "plan-closed", "plan-in-flight", "permit-held", "not-attested" ->
                    "witan upgrade status";
            case "plan-suspended" -> "find out why; then witan upgrade abort, and propose it again";
            case "no-margin" -> "wait until those that joined have attested: witan why";
            default -> "witan member list";
        };
    }

    private static OperatorError nobodys(String key) {
        return new OperatorError(
                ExitCode.NOT_AUTHORISED,
                "NO_GOVERNANCE_KEY",
                "this key decides nothing",
                "no organisation has the governance key " + key,
                "--key F; GET /v1/organisations lists who decides, and their keys");
    }
}
