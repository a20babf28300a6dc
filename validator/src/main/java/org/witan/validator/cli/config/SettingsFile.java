package org.witan.validator.cli.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.witan.genesis.cli.Json;
import org.witan.genesis.json.Nearest;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads {@code witan.yaml}: nested or dotted names, each at most once, only known ones.
 *
 * <p>At most 64 KiB. Names that only the ledger can change are refused with the verb that does.
 */
final class SettingsFile {
    private static final int MAX_BYTES = 64 << 10;
    private static final int MAX_DEPTH = 8;
    private static final int MOST_PROBLEMS = 20;
    private static final String NO_TAGS = "a value may not have a tag such as !name";

    /** Rules of the network, in lower case without separators. */
    private static final Set<String> LEDGER_RULES =
            Set.of(
                    "networkdelaymillis",
                    "networkdelay",
                    "blockmaxbytes",
                    "blockmaxtransactions",
                    "blockminintervalmillis",
                    "blockmininterval",
                    "heartbeatseconds",
                    "heartbeat",
                    "entrymaxbytes",
                    "changelifetimeblocks",
                    "minimumvalidators",
                    "protocollevel");

    private final Map<Setting, String> values = new EnumMap<>(Setting.class);
    private final List<String> problems = new ArrayList<>();

    private SettingsFile() {}

    /** What the file says, with the first problems found; an unreadable file is one, too. */
    static SettingsFile read(Path file) {
        SettingsFile read = new SettingsFile();
        try {
            if (Files.size(file) > MAX_BYTES) {
                read.problems.add("the file has more than " + (MAX_BYTES >> 10) + " KiB");
                return read;
            }
            read.parse(Files.readString(file));
        } catch (MarkedYAMLException bad) {
            int line = bad.getProblemMark() == null ? 0 : bad.getProblemMark().getLine() + 1;
            boolean tag = bad.getProblem().startsWith("Global tag");
            read.problems.add("line " + line + ": " + (tag ? NO_TAGS : bad.getProblem()));
        } catch (YAMLException bad) {
            read.problems.add(plain(String.valueOf(bad.getMessage())));
        } catch (CharacterCodingException bad) {
            read.problems.add("the file is not UTF-8 text");
        } catch (IOException unreadable) {
            read.problems.add("it cannot be read: " + unreadable.getMessage());
        }
        return read;
    }

    /** The library names its limits and no line; here is what they mean. */
    private static String plain(String message) {
        if (message.contains("aliases")) {
            return "lists and maps may not be repeated by *name";
        }
        if (message.startsWith("Nesting")) {
            return "more than " + MAX_DEPTH + " levels of lists and maps";
        }
        return message.startsWith("special characters")
                ? "a character in it is no text"
                : message.lines().findFirst().orElse("it is no YAML");
    }

    /** The values that are known and well formed. */
    Map<Setting, String> values() {
        return values;
    }

    /** One sentence per problem, in the order of the file; some twenty at most. */
    List<String> problems() {
        return problems;
    }

    private void parse(String text) {
        LoaderOptions limits = new LoaderOptions();
        limits.setAllowDuplicateKeys(false);
        limits.setMaxAliasesForCollections(0);
        limits.setNestingDepthLimit(MAX_DEPTH);
        limits.setCodePointLimit(MAX_BYTES);
        DumperOptions unused = new DumperOptions();
        Yaml yaml =
                new Yaml(
                        new SafeConstructor(limits),
                        new Representer(unused),
                        unused,
                        limits,
                        new Resolver());
        Node root = composed(yaml, text);
        if (root instanceof MappingNode mapping) {
            mapping("", mapping);
            if (isFull()) {
                problems.add("there may be more: what is behind these was not read");
            }
        } else if (root != null) {
            problems.add("line 1: settings are written 'name: value'");
        }
    }

    /** The library makes an object of a tag, which throws, before it looks if one is allowed. */
    private @Nullable Node composed(Yaml yaml, String text) {
        try {
            return yaml.compose(new StringReader(text));
        } catch (IllegalArgumentException tag) {
            problems.add(NO_TAGS);
            return null;
        }
    }

    private void mapping(String prefix, MappingNode mapping) {
        for (NodeTuple field : mapping.getValue()) {
            if (isFull()) {
                return;
            }
            if (!(field.getKeyNode() instanceof ScalarNode name)) {
                problems.add(line(field.getKeyNode()) + "a name must be a word");
                continue;
            }
            String key = prefix + name.getValue();
            if (!field.getValueNode().getTag().startsWith(Tag.PREFIX)) {
                problems.add(line(name) + NO_TAGS);
                continue;
            }
            switch (field.getValueNode()) {
                case MappingNode nested -> mapping(key + ".", nested);
                case ScalarNode scalar -> value(key, scalar.getValue(), name);
                case SequenceNode list -> value(key, joined(list), name);
                default -> problems.add(line(name) + key + " has no value");
            }
        }
    }

    /** A file of nothing but mistakes is no file of settings; nobody reads a thousand sentences. */
    private boolean isFull() {
        return problems.size() >= MOST_PROBLEMS;
    }

    private static String joined(SequenceNode list) {
        return list.getValue().stream()
                .map(item -> item instanceof ScalarNode scalar ? scalar.getValue() : "?")
                .collect(Collectors.joining(","));
    }

    private void value(String key, String value, Node where) {
        Optional<Setting> setting = Setting.ofKey(key);
        if (setting.isEmpty()) {
            problems.add(line(where) + unknown(key));
            return;
        }
        Optional<String> problem = setting.get().problem(value);
        if (problem.isPresent()) {
            problems.add(line(where) + key + ": " + problem.get());
        } else if (values.putIfAbsent(setting.get(), value) != null) {
            problems.add(line(where) + key + " is set twice");
        }
    }

    /** The sentence for a name that is no setting. */
    static String unknown(String key) {
        String plain = key.substring(key.lastIndexOf('.') + 1);
        String bare = plain.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
        if (LEDGER_RULES.contains(bare)) {
            return key + " is a rule of the whole network: its organisations vote on it";
        }
        return Nearest.of(key, Setting.keys())
                .map(near -> "unknown setting " + Json.text(key) + ", did you mean " + near + "?")
                .orElse("unknown setting " + Json.text(key));
    }

    private static String line(Node node) {
        return "line " + (node.getStartMark().getLine() + 1) + ": ";
    }
}
