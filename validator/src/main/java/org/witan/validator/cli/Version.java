package org.witan.validator.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.witan.genesis.cli.GlobalOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code witan version}. */
@Command(name = "version", description = "Print the version of this program and of its Java.")
public final class Version implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    /** The version of this program, {@code 0.0.0-development} outside a build. */
    public static String number() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("0.0.0-development");
    }

    /**
     * The greatest protocol level that this program speaks, as it was built: a part of the program
     * like its version, and nothing that an operator can set.
     */
    public static int greatestLevel() {
        try (InputStream in = Version.class.getResourceAsStream("protocol-level")) {
            String digits =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII)
                            .strip();
            return Integer.parseInt(digits);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** One line for people. */
    static String line() {
        return "witan " + number() + " (Java " + Runtime.version() + ")";
    }

    @Override
    public Integer call() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", number());
        json.put("greatestLevel", greatestLevel());
        json.put("java", Runtime.version().toString());
        GlobalOptions.of(spec).print(spec, List.of(line()), json);
        return 0;
    }
}
