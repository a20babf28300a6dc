package org.witan.validator.consensus;

import java.util.ArrayList;
import java.util.List;

/**
 * A story: paragraphs of lines to perform, {@code ----}, and the effects that came of them. Lines
 * that begin with # say why.
 */
final class Script {
    private final Stage stage = new Stage();
    private final StringBuilder performed = new StringBuilder();
    private final List<Effect> effects = new ArrayList<>();
    private boolean telling;
    private boolean expected;

    /** Performs a story and answers it with what came of it. */
    String perform(List<String> lines) {
        lines.forEach(this::take);
        take("");
        return performed.toString();
    }

    private void take(String line) {
        boolean ends = line.equals("----") || line.isEmpty();
        expected = line.equals("----") || expected && !line.isEmpty();
        if (ends && telling) {
            performed.append("----\n").append(stage.spoken(effects)).append('\n');
            effects.clear();
            telling = false;
        } else if (!ends && !expected) {
            performed.append(line).append('\n');
            if (!line.startsWith("#")) {
                effects.addAll(stage.perform(line));
                telling = true;
            }
        }
    }
}
