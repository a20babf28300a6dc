package org.witan.validator.cli.invite;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.witan.chain.block.GovernanceOperation.Invite;
import org.witan.chain.block.GovernanceOperation.Revoke;
import org.witan.chain.change.Invitation;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.cli.Units;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.validator.cli.ask.Asked;
import org.witan.validator.cli.ask.Submitter.Settled;
import org.witan.validator.cli.ask.Table;
import org.witan.validator.cli.config.JoinPoint;
import org.witan.validator.cli.govern.Signatory;
import org.witan.validator.cli.govern.SigningOptions;
import org.witan.validator.cli.http.Fields;
import org.witan.validator.cli.http.NodeClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code witan invite}: lets gateways, observers and clients join without a vote. */
@Command(
        name = "invite",
        description = "Invite a gateway, an observer or a client; once, and for a while.",
        synopsisSubcommandLabel = "VERB")
public final class InviteCommand {
    @Spec private CommandSpec spec = CommandSpec.create();

    /** Makes an invitation and prints the word to send. */
    @Command(description = "Make an invitation and print the word to send: witan join WORD.")
    int create(
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "R",
                            description = "gateway, observer or client")
                    String role,
            @Option(
                            names = "--expires",
                            defaultValue = "24h",
                            paramLabel = "T",
                            description = "for how long, up to 30d (24h)")
                    String expires,
            @Option(
                            names = "--ask",
                            split = ",",
                            paramLabel = "ID@WS://…",
                            description = "members to link with; default: up to 4 validators")
                    List<String> ask,
            @Option(
                            names = "--api",
                            paramLabel = "URL",
                            description = "where a client hands in; default: the home's node")
                    @Nullable String api) {
        Role wanted = role(role);
        long until = Instant.now().toEpochMilli() + lifetime(expires).toMillis();
        try (NodeClient node = Asked.client(options())) {
            Signatory inviter = Signatory.member(options());
            Token token =
                    new Token(
                            inviter.network(),
                            Token.freshSecret(),
                            wanted,
                            until,
                            wanted == Role.CLIENT ? address(api) : "",
                            wanted == Role.CLIENT ? List.of() : asked(ask, node));
            return create(node, inviter, token);
        }
    }

    private int create(NodeClient node, Signatory inviter, Token token) {
        if (options().dryRun()) {
            options().say(spec, "dry run: nothing is signed or sent");
            return ExitCode.OK.number();
        }
        PublicKey key = token.key().publicKey();
        Settled settled =
                inviter.submit(
                        node,
                        new Invite(key, token.role(), token.expires()),
                        Asked.patience(options()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("invitation", name(key));
        json.put("role", word(token.role()));
        json.put("expires", time(token.expires()));
        json.put("network", token.network().toString());
        json.put("words", token.words());
        json.put("height", settled.height());
        json.put("token", token.text());
        options()
                .say(
                        spec,
                        "invitation %s as %s, until %s; send the next line and genesis.json, and"
                                        .formatted(
                                                name(key).substring(0, 8),
                                                word(token.role()),
                                                time(token.expires()))
                                + " whoever has it first joins");
        options().print(spec, List.of(token.text()), json);
        return ExitCode.OK.number();
    }

    /** Lists invitations. */
    @Command(description = "The invitations on the ledger, and what became of them.")
    int list() {
        try (NodeClient node = Asked.client(options())) {
            Fields all = node.get("/v1/invitations");
            Table table = new Table("INVITATION", "ROLE", "BY", "STATUS", "EXPIRES", "NEWCOMER");
            for (Fields row : all.list("invitations")) {
                table.row(
                        row.shown("invitation").substring(0, 16),
                        row.shown("role"),
                        row.shown("inviter"),
                        row.shown("status"),
                        row.shown("expires"),
                        row.text("newcomer").orElse(""));
            }
            options().print(spec, table.lines(), all.values());
            return ExitCode.OK.number();
        }
    }

    /** Takes an invitation back. */
    @Command(
            description = {
                "Take an invitation back, and whom it admitted.",
                "By who invited; with --organisation by its organisation."
            })
    int revoke(
            @Parameters(
                            paramLabel = "INVITATION|ID",
                            description = "its beginning, or the id of whom it admitted")
                    String which,
            @Option(names = "--organisation", description = "sign with a governance key")
                    boolean organisation,
            @Mixin SigningOptions signing) {
        try (NodeClient node = Asked.client(options())) {
            Fields row = find(node, which);
            PublicKey invitation = PublicKey.parse("ed25519:" + row.shown("invitation"));
            Signatory by =
                    organisation
                            ? Signatory.organisation(node, signing.open(options()), options())
                            : Signatory.member(options());
            if (options().dryRun()) {
                options().say(spec, "dry run: nothing is signed or sent");
                return ExitCode.OK.number();
            }
            Settled settled = by.submit(node, new Revoke(invitation), Asked.patience(options()));
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("invitation", name(invitation));
            json.put("newcomer", row.text("newcomer").orElse(null));
            json.put("height", settled.height());
            String line =
                    "revoked %s%s"
                            .formatted(
                                    name(invitation).substring(0, 16),
                                    row.text("newcomer").map(id -> ", and " + id).orElse(""));
            options().print(spec, List.of(line, "final at height " + settled.height()), json);
            return ExitCode.OK.number();
        }
    }

    private static Fields find(NodeClient node, String which) {
        List<Fields> found =
                node.get("/v1/invitations").list("invitations").stream()
                        .filter(row ->
                                row.text("newcomer").filter(which::equals).isPresent()
                                                && !row.shown("status").equals("revoked")
                                        || which.length() >= 8
                                                && row.shown("invitation").startsWith(which))
                        .toList();
        if (found.size() != 1) {
            throw new OperatorError(
                    ExitCode.NOT_FOUND,
                    "NO_SUCH_INVITATION",
                    "'%s' names %d invitations".formatted(which, found.size()),
                    "an invitation is named by 8 or more digits of its beginning, or by whom it"
                            + " admitted",
                    "witan invite list");
        }
        return found.getFirst();
    }

    private List<Token.Ask> asked(@Nullable List<String> given, NodeClient node) {
        List<Token.Ask> ask = new ArrayList<>();
        if (given != null && !given.isEmpty()) {
            given.forEach(text -> ask.add(ask(text)));
        } else {
            for (Fields row : node.get("/v1/members").list("members")) {
                row.texts("endpoints").stream()
                        .filter(_ -> row.shown("role").equals("validator"))
                        .findFirst()
                        .ifPresent(endpoint -> ask.add(ask(row.shown("id") + "@" + endpoint)));
            }
        }
        return ask.subList(0, Math.min(Token.MOST_ASKED, ask.size()));
    }

    private static Token.Ask ask(String text) {
        try {
            JoinPoint point = JoinPoint.parse(text);
            NodeId id = point.id().orElseThrow(() -> usage("'" + text + "' names no member"));
            Endpoint endpoint = point.endpoint();
            return new Token.Ask(id, endpoint);
        } catch (IllegalArgumentException bad) {
            throw usage("'" + text + "' is no ID@WS://HOST:PORT");
        }
    }

    private String address(@Nullable String given) {
        return given == null ? Asked.address(options()).toString() : given;
    }

    private static Role role(String text) {
        for (Role role : Role.values()) {
            if (role != Role.VALIDATOR && word(role).equals(text)) {
                return role;
            }
        }
        throw usage("'" + text + "' is no role to invite for; gateway, observer or client");
    }

    private static Duration lifetime(String text) {
        try {
            Duration lifetime = Units.duration(text);
            boolean fits =
                    lifetime.isPositive() && lifetime.toMillis() <= Invitation.MAX_LIFETIME_MILLIS;
            if (fits) {
                return lifetime;
            }
        } catch (IllegalArgumentException bad) {
            throw usage(String.valueOf(bad.getMessage()));
        }
        throw usage("an invitation lasts for up to 30d, not " + text);
    }

    static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static String name(PublicKey key) {
        return key.toString().substring("ed25519:".length());
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static OperatorError usage(String what) {
        return new OperatorError(
                ExitCode.USAGE,
                "USAGE",
                what,
                "witan invite VERB --help lists what each takes",
                "witan invite --help");
    }

    private GlobalOptions options() {
        return GlobalOptions.of(spec);
    }
}
