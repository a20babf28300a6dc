package org.witan.validator.e2e.deploy;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.witan.validator.e2e.Network;
import org.witan.validator.e2e.Witan;

/** Runs of {@code deploy/rolling-upgrade.sh}, and when they had which validator in hand. */
final class Roll {
    private static final Pattern LINE = Pattern.compile("[0-9:]{8} v([0-9]+): (.*)");

    private final Network network;
    private final Path from;
    private final Map<Integer, List<Away>> away = new TreeMap<>();

    /** A time in which a validator was in hand; {@code to} is the largest number until it ended. */
    private record Away(long from, long to) {}

    /** What a run said and how it ended. */
    record Said(int exitCode, String text) {}

    Roll(Network network, Path from) {
        this.network = network;
        this.from = from;
    }

    /** Runs it to its end. */
    Said run(Path to, String... more) throws Exception {
        return until(line -> false, to, more);
    }

    /** Runs it until it says a line, then ends it as Ctrl-C does. */
    Said until(Predicate<String> last, Path to, String... more) throws Exception {
        Process script = start(to, more);
        StringBuilder said = new StringBuilder();
        boolean ended = true;
        try (BufferedReader lines = script.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append('\n');
                note(line);
                if (last.test(line)) {
                    script.destroy();
                    ended = false;
                    break;
                }
            }
        }
        int code = script.waitFor();
        if (ended) {
            away.keySet().forEach(this::returned);
        }
        System.out.print(said);
        return new Said(code, said.toString());
    }

    private Process start(Path to, String... more) throws Exception {
        Path script = Witan.launcher().resolve("../../deploy/rolling-upgrade.sh").normalize();
        List<String> command = new ArrayList<>();
        command.addAll(List.of(script.toString(), "--devnet", network.folder().toString()));
        command.addAll(List.of("--from", from.toString(), "--to", to.toString()));
        command.addAll(List.of("--soak", "1", "--wait", "40"));
        command.addAll(Arrays.asList(more));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private void note(String line) {
        Matcher said = LINE.matcher(line);
        if (said.matches()) {
            int i = Integer.parseInt(said.group(1));
            if (said.group(2).equals("drain")) {
                left(i);
            } else if (said.group(2).equals("done")) {
                returned(i);
            }
        }
    }

    /** From now on writes through this validator may fail. */
    void left(int i) {
        List<Away> times = away.computeIfAbsent(i, none -> new ArrayList<>());
        if (times.isEmpty() || times.getLast().to != Long.MAX_VALUE) {
            times.add(new Away(System.nanoTime(), Long.MAX_VALUE));
        }
    }

    /** From now on they must not. */
    void returned(int i) {
        List<Away> times = away.getOrDefault(i, List.of());
        if (!times.isEmpty() && times.getLast().to == Long.MAX_VALUE) {
            times.add(new Away(times.removeLast().from, System.nanoTime()));
        }
    }

    /** Whether a write that ran in this time might fail since its validator was in hand. */
    boolean excuses(int i, long begun, long failed) {
        return away.getOrDefault(i, List.of()).stream()
                .anyMatch(time -> begun - time.to < 0 && time.from - failed < 0);
    }
}
