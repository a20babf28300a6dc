package org.witan.validator.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.api.AdminAccess;
import org.witan.validator.api.FakeNode;
import org.witan.validator.api.TestLedger;
import org.witan.validator.cli.http.AdminClient;

/** The operator's socket, over a real one. */
class AdminServerTest {
    @TempDir private Path home;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AdminAccess admin =
            new AdminAccess() {
                @Override
                public void drain(boolean on) {
                    asked.add(on ? "drain" : "undrain");
                }

                @Override
                public int waiting() {
                    return 7;
                }

                @Override
                public void stop() {
                    asked.add("stop");
                }
            };

    private Path socket() {
        return home.resolve("admin/socket");
    }

    private AdminServer serve() {
        return AdminServer.start(socket(), new FakeNode(new TestLedger()), admin);
    }

    private AdminClient client() {
        return new AdminClient(socket(), Duration.ofSeconds(10));
    }

    @Test
    void theOperatorIsObeyed() {
        try (AdminServer _ = serve()) {
            assertThat(client().post("drain").number("waiting")).contains(7L);
            client().post("undrain");
            assertThat(client().post("stop").flag("stopping")).isTrue();
            assertThat(asked).containsExactly("drain", "undrain", "stop");
        }
    }

    @Test
    void nobodyElseMayEvenOpenTheFolder() throws IOException {
        try (AdminServer _ = serve()) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(home.resolve("admin"))))
                    .isEqualTo("rwx------");
        }
        assertThat(socket()).doesNotExist();
    }

    @Test
    void whatAKilledNodeLeftIsReplaced() throws IOException {
        Files.createDirectories(
                home.resolve("admin"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createFile(socket());
        try (AdminServer _ = serve()) {
            client().post("drain");
        }
        assertThat(asked).containsExactly("drain");
    }

    @Test
    void aFolderThatOthersMayEnterIsRefused() throws IOException {
        Files.createDirectory(home.resolve("admin"));
        Files.setPosixFilePermissions(
                home.resolve("admin"), PosixFilePermissions.fromString("rwxr-x---"));
        refused("chmod 700");
    }

    @Test
    void aPathThatTheKernelWouldCutIsRefused() {
        home = home.resolve("x".repeat(100));
        refused("107 bytes");
    }

    private void refused(String why) {
        assertThatThrownBy(this::serve)
                .isInstanceOfSatisfying(
                        OperatorError.class,
                        error -> {
                            assertThat(error.exitCode()).isEqualTo(ExitCode.INVALID_CONFIGURATION);
                            assertThat(error.why()).contains(why);
                            assertThat(error.fix()).contains("admin.listen");
                        });
    }

    @Test
    void anUnknownVerbIsRefusedWithAReason() {
        try (AdminServer _ = serve()) {
            assertThatThrownBy(() -> client().post("reboot"))
                    .isInstanceOfSatisfying(
                            OperatorError.class,
                            error -> assertThat(error.code()).isEqualTo("NO_SUCH_PATH"));
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void aNodeThatIsNotThereIsSaidSo() {
        assertThatThrownBy(() -> client().post("drain"))
                .isInstanceOfSatisfying(
                        OperatorError.class,
                        error -> assertThat(error.exitCode()).isEqualTo(ExitCode.UNREACHABLE));
    }
}
