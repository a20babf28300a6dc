package org.witan.genesis.cli.ceremony;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.file.SafeFiles;
import org.witan.genesis.json.Reading;
import org.witan.genesis.json.StrictJson;

/**
 * Reads many files of one kind and says what is wrong with each of them at once.
 *
 * @param kind what each file should be
 * @param reader reads one
 */
record EachFile<T>(String kind, Function<byte[], Reading<T>> reader) {
    /**
     * The values of all files.
     *
     * @param refusal why a value that is in order itself does not belong here
     * @throws OperatorError {@code FILES_REFUSED} with a line for each problem of each file
     */
    List<T> read(List<Path> files, Function<T, Optional<String>> refusal) {
        List<T> values = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Path file : files) {
            switch (reader.apply(SafeFiles.read(file, StrictJson.MAX_BYTES))) {
                case Reading.Ok<T>(var value) -> {
                    refusal.apply(value).ifPresent(why -> problems.add(file + ": " + why));
                    values.add(value);
                }
                case Reading.Bad<T>(var found) ->
                        found.forEach(problem -> problems.add(file + ": " + problem));
            }
        }
        if (!problems.isEmpty()) {
            throw new OperatorError(
                    ExitCode.INVALID_CONFIGURATION,
                    "FILES_REFUSED",
                    "not every file is a " + kind + " for this ceremony; nothing was written",
                    String.join("\n", problems),
                    "ask whoever sent the file for a new one");
        }
        return values;
    }
}
