package org.witan.validator.cli.ask;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.witan.chain.block.Operation;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.file.SafeFiles;
import org.witan.validator.cli.http.Fields;
import org.witan.validator.cli.http.HttpConnection;
import org.witan.validator.cli.http.NodeClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code witan entry}: participants' entries in the network state. */
@Command(name = "entry", description = "Write and read entries of the network state.")
public final class EntryCommand {
    @Spec private CommandSpec spec = CommandSpec.create();

    /** Sets an entry of the home's node and waits until it is final. */
    @Command(description = "Set an entry of the home's node, and wait until it is final.")
    int put(
            @Parameters(paramLabel = "KEY", description = "1 to 128 bytes") String key,
            @Parameters(paramLabel = "VALUE", description = "the content; - reads it from input")
                    String value,
            @Option(names = "--if-version", paramLabel = "N", description = "only over this one")
                    @Nullable Long ifVersion) {
        byte[] content = value.equals("-") ? input() : value.getBytes(StandardCharsets.UTF_8);
        if (content.length > Operation.MAX_VALUE_BYTES) {
            throw new OperatorError(
                    ExitCode.USAGE,
                    "VALUE_TOO_LARGE",
                    "the value is too large",
                    "the limit is " + Operation.MAX_VALUE_BYTES + " bytes",
                    "split it over several keys");
        }
        return write(new Operation.Put(EntryName.checked(key), content, version(ifVersion)), key);
    }

    /** Removes an entry of the home's node and waits until that is final. */
    @Command(description = "Remove an entry of the home's node, and wait until that is final.")
    int delete(
            @Parameters(paramLabel = "KEY", description = "1 to 128 bytes") String key,
            @Option(names = "--if-version", paramLabel = "N", description = "only this one")
                    @Nullable Long ifVersion) {
        return write(new Operation.Delete(EntryName.checked(key), version(ifVersion)), key);
    }

    /** Prints an entry or writes it to a file, and writes its proof to a file. */
    @Command(description = "Print an entry.")
    int get(
            @Parameters(
                            paramLabel = "[OWNER/]KEY",
                            description = "such as v1/greeting; owner: else the home's node")
                    String text,
            @Option(names = "--at", paramLabel = "H", description = "as it was at this height")
                    @Nullable Long at,
            @Option(names = "--out", paramLabel = "F", description = "write the value's bytes to F")
                    @Nullable Path out,
            @Option(names = "--proof", paramLabel = "F", description = "write its proof to F")
                    @Nullable Path proof) {
        EntryName name = EntryName.parse(text, GlobalOptions.of(spec));
        List<String> query = new ArrayList<>();
        if (at != null) {
            query.add("at=" + at);
        }
        if (proof != null) {
            query.add("proof=true");
        }
        String path = query.isEmpty() ? name.path() : name.path() + "?" + String.join("&", query);
        try (NodeClient client = Asked.client(GlobalOptions.of(spec))) {
            tell(name, found(client, path, name), out, proof);
            return ExitCode.OK.number();
        }
    }

    private Fields found(NodeClient client, String path, EntryName name) {
        try {
            return client.get(path);
        } catch (OperatorError refused) {
            throw refused.code().equals("ENTRY_NOT_FOUND")
                    ? name.notFound(refused, GlobalOptions.of(spec))
                    : refused;
        }
    }

    private void tell(EntryName name, Fields found, @Nullable Path out, @Nullable Path proof) {
        GlobalOptions options = GlobalOptions.of(spec);
        if (proof != null) {
            SavedProof.write(found, proof);
        }
        Optional<byte[]> content = found.text("valueBase64").map(Base64.getDecoder()::decode);
        if (content.isEmpty()) {
            options.print(spec, List.of(absent(name, found, proof)), json(found));
        } else if (out == null) {
            options.print(spec, List.of(shown(found)), json(found));
        } else {
            SafeFiles.replacePublic(out, content.get());
            options.say(spec, content.get().length + " bytes written to " + out);
            if (options.json()) {
                options.print(spec, List.of(), json(found));
            }
        }
    }

    private static String absent(EntryName name, Fields found, @Nullable Path proof) {
        return "there is no entry %s in the state after block %s; %s proves that"
                .formatted(name, found.shown("height"), proof);
    }

    /** Prints the entries whose owner and key begin with a text. */
    @Command(description = "List entries: all, or those of OWNER/ or OWNER/BEGINNING.")
    int list(
            @Parameters(paramLabel = "PREFIX", arity = "0..1", description = "such as v1/")
                    @Nullable String prefix,
            @Option(names = "--limit", defaultValue = "1000", description = "most rows (1000)")
                    int limit) {
        Table table = new Table("ENTRY", "VERSION", "HEIGHT", "VALUE");
        List<Object> json = new ArrayList<>();
        try (NodeClient client = Asked.client(GlobalOptions.of(spec))) {
            String first =
                    "/v1/entries?limit=100&prefix="
                            + HttpConnection.encode(Optional.ofNullable(prefix).orElse(""));
            Optional<String> next = Optional.of("");
            while (next.isPresent() && json.size() < limit) {
                String cursor = next.get().isEmpty() ? "" : "&cursor=" + next.get();
                Fields page = client.get(first + cursor);
                for (Fields entry : page.list("entries")) {
                    if (json.size() < limit) {
                        json.add(json(entry));
                        table.row(
                                entry.shown("owner") + "/" + entry.shown("key"),
                                entry.shown("version"),
                                entry.shown("writtenHeight"),
                                shown(entry));
                    }
                }
                next = page.text("next");
            }
        }
        GlobalOptions.of(spec).print(spec, table.lines(), json);
        return ExitCode.OK.number();
    }

    private int write(Operation operation, String key) {
        GlobalOptions options = GlobalOptions.of(spec);
        Author author = new Author(options);
        EntryName name = new EntryName(author.id().value(), key);
        if (key.startsWith(author.id() + "/")) {
            options.say(spec, "KEY stands behind the owner: the entry is " + name);
        }
        if (options.dryRun()) {
            String verb = operation instanceof Operation.Put ? "set " : "remove ";
            options.say(spec, "would " + verb + name);
            return ExitCode.OK.number();
        }
        try (NodeClient client = Asked.client(options)) {
            Submitter.Settled settled =
                    author.submitter(client).submit(operation, Asked.patience(options));
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("id", settled.id());
            json.put("height", settled.height());
            json.put("outcome", settled.outcome());
            json.put("version", settled.version());
            json.put("owner", name.owner());
            json.put("key", name.key());
            if (!settled.outcome().equals("done")) {
                throw new OperatorError(
                        exitCode(settled.outcome()),
                        settled.outcome().toUpperCase(java.util.Locale.ROOT).replace('-', '_'),
                        "the ledger has the transaction, but it changed nothing",
                        settled.outcome() + " at height " + settled.height() + ", " + settled.id(),
                        "witan entry get " + name + " -o json shows the version that is there");
            }
            options.print(spec, List.of("final at height " + settled.height(), settled.id()), json);
            return ExitCode.OK.number();
        }
    }

    private static ExitCode exitCode(String outcome) {
        return switch (outcome) {
            case "not-permitted" -> ExitCode.NOT_AUTHORISED;
            case "too-large" -> ExitCode.USAGE;
            default -> ExitCode.NOT_FOUND;
        };
    }

    private static Map<String, @Nullable Object> json(Fields entry) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("owner", entry.shown("owner"));
        json.put("key", entry.shown("key"));
        json.put("value", entry.values().get("value"));
        json.put("valueBase64", entry.values().get("valueBase64"));
        json.put("version", entry.values().get("version"));
        json.put("height", entry.values().get("writtenHeight"));
        json.put("asOfHeight", entry.values().get("height"));
        return json;
    }

    /** A value for people: as it is, or how large if it is no text. */
    private static String shown(Fields entry) {
        return entry.text("value")
                .orElseGet(() -> entry.shown("sizeBytes") + " bytes, no text; --out F writes them");
    }

    private static OptionalLong version(@Nullable Long ifVersion) {
        return ifVersion == null ? OptionalLong.empty() : OptionalLong.of(ifVersion);
    }

    private static byte[] input() {
        try (InputStream in = System.in) {
            return in.readNBytes(Operation.MAX_VALUE_BYTES + 1);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
