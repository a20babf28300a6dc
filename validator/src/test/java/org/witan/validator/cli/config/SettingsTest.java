package org.witan.validator.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.fuzz.Allocation;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NodeId;

/** Which value wins, and what is said about those that cannot be used. */
class SettingsTest {
    @TempDir private Path home;

    private Settings resolve(
            String yaml, Map<String, String> environment, Map<Setting, String> flags)
            throws IOException {
        Files.writeString(home.resolve(SettingsSources.FILE_NAME), yaml);
        return new SettingsSources(flags, environment, Optional.of(home), Optional.empty())
                .resolve();
    }

    private OperatorError refused(String yaml) {
        OperatorError error =
                catchThrowableOfType(OperatorError.class, () -> resolve(yaml, Map.of(), Map.of()));
        assertThat(error).as("refusal of: %s", yaml).isNotNull();
        assertThat(error.exitCode()).isEqualTo(ExitCode.INVALID_CONFIGURATION);
        return error;
    }

    @Test
    void flagBeatsVariableBeatsFileBeatsDefault() throws IOException {
        String yaml = "id: birch-1\nlink:\n  listen: 10.0.0.1:7000\napi.listen: 10.0.0.1:8000\n";
        Map<String, String> environment =
                Map.of("WITAN_LINK_LISTEN", "10.0.0.2:7000", "WITAN_API_LISTEN", "10.0.0.2:8000");
        Settings settings = resolve(yaml, environment, Map.of(Setting.API_LISTEN, "10.0.0.3:8000"));
        assertThat(settings.value(Setting.ID)).isEqualTo(value("birch-1", Origin.FILE));
        assertThat(settings.value(Setting.LINK_LISTEN))
                .isEqualTo(value("10.0.0.2:7000", Origin.ENVIRONMENT));
        assertThat(settings.value(Setting.API_LISTEN))
                .isEqualTo(value("10.0.0.3:8000", Origin.FLAG));
        assertThat(settings.value(Setting.LOG_LEVEL)).isEqualTo(value("info", Origin.DEFAULT));
    }

    @Test
    void pathsAreRelativeToTheHome() throws IOException {
        Settings settings = resolve("genesis: ../genesis.json\n", Map.of(), Map.of());
        assertThat(settings.requiredPath(Setting.GENESIS))
                .isEqualTo(home.resolveSibling("genesis.json"));
        assertThat(settings.requiredPath(Setting.KEY_FILE)).isEqualTo(home.resolve("node.key"));
        assertThat(settings.path(Setting.KEY_PASSPHRASE_FILE)).isEmpty();
        assertThatThrownBy(settings::id).hasMessageContaining("'id' is missing");
    }

    @Test
    void aHomeInANamedFileIsRelativeToThatFile() throws IOException {
        Path file = Files.writeString(home.resolve("other.yaml"), "home: data\n");
        Settings settings =
                new SettingsSources(Map.of(), Map.of(), Optional.empty(), Optional.of(file))
                        .resolve();
        assertThat(settings.home()).isEqualTo(home.resolve("data"));
    }

    @Test
    void listsOfEndpointsAndSizesAreRead() throws IOException {
        Settings settings =
                resolve(
                        "link.join: [\"v1@ws://a:1\", \"ws://b:2\"]\nstore.cache: 64MiB\n",
                        Map.of(),
                        Map.of());
        assertThat(settings.joins())
                .containsExactly(
                        new JoinPoint(Optional.of(new NodeId("v1")), new Endpoint("a", 1)),
                        new JoinPoint(Optional.empty(), new Endpoint("b", 2)));
        assertThat(settings.bytes(Setting.STORE_CACHE)).isEqualTo(64 << 20);
    }

    @Test
    void heightsToKeepAreANumberOrAll() throws IOException {
        assertThat(resolve("", Map.of(), Map.of()).keptStates()).isEqualTo(64);
        assertThat(resolve("store.keep: 100000\n", Map.of(), Map.of()).keptStates())
                .isEqualTo(100_000);
        assertThat(resolve("store.keep: all\n", Map.of(), Map.of()).keptStates())
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(refused("store.keep: -1\n").why()).contains("number of heights", "all");
    }

    @Test
    void anUnknownNameIsRefusedWithTheNearestKnownOne() {
        assertThat(refused("lnik.listen: x:1\n").why())
                .contains("line 1", "unknown setting \"lnik.listen\", did you mean link.listen?");
        assertThat(refused("link:\n  lisen: x:1\n").why())
                .contains("line 2", "did you mean link.listen?");
        assertThat(refused("colour: red\n").why()).endsWith("unknown setting \"colour\"");
    }

    @ParameterizedTest
    @CsvSource({
        "networkDelayMillis: 10",
        "rules.heartbeatSeconds: 1",
        "block-max-bytes: 1",
        "consensus.protocolLevel: 2"
    })
    void aRuleOfTheNetworkIsRefusedWithTheVerbThatChangesIt(String yaml) {
        assertThat(refused(yaml + "\n").why()).contains("its organisations vote on it");
    }

    @Test
    void everyProblemIsToldAtOnce() {
        String why =
                refused("id: UP\nstore.cache: 64\nlog.level: loud\nlink.listen: here\nfoo: 1\n")
                        .why();
        assertThat(why.lines()).hasSize(5);
        assertThat(why)
                .contains("line 1: id: ", "'64' is not a size", "'loud' is not one of error, warn")
                .contains("'here' is not host:port", "line 5: unknown setting");
    }

    @ParameterizedTest
    @CsvSource({
        "'id: a\nid: b\n',id",
        "'link:\n  listen: a:1\nlink.listen: b:1\n',twice",
        "'id: [\n',line",
        "'- a\n',name: value",
        "'a: &x [1]\nb: *x\n',repeated by",
        "'id: !!java.net.URL [\"x\"]\n',may not have a tag",
        "'a: {a: {a: {a: {a: {a: {a: {a: {a: 1}}}}}}}}',more than 8 levels"
    })
    void yamlTricksAreRefused(String yaml, String sentence) {
        assertThat(refused(yaml).why()).contains(sentence);
    }

    @Test
    void aFileOverTheLimitIsNotRead() {
        assertThat(refused("#".repeat(70_000)).why()).contains("more than 64 KiB");
    }

    @Test
    void aNamedFileMustExist() {
        SettingsSources sources =
                new SettingsSources(
                        Map.of(), Map.of(), Optional.empty(), Optional.of(home.resolve("no.yaml")));
        assertThatThrownBy(sources::resolve).hasMessageContaining("no.yaml");
    }

    @Test
    void everySettingHasAValidDefaultAndItsOwnVariable() {
        assertThat(Setting.values())
                .allSatisfy(s -> assertThat(s.problem(s.standard())).isEmpty())
                .extracting(Setting::variable)
                .doesNotHaveDuplicates()
                .contains("WITAN_KEY_PASSPHRASE_FILE");
    }

    @Test
    void aFileOfMistakesIsReadAsFarAsAPersonWouldRead() throws Exception {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            yaml.append("lnik.listen").append(i).append(": 1\n");
        }
        byte[] bytes = yaml.toString().getBytes(StandardCharsets.UTF_8);
        Allocation.bounded(
                bytes,
                () ->
                        assertThat(refused(yaml.toString()).why().lines())
                                .hasSize(21)
                                .last()
                                .asString()
                                .endsWith("what is behind these was not read"));
    }

    private static Settings.Value value(String text, Origin origin) {
        return new Settings.Value(text, origin);
    }
}
