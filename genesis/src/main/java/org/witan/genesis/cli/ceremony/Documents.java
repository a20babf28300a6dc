package org.witan.genesis.cli.ceremony;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.document.GenesisFile;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.file.SafeFiles;
import org.witan.genesis.json.Reading;
import org.witan.genesis.json.StrictJson;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.words.SixWords;
import picocli.CommandLine.Model.CommandSpec;

/** Documents of a ceremony as files: read with all their problems, written whole. */
public final class Documents {
    private Documents() {}

    /**
     * A genesis file that is in order, endorsed or not.
     *
     * @throws OperatorError {@code GENESIS_INVALID} with every problem; those of reading a file
     */
    public static GenesisFile genesis(Path file) {
        return parse(file, "genesis file", GenesisFile::read);
    }

    /**
     * What {@code read} makes of a file.
     *
     * @param kind what it should be, such as {@code genesis file}
     * @throws OperatorError {@code GENESIS_INVALID} with every problem; those of reading a file
     */
    static <T> T parse(Path file, String kind, Function<byte[], Reading<T>> read) {
        byte[] content = SafeFiles.read(file, StrictJson.MAX_BYTES);
        return read.apply(content).orThrow(bad -> invalid(file.toString(), kind, bad.lines()));
    }

    static OperatorError invalid(String file, String kind, String lines) {
        return new OperatorError(
                ExitCode.INVALID_CONFIGURATION,
                "GENESIS_INVALID",
                file + " is not a valid " + kind,
                lines,
                "get the file again from whoever made it; nobody edits it by hand");
    }

    /**
     * Writes a document, to the output if no file is named; nothing in a dry run. Where it goes to
     * a file, what is said of it is talk, which quiet leaves out.
     *
     * @param mayReplace whether an existing file may be replaced
     * @param summary what to say of it
     */
    static void write(
            CommandSpec spec,
            Optional<Path> out,
            byte[] document,
            boolean mayReplace,
            Summary summary) {
        GlobalOptions options = GlobalOptions.of(spec);
        if (out.isEmpty()) {
            PrintWriter data = spec.commandLine().getOut();
            data.print(new String(document, StandardCharsets.UTF_8));
            data.flush();
            return;
        }
        Path file = out.get();
        if (options.dryRun()) {
            options.say(spec, "dry run: " + file + " is not written");
        } else if (mayReplace) {
            SafeFiles.replacePublic(file, document);
        } else {
            SafeFiles.createPublic(file, document);
        }
        if (options.quiet() && !options.json()) {
            return;
        }
        List<String> lines = new ArrayList<>(summary.lines());
        lines.addFirst((options.dryRun() ? "would write " : "wrote ") + file);
        Map<String, Object> json = new LinkedHashMap<>(summary.json());
        json.put("file", file.toString());
        json.put("written", !options.dryRun());
        options.print(spec, lines, json);
    }

    /** The three forms of a network id, for people and for scripts. */
    static Summary summary(NetworkId network) {
        String words = SixWords.of(network.hash()).toString();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("networkId", network.toString());
        json.put("shortId", network.shortName());
        json.put("words", words);
        return new Summary(List.of(network + "  " + network.shortName() + "  " + words), json);
    }

    /**
     * What a command says of its result.
     *
     * @param lines to people
     * @param json to scripts, in this order
     */
    record Summary(List<String> lines, Map<String, Object> json) {}
}
