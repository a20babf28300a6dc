package org.witan.validator.e2e.deploy;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.witan.validator.e2e.Network;
import org.witan.validator.e2e.Witan;

/** Runs of {@code deploy/rolling-upgrade.sh}, and when validators went down in them. */
final class Roll {
    private static final Pattern LINE = Pattern.compile("[0-9:]{8} v([0-9]+): (.*)");

    private final List<String> command;
    private final Map<Integer, List<Away>> away = new TreeMap<>();

    /** A time in which a validator went down; {@code to} is the largest number until it was. */
    private record Away(long from, long to) {}

    /** What a run said and how it ended. */
    record Said(int exitCode, String text) {}

    /** Runs by these words, which name the script and its nodes. */
    Roll(List<String> command) {
        this.command = List.copyOf(command);
    }

    /** Runs that bring a devnet from a program to another one. */
    static Roll ofDevnet(Network network, Path from) {
        Path script = Witan.launcher().resolve("../../deploy/rolling-upgrade.sh").normalize();
        return new Roll(
                List.of(
                        script.toString(),
                        "--devnet",
                        network.folder().toString(),
                        "--from",
                        from.toString()));
    }

    /** Runs it to its end. */
    Said run(String... more) throws Exception {
        return until(line -> false, more);
    }

    /** Runs it until it says a line, then ends it; what it has begun by then is done to the end. */
    Said until(Predicate<String> last, String... more) throws Exception {
        Process script = start(more);
        StringBuilder said = new StringBuilder();
        boolean ended = true;
        try (BufferedReader lines = script.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append('\n');
                note(line);
                if (last.test(line)) {
                    end(script);
                    ended = false;
                    break;
                }
            }
        }
        int code = script.waitFor();
        if (ended) {
            away.keySet().forEach(this::left);
        }
        System.out.print(said);
        return new Said(code, said.toString());
    }

    private Process start(String... more) throws Exception {
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of("--soak", "1", "--wait", "40"));
        words.addAll(List.of(more));
        return new ProcessBuilder(words).redirectErrorStream(true).start();
    }

    /** What enters another process namespace waits for its child there, which is the script. */
    private static void end(Process started) {
        boolean waits =
                started.info().command().filter(name -> name.endsWith("nsenter")).isPresent();
        if (waits) {
            started.children().forEach(ProcessHandle::destroy);
        } else {
            started.destroy();
        }
    }

    private void note(String line) {
        Matcher said = LINE.matcher(line);
        if (said.matches()) {
            int i = Integer.parseInt(said.group(1));
            if (said.group(2).equals("stop")) {
                leaves(i);
            } else if (said.group(2).startsWith("start ")) {
                left(i);
            }
        }
    }

    /** From now on this validator may go down. */
    void leaves(int i) {
        List<Away> times = away.computeIfAbsent(i, none -> new ArrayList<>());
        if (times.isEmpty() || times.getLast().to != Long.MAX_VALUE) {
            times.add(new Away(System.nanoTime(), Long.MAX_VALUE));
        }
    }

    /** It is down, and whoever is told so asks another one. */
    void left(int i) {
        List<Away> times = away.getOrDefault(i, List.of());
        if (!times.isEmpty() && times.getLast().to == Long.MAX_VALUE) {
            times.add(new Away(times.removeLast().from, System.nanoTime()));
        }
    }

    /** Whether a call that ran in this time might have been at a validator while it went down. */
    boolean excuses(long begun, long ended) {
        return away.values().stream()
                .flatMap(List::stream)
                .anyMatch(time -> begun - time.to < 0 && time.from - ended < 0);
    }
}
