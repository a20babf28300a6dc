package org.witan.validator.cli.govern;

import java.util.Locale;
import org.witan.chain.change.Change;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code witan member propose}: an organisation asks for a change. */
@Command(
        name = "propose",
        description = {
            "Propose a change for your organisation, and approve it thereby.",
            "What it does to validators, quorum and margin is shown first; one that would leave no"
                    + " margin is refused (7) unless --force."
        },
        synopsisSubcommandLabel = "CHANGE")
final class ProposeCommand {
    private static final String ID = "ID";

    @Spec private CommandSpec spec = CommandSpec.create();

    /** Adds the member that asks for it. */
    @Command(description = "Add a member; a validator follows first and votes once it attests.")
    int add(
            @Parameters(paramLabel = "REQUEST", description = "from: witan member request add")
                    String request,
            @Option(
                            names = "--at-once",
                            description =
                                    "a validator that is counted before it has shown that"
                                            + " it runs")
                    boolean atOnce,
            @Mixin ProposalOptions wish) {
        Change.AddMember add = RequestText.read(request, Change.AddMember.class);
        boolean learner = add.role() == Role.VALIDATOR && !atOnce;
        return propose(
                new Change.AddMember(
                        add.id(),
                        add.organisation(),
                        add.role(),
                        learner,
                        add.key(),
                        add.endpoints(),
                        add.proof()),
                wish);
    }

    /** Removes a member. */
    @Command(description = "Remove a member; its entries stay.")
    int remove(@Parameters(paramLabel = ID) String id, @Mixin ProposalOptions wish) {
        return propose(new Change.RemoveMember(id(id)), wish);
    }

    /** Suspends a member. */
    @Command(description = "Suspend a member: it keeps its place, and votes and writes no more.")
    int suspend(@Parameters(paramLabel = ID) String id, @Mixin ProposalOptions wish) {
        return propose(new Change.Suspend(id(id)), wish);
    }

    /** Resumes a suspended member. */
    @Command(description = "Let a suspended member take part again.")
    int resume(@Parameters(paramLabel = ID) String id, @Mixin ProposalOptions wish) {
        return propose(new Change.Resume(id(id)), wish);
    }

    /** Gives a member another role. */
    @Command(description = "Give a member another role.")
    int role(
            @Parameters(paramLabel = ID) String id,
            @Parameters(paramLabel = "ROLE", description = "validator, gateway, observer, client")
                    String role,
            @Mixin ProposalOptions wish) {
        return propose(new Change.SetRole(id(id), role(role)), wish);
    }

    /** Gives a member or an organisation another key. */
    @Command(name = "replace-key", description = "Put another key in the place of a lost one.")
    int replaceKey(
            @Parameters(
                            paramLabel = "REQUEST",
                            description = "from: witan member request replace-key")
                    String request,
            @Mixin ProposalOptions wish) {
        return propose(RequestText.read(request, Change.ReplaceKey.class), wish);
    }

    /** Adds an organisation, which then decides with the others. */
    @Command(name = "add-organisation", description = "Add an organisation; it decides from then.")
    int addOrganisation(
            @Parameters(
                            paramLabel = "REQUEST",
                            description = "from: witan member request add-organisation")
                    String request,
            @Mixin ProposalOptions wish) {
        return propose(RequestText.read(request, Change.AddOrganisation.class), wish);
    }

    /** Removes an organisation that answers for no members. */
    @Command(
            name = "remove-organisation",
            description = "Remove an organisation that answers for no member.")
    int removeOrganisation(@Parameters(paramLabel = ID) String id, @Mixin ProposalOptions wish) {
        return propose(new Change.RemoveOrganisation(id(id)), wish);
    }

    /** Ends somebody's open change. */
    @Command(description = "End an open change, whoever proposed it.")
    int cancel(@Parameters(paramLabel = "N") long number, @Mixin ProposalOptions wish) {
        return propose(new Change.Cancel(number), wish);
    }

    private int propose(Change change, ProposalOptions wish) {
        return new Decision(spec).propose(change, wish);
    }

    /**
     * A role by its name.
     *
     * @throws OperatorError if there is none of this name
     */
    static Role role(String text) {
        for (Role role : Role.values()) {
            if (role.name().toLowerCase(Locale.ROOT).equals(text)) {
                return role;
            }
        }
        throw usage("'" + text + "' is no role", "validator, gateway, observer or client");
    }

    /**
     * An id of a member or an organisation.
     *
     * @throws OperatorError if it cannot be one
     */
    static NodeId id(String text) {
        if (NodeId.isValid(text)) {
            return new NodeId(text);
        }
        throw usage(
                "'" + text + "' cannot be an id",
                "an id has 1 to 63 of a-z, 0-9 and -, with no - at either end");
    }

    private static OperatorError usage(String what, String why) {
        return new OperatorError(ExitCode.USAGE, "USAGE", what, why, "witan member list");
    }
}
