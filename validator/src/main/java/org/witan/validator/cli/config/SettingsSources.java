package org.witan.validator.cli.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;

/**
 * Where a node's settings are looked for.
 *
 * @param flags what the command's options say
 * @param environment the process's variables
 * @param home the folder that was asked for, if any
 * @param file the configuration file that was asked for, if any
 */
public record SettingsSources(
        Map<Setting, String> flags,
        Map<String, String> environment,
        Optional<Path> home,
        Optional<Path> file) {
    /** Name of the configuration file in a home. */
    public static final String FILE_NAME = "witan.yaml";

    /** What a command finds without options of its own. */
    public static SettingsSources of(GlobalOptions options) {
        return of(options, Map.of());
    }

    /** What a command finds with its options. */
    public static SettingsSources of(GlobalOptions options, Map<Setting, String> flags) {
        return new SettingsSources(flags, System.getenv(), options.home(), options.config());
    }

    /** The configuration file: the one that was asked for, else the one in the home. */
    public Path usedFile() {
        return file.orElseGet(() -> home.orElse(Path.of(".")).resolve(FILE_NAME));
    }

    /** Whether there is a configuration file. */
    public boolean hasFile() {
        return Files.isRegularFile(usedFile());
    }

    /**
     * Every setting with its strongest value.
     *
     * @throws OperatorError CONFIG_INVALID with every problem, CONFIG_NOT_FOUND for a file that was
     *     named and is not there
     */
    public Settings resolve() {
        List<String> problems = new ArrayList<>();
        Map<Setting, Settings.Value> values = new EnumMap<>(Setting.class);
        fromFile(values, problems);
        for (Setting setting : Setting.values()) {
            String variable = environment.get(setting.variable());
            if (variable != null && !variable.isBlank() && setting != Setting.HOME) {
                put(values, setting, variable, Origin.ENVIRONMENT, problems);
            }
        }
        flags.forEach((setting, text) -> put(values, setting, text, Origin.FLAG, problems));
        setHome(values);
        if (!problems.isEmpty()) {
            throw new OperatorError(
                    ExitCode.INVALID_CONFIGURATION,
                    "CONFIG_INVALID",
                    "the configuration cannot be used",
                    String.join("\n", problems),
                    "edit " + usedFile() + ", then: witan config show --origin");
        }
        return new Settings(values);
    }

    private void fromFile(Map<Setting, Settings.Value> values, List<String> problems) {
        if (hasFile()) {
            SettingsFile read = SettingsFile.read(usedFile());
            read.problems().forEach(problem -> problems.add(usedFile() + " " + problem));
            read.values().forEach((s, t) -> values.put(s, new Settings.Value(t, Origin.FILE)));
        } else if (file.isPresent()) {
            throw new OperatorError(
                    ExitCode.INVALID_CONFIGURATION,
                    "CONFIG_NOT_FOUND",
                    "there is no file " + file.get(),
                    "it was named by --config",
                    "witan init --home DIR --id ID --organisation O writes one");
        }
    }

    private static void put(
            Map<Setting, Settings.Value> values,
            Setting setting,
            String text,
            Origin origin,
            List<String> problems) {
        Optional<String> problem = setting.problem(text);
        if (problem.isPresent()) {
            String where = origin == Origin.FLAG ? "option" : setting.variable();
            problems.add(where + " " + setting.key() + ": " + problem.get());
        }
        values.put(setting, new Settings.Value(text, origin));
    }

    /** The home names the file, so it comes from outside; one in the file is relative to it. */
    private void setHome(Map<Setting, Settings.Value> values) {
        Settings.Value inFile = values.get(Setting.HOME);
        if (home.isPresent()) {
            values.put(Setting.HOME, new Settings.Value(home.get().toString(), Origin.FLAG));
        } else if (inFile != null) {
            Path folder = usedFile().toAbsolutePath().getParent();
            Path resolved = folder == null ? Path.of(inFile.text()) : folder.resolve(inFile.text());
            values.put(
                    Setting.HOME,
                    new Settings.Value(resolved.normalize().toString(), inFile.origin()));
        }
    }
}
