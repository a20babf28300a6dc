package org.witan.validator.cli.ask;

import java.time.Duration;
import java.util.List;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.cli.Json;
import org.witan.validator.cli.config.Setting;
import org.witan.validator.cli.config.SettingsSources;
import org.witan.validator.cli.http.Answer;
import org.witan.validator.cli.http.Fields;
import org.witan.validator.cli.http.NodeAddress;
import org.witan.validator.cli.http.NodeClient;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The node that a verb asks: the one of {@code --node}, else that of the home or of {@code
 * witan.yaml} here, else the one at the default address.
 */
public final class Asked {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Asked() {}

    /** The address of the node that the options mean. */
    public static NodeAddress address(GlobalOptions options) {
        return NodeAddress.parse(
                options.node()
                        .orElseGet(() ->
                                SettingsSources.of(options)
                                        .resolve()
                                        .address(Setting.API_LISTEN)
                                        .localUrl()));
    }

    /** A client of that node, with the time-out that was asked for or 30 s. */
    public static NodeClient client(GlobalOptions options) {
        return new NodeClient(address(options), patience(options));
    }

    /** How long to wait: as was asked for, or 30 s. */
    public static Duration patience(GlobalOptions options) {
        return options.timeout().orElse(PATIENCE);
    }

    /** Prints an answer: as it is for scripts, as lines for people. */
    static void print(CommandSpec spec, Fields answer, List<String> lines) {
        GlobalOptions.of(spec).print(spec, lines, answer.values());
    }

    /** Prints the text of an answer as it is. */
    static void printRaw(CommandSpec spec, Answer answer) {
        spec.commandLine().getOut().println(answer.text().strip());
        spec.commandLine().getOut().flush();
    }

    /** A text as it stands between quotation marks. */
    static String quoted(String text) {
        return Json.text(text);
    }
}
