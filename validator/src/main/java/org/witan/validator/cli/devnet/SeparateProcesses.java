package org.witan.validator.cli.devnet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Validators that are processes of their own. */
final class SeparateProcesses implements Validators {
    private static final int LAST_LINES = 6;

    private final DevnetFolder devnet;
    private final Optional<ProcessHandle> parent;
    private final Map<Integer, Process> started = new TreeMap<>();

    /**
     * Validators of a devnet.
     *
     * @param parent the process with whose end they end; empty for none
     */
    SeparateProcesses(DevnetFolder devnet, Optional<ProcessHandle> parent) {
        this.devnet = devnet;
        this.parent = parent;
    }

    @Override
    public void start(int i) {
        started.put(i, Launcher.start(devnet.home(i), devnet.log(i), parent));
    }

    @Override
    public Optional<String> failure(int i) {
        Process process = started.get(i);
        if (process == null || process.isAlive()) {
            return Optional.empty();
        }
        return Optional.of(
                "v%d ended with %d; its log ends with\n%s"
                        .formatted(i, process.exitValue(), lastLines(i)));
    }

    @Override
    public boolean separate() {
        return true;
    }

    /** Those that another call started since are found by their homes. */
    @Override
    public void endAll() {
        List<ProcessHandle> all = new ArrayList<>();
        started.values().stream().filter(Process::isAlive).forEach(p -> all.add(p.toHandle()));
        for (int i = 1; i <= devnet.size(); i++) {
            devnet.process(i).filter(process -> !all.contains(process)).ifPresent(all::add);
        }
        Signals.end(all);
    }

    private String lastLines(int i) {
        try {
            byte[] log = Files.readAllBytes(devnet.log(i));
            List<String> lines = new String(log, StandardCharsets.UTF_8).lines().toList();
            int from = Math.max(0, lines.size() - LAST_LINES);
            return String.join("\n", lines.subList(from, lines.size()));
        } catch (IOException unreadable) {
            return String.valueOf(unreadable.getMessage());
        }
    }
}
