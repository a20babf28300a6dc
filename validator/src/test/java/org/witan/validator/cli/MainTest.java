package org.witan.validator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The root command: which verbs there are, and what a wrong call gets. */
class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.run(arguments, new PrintWriter(out), new PrintWriter(err));
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "--version", "-V"})
    void versionIsOneLine(String word) {
        assertThat(run(word)).isZero();
        assertThat(out.toString().lines()).hasSize(1).first().asString().startsWith("witan ");
    }

    @Test
    void versionHasJson() {
        assertThat(run("version", "-o", "json")).isZero();
        assertThat(out.toString()).startsWith("{\"version\":\"");
    }

    @Test
    void helpNamesEveryVerb() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains(Verbs.NAMES);
    }

    @Test
    void everyVerbHasHelpThatSaysWhatItIsFor() {
        for (String verb : Verbs.NAMES) {
            assertThat(run(verb, "--help")).as(verb).isZero();
        }
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void onlyNamedVerbsAreBuilt() {
        assertThat(Main.commandLine("config", "show").getSubcommands()).containsOnlyKeys("config");
        assertThat(Main.commandLine().getSubcommands().keySet())
                .containsExactlyElementsOf(Verbs.NAMES);
    }

    @Test
    void aMisspeltVerbIsUsageWithASuggestion() {
        assertThat(run("confg", "show")).isEqualTo(2);
        assertThat(err.toString()).contains("error[USAGE]", "confg", "did you mean config");
        assertThat(run()).isEqualTo(2);
    }

    @Test
    void configurationIsShownWithItsOrigin(@TempDir Path home) throws Exception {
        Files.writeString(home.resolve("witan.yaml"), "id: v1\n");
        assertThat(run("config", "show", "--origin", "--home", home.toString())).isZero();
        assertThat(out.toString())
                .containsPattern("(?m)^id: v1 +# file$")
                .containsPattern("(?m)^log.level: info +# default$");
        assertThat(run("config", "show", "--home", home.toString(), "-o", "json")).isZero();
        assertThat(out.toString()).contains("\"id\":\"v1\"");
        Files.writeString(home.resolve("witan.yaml"), "idd: v1\n");
        assertThat(run("config", "show", "--home", home.toString())).isEqualTo(3);
        assertThat(err.toString()).contains("error[CONFIG_INVALID]", "did you mean id?");
    }

    @Test
    void completionKnowsTheVerbs() {
        assertThat(run("completion", "bash")).isZero();
        assertThat(out.toString()).contains("config", "--home").contains("complete -F");
        assertThat(run("completion", "fish")).isEqualTo(2);
    }
}
