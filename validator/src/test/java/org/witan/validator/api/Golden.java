package org.witan.validator.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bodies that were looked at once and must not change unseen; {@code -Drewrite=true} renews. */
public final class Golden {
    private Golden() {}

    /** Compares a text with the file of that name beside the tests' resources. */
    public static void check(String name, String actual) throws IOException {
        Path file =
                Path.of(
                        System.getProperty("witan.root", ".."),
                        "validator/src/test/resources/org/witan/validator/api",
                        name);
        if (Boolean.getBoolean("rewrite")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, actual);
        }
        assertThat(actual).as(name).isEqualTo(Files.readString(file));
    }
}
