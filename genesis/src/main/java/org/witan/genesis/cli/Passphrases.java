package org.witan.genesis.cli;

import java.io.Console;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.keyfile.Passphrase;

/**
 * Where passphrases come from: a file that an option names, else the environment, else a question
 * if a person sits at a terminal. Never from an argument, which every user of the machine can see.
 */
public final class Passphrases {
    /** Environment variable with the passphrase of the key files that a command opens. */
    public static final String VARIABLE = "WITAN_PASSPHRASE";

    private static final String OPTION = "--passphrase-file";

    private final UnaryOperator<@Nullable String> environment;
    private final Prompt prompt;

    /** Asks a person for something that is not shown; null where there is no person. */
    interface Prompt {
        char @Nullable [] ask(String question);
    }

    Passphrases(UnaryOperator<@Nullable String> environment, Prompt prompt) {
        this.environment = environment;
        this.prompt = prompt;
    }

    /** Those of this process. */
    public static Passphrases ofProcess() {
        return new Passphrases(System::getenv, Passphrases::askTerminal);
    }

    private static char @Nullable [] askTerminal(String question) {
        Console console = System.console();
        return console != null && console.isTerminal()
                ? console.readPassword("%s: ", question)
                : null;
    }

    /**
     * The passphrase of a key file that is there.
     *
     * @param file the file that an option named
     * @throws OperatorError {@code PASSPHRASE_NEEDED} if there is none anywhere
     */
    public Passphrase forOpening(Path key, Optional<Path> file) {
        return forOpening(key, file, OPTION);
    }

    /**
     * As {@link #forOpening(Path, Optional)}, where something else than an option names the file.
     *
     * @param namedBy what names it, for the advice where there is none, such as a setting
     */
    public Passphrase forOpening(Path key, Optional<Path> file, String namedBy) {
        return given(VARIABLE, file).orElseGet(() -> asked("passphrase of " + key, key, namedBy));
    }

    /**
     * A passphrase for a key file to be made; a person types it twice.
     *
     * @param variable the environment variable that may hold it
     * @param file the file that an option named
     * @throws OperatorError {@code PASSPHRASE_NEEDED}, {@code PASSPHRASE_MISTYPED}
     */
    public Passphrase forMaking(Path key, String variable, Optional<Path> file) {
        Optional<Passphrase> given = given(variable, file);
        if (given.isPresent()) {
            return given.get();
        }
        Passphrase first = asked("new passphrase of " + key, key, OPTION);
        try (Passphrase second = asked("the same again", key, OPTION)) {
            if (!first.isSameAs(second)) {
                first.close();
                throw new OperatorError(
                        ExitCode.USAGE,
                        "PASSPHRASE_MISTYPED",
                        "the two passphrases differ",
                        "a mistyped one would lock the key away",
                        "run it again");
            }
        }
        return first;
    }

    private Optional<Passphrase> given(String variable, Optional<Path> file) {
        return file.map(Passphrase::ofFile)
                .or(() ->
                        Optional.ofNullable(environment.apply(variable))
                                .map(text -> Passphrase.owning(text.toCharArray())));
    }

    private Passphrase asked(String question, Path key, String namedBy) {
        char[] answer = prompt.ask(question);
        if (answer == null) {
            throw new OperatorError(
                    ExitCode.USAGE,
                    "PASSPHRASE_NEEDED",
                    "there is no passphrase for " + key,
                    "no " + namedBy + ", no " + VARIABLE + ", and no terminal to ask at",
                    "name a file of mode 0600 with " + namedBy + ", or set " + VARIABLE);
        }
        return Passphrase.owning(answer);
    }
}
