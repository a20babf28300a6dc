package org.witan.validator.bad;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every bad file is refused with what is wrong, why and what to try, in less than 50 ms of
 * processor time and 8 MiB of memory, and nobody reads a class name or a stack trace.
 *
 * <p>The files stand in {@code src/test/resources/org/witan/validator/bad}, one folder for each
 * kind, with an {@code INDEX.md} that says what is said of each. Both are made here ({@code
 * -Drewrite=true}) and compared, so a changed sentence shows in a review.
 */
class BadInputTest {
    private static final Path FOLDER = Path.of("src/test/resources/org/witan/validator/bad");
    private static final long MAX_NANOS = 50_000_000;
    private static final long MAX_BYTES = 8 << 20;
    private static final int WARM = 30;
    private static final Pattern INNARDS =
            Pattern.compile(
                    "\\b(java|javax|jdk|sun|com\\.fasterxml)\\.[a-z]"
                            + "|\\borg\\.(witan|yaml|bouncycastle)\\.[a-z]"
                            + "|[A-Z][A-Za-z]+(Exception|Error)\\b|\\tat |@[0-9a-f]{6,8}\\b"
                            + "|StreamReadConstraints|Input length = ");
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static List<Kind> kinds() {
        List<Kind> kinds = new ArrayList<>(Documents.kinds());
        kinds.addAll(LocalFiles.kinds());
        kinds.addAll(Requests.kinds());
        kinds.addAll(WireBytes.kinds());
        assertThat(kinds.stream().mapToInt(kind -> kind.bad().size()).sum()).isGreaterThan(400);
        return kinds;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void filesAreWhatTheyAreMadeFrom(Kind kind) throws Exception {
        Path folder = FOLDER.resolve(kind.folder());
        List<BadInput> all = new ArrayList<>(kind.bad());
        all.sort(Comparator.comparing(BadInput::name));
        assertThat(all).extracting(BadInput::name).doesNotHaveDuplicates();
        if (Boolean.getBoolean("rewrite")) {
            write(kind, folder, all);
        }
        assertThat(names(folder))
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().map(bad -> bad.name() + "." + kind.ending()).toList());
        for (BadInput bad : all) {
            assertThat(Files.readAllBytes(file(folder, kind, bad)))
                    .as(bad.name())
                    .isEqualTo(bad.bytes());
        }
        assertThat(Files.readString(folder.resolve("INDEX.md"))).isEqualTo(index(kind, all));
    }

    private static Path file(Path folder, Kind kind, BadInput bad) {
        return folder.resolve(bad.name() + "." + kind.ending());
    }

    private static void write(Kind kind, Path folder, List<BadInput> all) throws Exception {
        Files.createDirectories(folder);
        for (String old : names(folder)) {
            Files.delete(folder.resolve(old));
        }
        for (BadInput bad : all) {
            Files.write(file(folder, kind, bad), bad.bytes());
        }
        Files.writeString(folder.resolve("INDEX.md"), index(kind, all));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("INDEX.md"))
                    .toList();
        }
    }

    private static String index(Kind kind, List<BadInput> all) throws Exception {
        StringBuilder text = new StringBuilder("# " + kind.folder() + ": bad ones\n\n");
        text.append("| file | what is said first |\n|---|---|\n");
        for (BadInput bad : all) {
            Optional<Refusal> refusal = kind.reader().read(bad.bytes());
            String why = refusal.map(Refusal::why).orElse("IT IS TAKEN");
            String said = why.isEmpty() ? refusal.orElseThrow().what() : why;
            String first = said.lines().findFirst().orElse("").replace("|", "\\|");
            String shown = first.substring(0, Math.min(first.length(), 160));
            text.append("| ").append(bad.name()).append(" | ").append(shown).append(" |\n");
        }
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theGoodOneIsTaken(Kind kind) throws Exception {
        assertThat(kind.reader().read(kind.good())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void eachIsRefusedInWordsAndAtLittleCost(Kind kind) throws Exception {
        for (int i = 0; i < WARM; i++) {
            kind.reader().read(kind.good());
        }
        List<String> broken = new ArrayList<>();
        for (BadInput bad : kind.bad()) {
            Optional<Refusal> refusal = kind.reader().read(bad.bytes());
            refusal.ifPresentOrElse(
                    said -> words(bad, said).forEach(broken::add),
                    () -> broken.add(bad.name() + " is taken"));
            cost(kind, bad).ifPresent(broken::add);
        }
        assertThat(broken).as(kind.folder()).isEmpty();
    }

    private static List<String> words(BadInput bad, Refusal said) {
        List<String> broken = new ArrayList<>();
        String all = said.all();
        if (said.what().isBlank() || said.why().isBlank() || said.fix().isBlank()) {
            broken.add(bad.name() + " lacks what, why or what to try: " + said);
        }
        if (INNARDS.matcher(all).find()) {
            broken.add(bad.name() + " shows innards: " + all);
        }
        boolean control = all.codePoints().anyMatch(c -> c != '\n' && Character.isISOControl(c));
        if (control || all.length() > 20_000 || all.lines().anyMatch(l -> l.length() > 600)) {
            broken.add(bad.name() + " cannot be read: " + all);
        }
        return broken;
    }

    /** The least of three, since another thread's collection of garbage is not its fault. */
    private static Optional<String> cost(Kind kind, BadInput bad) throws Exception {
        long nanos = Long.MAX_VALUE;
        long bytes = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long cpu = THREADS.getCurrentThreadCpuTime();
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            kind.reader().read(bad.bytes());
            bytes = Math.min(bytes, THREADS.getCurrentThreadAllocatedBytes() - allocated);
            nanos = Math.min(nanos, THREADS.getCurrentThreadCpuTime() - cpu);
        }
        return nanos < MAX_NANOS && bytes < MAX_BYTES
                ? Optional.empty()
                : Optional.of(bad.name() + " costs " + nanos + " ns and " + bytes + " bytes");
    }
}
