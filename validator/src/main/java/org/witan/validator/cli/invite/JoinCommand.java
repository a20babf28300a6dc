package org.witan.validator.cli.invite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.witan.chain.block.Transaction;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.cli.ceremony.Documents;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.document.GenesisFile;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.file.SafeFiles;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.validator.cli.ask.Asked;
import org.witan.validator.cli.config.Setting;
import org.witan.validator.cli.http.Answer;
import org.witan.validator.cli.http.NodeAddress;
import org.witan.validator.cli.http.NodeClient;
import org.witan.validator.cli.http.Problems;
import org.witan.validator.cli.http.Request;
import org.witan.validator.cli.node.NodeHome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code witan join}: makes a home with an invitation. A node redeems it when it starts, over the
 * links that it opens; a client has it redeemed at once.
 */
@Command(
        name = "join",
        description = {
            "Make a home with an invitation.",
            "A node redeems it when it starts; a client's is redeemed at once."
        })
public final class JoinCommand implements Callable<Integer> {
    private static final int LIFETIME_BLOCKS = 500;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "WORD", description = "what witan invite create printed")
    private String word = "";

    @Option(names = "--id", required = true, description = "the id to join under")
    private String id = "";

    @Option(
            names = "--genesis",
            required = true,
            paramLabel = "F",
            description = "the network's genesis file; a copy is kept in the home")
    private Path genesis = Path.of("genesis.json");

    @Option(names = "--api-listen", paramLabel = "HOST:PORT", description = "its HTTP API")
    private @Nullable String apiListen;

    @Override
    public Integer call() {
        GlobalOptions options = GlobalOptions.of(spec);
        Path home = NodeHome.toMake(options, "witan join WORD --home DIR --id ID --genesis FILE");
        Token token = Token.parse(word);
        if (token.expires() < Instant.now().toEpochMilli()) {
            throw new OperatorError(
                    ExitCode.VERIFICATION_FAILED,
                    "INVITATION_EXPIRED",
                    "the invitation has expired",
                    "it was good until " + Instant.ofEpochMilli(token.expires()),
                    "ask who invited you for a new one");
        }
        if (!NodeId.isValid(id)) {
            throw InviteCommand.usage("'" + id + "' is no id: 1 to 63 of a-z, 0-9 and -");
        }
        GenesisFile founded = Documents.genesis(genesis);
        token.require(founded.networkId());
        if (options.dryRun()) {
            options.say(spec, "would make " + home + " for " + id + ", by an " + token);
            return ExitCode.OK.number();
        }
        SigningKey key = SigningKey.generate(new SecureRandom());
        makeHome(home, key, token);
        return token.role() == Role.CLIENT
                ? client(home, key, token)
                : told(home, key, token, "witan start --home " + home);
    }

    private void makeHome(Path home, SigningKey key, Token token) {
        Path copy = home.resolve(Setting.GENESIS.standard());
        boolean isThere = Files.exists(copy);
        NodeHome.make(home, key, Optional.empty(), settings(token));
        if (!isThere) {
            SafeFiles.createPublic(copy, SafeFiles.read(genesis, 1 << 20));
        }
        if (token.role() != Role.CLIENT) {
            Invited.keep(home, token);
        }
    }

    private Map<Setting, String> settings(Token token) {
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        settings.put(Setting.ID, id);
        if (token.role() != Role.CLIENT) {
            settings.put(Setting.ROLE, InviteCommand.word(token.role()));
            settings.put(
                    Setting.LINK_JOIN,
                    token.ask().stream().map(Token.Ask::toString).collect(Collectors.joining(",")));
        }
        if (apiListen != null) {
            settings.put(Setting.API_LISTEN, apiListen);
        }
        return settings;
    }

    private int client(Path home, SigningKey key, Token token) {
        NodeAddress address = NodeAddress.parse(token.api());
        try (NodeClient node = new NodeClient(address, Asked.patience(GlobalOptions.of(spec)))) {
            long height = node.get("/v1/status").number("height").orElse(0L);
            Transaction redemption =
                    token.redemption(new NodeId(id), key, height + LIFETIME_BLOCKS);
            String path = "/v1/transactions?wait=commit&timeout=20s";
            Answer answer = node.send(Request.post(path, Transaction.CODEC.encode(redemption)));
            if (answer.status() >= 300) {
                throw Problems.of(address, answer);
            }
            String outcome = node.fields(answer).inner("receipt").text("outcome").orElse("");
            if (!outcome.equals("done")) {
                throw new OperatorError(
                        ExitCode.NOT_FOUND,
                        "NOT_ADMITTED",
                        "the ledger did not admit " + id,
                        "its answer is '" + outcome + "'",
                        "ask who invited you for a new invitation; remove " + home);
            }
        }
        return told(
                home,
                key,
                token,
                "witan entry put KEY VALUE --home " + home + " --node " + token.api());
    }

    private int told(Path home, SigningKey key, Token token, String next) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("home", home.toString());
        json.put("id", id);
        json.put("role", InviteCommand.word(token.role()));
        json.put("key", key.publicKey().toString());
        json.put("words", token.words());
        String made =
                "%s for %s, %s of %s"
                        .formatted(home, id, InviteCommand.word(token.role()), token.words());
        List<String> lines = NodeHome.told(made, key.publicKey(), next);
        GlobalOptions.of(spec).print(spec, lines, json);
        return ExitCode.OK.number();
    }
}
