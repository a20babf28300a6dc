package org.witan.validator.cli.govern;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.witan.chain.block.Sender;
import org.witan.chain.change.Change;
import org.witan.chain.change.KeyProofs;
import org.witan.chain.shown.InWords;
import org.witan.chain.shown.Shown;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.crypto.Purpose;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.file.SafeFiles;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.VisibleText;
import org.witan.validator.cli.ask.Asked;
import org.witan.validator.cli.ask.Author;
import org.witan.validator.cli.http.HttpConnection;
import org.witan.validator.cli.http.NodeClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code witan member request}: whoever holds a new key asks that it be taken. */
@Command(
        name = "request",
        description = {
            "Make a request that an organisation can propose, signed by the new key.",
            "It holds no secret: send it to whoever is to propose it."
        },
        synopsisSubcommandLabel = "CHANGE")
final class RequestCommand {
    private static final String OUT = "write it to a new file";

    @Spec private CommandSpec spec = CommandSpec.create();

    /** {@code host:port} or {@code ws://host:port}. */
    static final class EndpointForm implements ITypeConverter<Endpoint> {
        @Override
        public Endpoint convert(String text) {
            try {
                return Endpoint.parse(text.contains("://") ? text : "ws://" + text);
            } catch (IllegalArgumentException bad) {
                throw new TypeConversionException("'" + text + "': " + bad.getMessage());
            }
        }
    }

    /** Asks that the home's node be added. */
    @Command(description = "Ask that the node of --home be added; its key signs.")
    int add(
            @Option(names = "--organisation", required = true, description = "answers for it")
                    String organisation,
            @Option(names = "--role", defaultValue = "validator") String role,
            @Option(
                            names = "--endpoint",
                            paramLabel = "HOST:PORT",
                            converter = EndpointForm.class,
                            description = "where it can be dialled; up to four times")
                    @Nullable List<Endpoint> endpoints,
            @Option(names = "--out", paramLabel = "F", description = OUT) @Nullable Path out) {
        Author author = new Author(GlobalOptions.of(spec));
        var joining =
                new KeyProofs.Joining(
                        author.id(), ProposeCommand.id(organisation), ProposeCommand.role(role));
        List<Endpoint> hints = endpoints == null ? List.of() : List.copyOf(endpoints);
        return print(
                Change.AddMember.proving(author.network(), joining, false, hints, author.signer()),
                out);
    }

    /** Asks that a new key stand in the place of another. */
    @Command(
            name = "replace-key",
            description = "Ask that the key in F take the place of the home's node's.")
    int replaceKey(
            @Parameters(paramLabel = "F", description = "the new key's file") Path file,
            @Option(
                            names = "--new-passphrase-file",
                            paramLabel = "P",
                            description = "its first line opens F; default: the home's")
                    @Nullable Path passphraseFile,
            @Option(
                            names = "--organisation",
                            paramLabel = "ID",
                            description = "instead: of this organisation's governance key")
                    @Nullable String organisation,
            @Option(names = "--out", paramLabel = "O", description = OUT) @Nullable Path out) {
        Author author = new Author(GlobalOptions.of(spec));
        SigningKey key = SigningOptions.openNew(GlobalOptions.of(spec), file, passphraseFile);
        boolean seat = organisation != null;
        NodeId id = organisation == null ? author.id() : ProposeCommand.id(organisation);
        Sender owner = new Sender(seat, id);
        byte[] content =
                KeyProofs.key(
                        author.network(), owner.toString(), keyNumber(owner) + 1, key.publicKey());
        return print(
                new Change.ReplaceKey(
                        seat, id, key.publicKey(), key.sign(Purpose.KEY_PROOF, content)),
                out);
    }

    private int keyNumber(Sender owner) {
        try (NodeClient node = Asked.client(GlobalOptions.of(spec))) {
            return Math.toIntExact(
                    node.get("/v1/senders/" + HttpConnection.encode(owner.toString()))
                            .number("keyNumber")
                            .orElse(0L));
        }
    }

    /** Asks that an organisation be added, which then decides with the others. */
    @Command(name = "add-organisation", description = "Ask that an organisation be added.")
    int addOrganisation(
            @Parameters(paramLabel = "ID", description = "its id") String id,
            @Option(names = "--name", required = true, description = "for people") String name,
            @Option(
                            names = "--recovery-key",
                            paramLabel = "F",
                            description = "kept offline; default: the governance key itself")
                    @Nullable Path recovery,
            @Option(names = "--out", paramLabel = "O", description = OUT) @Nullable Path out,
            @Mixin SigningOptions signing) {
        GlobalOptions options = GlobalOptions.of(spec);
        ProposalOptions.requireVisible("--name", VisibleText.nameProblem(name));
        SigningKey key = signing.open(options);
        SigningKey second =
                recovery == null ? key : SigningOptions.openNew(options, recovery, null);
        return print(
                Change.AddOrganisation.proving(
                        new Author(options).network(), ProposeCommand.id(id), name, key, second),
                out);
    }

    private int print(Change change, @Nullable Path out) {
        GlobalOptions options = GlobalOptions.of(spec);
        String text = RequestText.of(change);
        if (out != null && !options.dryRun()) {
            SafeFiles.createPublic(out, text.getBytes(StandardCharsets.UTF_8));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("change", Shown.change(change));
        json.put("request", text.lines().skip(1).findFirst().orElse(""));
        if (out != null) {
            json.put("file", out.toString());
        }
        options.print(
                spec,
                out == null
                        ? text.lines().toList()
                        : List.of("wrote " + out + ": " + InWords.of(change)),
                json);
        return ExitCode.OK.number();
    }
}
