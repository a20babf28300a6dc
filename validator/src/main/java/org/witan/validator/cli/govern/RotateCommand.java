package org.witan.validator.cli.govern;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.witan.chain.block.GovernanceOperation.RotateKey;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.cli.ask.Asked;
import org.witan.validator.cli.ask.Submitter.Settled;
import org.witan.validator.cli.config.SettingsSources;
import org.witan.validator.cli.http.HttpConnection;
import org.witan.validator.cli.http.NodeClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code witan key rotate}: the holder of a key puts another in its place. */
@Command(
        name = "rotate",
        description = {
            "Put the key in F in the place of the home's node's, signed by both.",
            "Nobody else has to agree. The node votes again once it runs with the new key."
        })
public final class RotateCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "F", description = "the new key's file")
    private Path file = Path.of("");

    @Option(
            names = "--new-passphrase-file",
            paramLabel = "P",
            description = "its first line opens F; default: the home's")
    private @Nullable Path passphraseFile;

    @Option(
            names = "--governance",
            description = "instead: of your organisation's governance key (--key)")
    private boolean governance;

    @Mixin private SigningOptions signing = new SigningOptions();

    @Override
    public Integer call() {
        GlobalOptions options = GlobalOptions.of(spec);
        SettingsSources.of(options).resolve().namedHome();
        SigningKey next = SigningOptions.openNew(options, file, passphraseFile);
        try (NodeClient node = Asked.client(options)) {
            Signatory owner =
                    governance
                            ? Signatory.organisation(node, signing.open(options), options)
                            : Signatory.member(options);
            int number = presentNumber(node, owner) + 1;
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("sender", owner.sender().toString());
            json.put("key", next.publicKey().toString());
            json.put("keyNumber", number);
            if (options.dryRun()) {
                options.say(spec, "dry run: nothing is signed or sent");
                options.print(spec, List.of(), json);
                return ExitCode.OK.number();
            }
            requireSpare(node, owner);
            options.confirm("replace the key of " + owner.sender() + "?");
            Settled settled =
                    owner.submit(
                            node,
                            RotateKey.proving(owner.network(), owner.sender(), number, next),
                            Asked.patience(options));
            InForce inForce = InForce.of(node, settled.height());
            json.put("transaction", settled.id());
            json.put("height", settled.height());
            json.put("activeHeight", inForce.height());
            json.put("activeEpoch", inForce.epoch());
            options.print(spec, List.of(next.publicKey() + ": " + inForce.sentence()), json);
            options.say(spec, governance ? "sign with " + file + " from now on" : restart());
        }
        return ExitCode.OK.number();
    }

    /** A validator does not vote between its old and its new key, so the others must be enough. */
    private static void requireSpare(NodeClient node, Signatory owner) {
        Standing standing = Standing.of(node.get("/v1/members").list("members"));
        boolean counted = standing.validators().getOrDefault(owner.sender().id(), false);
        if (!owner.sender().organisation() && counted && standing.tally().margin() < 1) {
            throw new OperatorError(
                    ExitCode.REFUSED_FOR_SAFETY,
                    "NO_MARGIN",
                    "until it runs with the new key the network could decide nothing",
                    "%d of %d validators are in sync, %d must agree"
                            .formatted(
                                    standing.tally().inSync(),
                                    standing.tally().validators(),
                                    standing.tally().quorum()),
                    "bring back another one first (witan why names it)");
        }
    }

    private String restart() {
        return "now: witan stop, put " + file + " in the place of the node's key, witan start";
    }

    private static int presentNumber(NodeClient node, Signatory owner) {
        String path = "/v1/senders/" + HttpConnection.encode(owner.sender().toString());
        return Math.toIntExact(node.get(path).number("keyNumber").orElse(0L));
    }
}
