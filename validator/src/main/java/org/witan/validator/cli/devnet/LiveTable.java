package org.witan.validator.cli.devnet;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.witan.validator.cli.ask.Table;

/**
 * Shows how the validators stand: a table that is drawn over itself on a terminal, otherwise a line
 * whenever something changed.
 */
final class LiveTable {
    private final PrintWriter out;
    private final boolean terminal;
    private int drawn;
    private String last = "";

    LiveTable(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /**
     * Shows these rows.
     *
     * @param states one word for each row
     */
    void show(List<Row> rows, List<String> states) {
        if (terminal) {
            draw(table(rows, states));
        } else {
            String line = line(rows);
            if (!line.equals(last)) {
                out.println(line);
            }
            last = line;
        }
        out.flush();
    }

    private void draw(List<String> lines) {
        if (drawn > 0) {
            // Up to the first line, and everything below is cleared.
            out.print("\033[" + drawn + "A\033[J");
        }
        lines.forEach(out::println);
        drawn = lines.size();
    }

    static List<String> table(List<Row> rows, List<String> states) {
        long top = top(rows);
        Table table = new Table("ID", "STATE", "HEIGHT", "LAG", "LINKS", "LEADER", "MARGIN");
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (row.answered()) {
                table.row(
                        row.id(),
                        states.get(i),
                        String.valueOf(row.height()),
                        String.valueOf(top - row.height()),
                        row.linksUp() + "/" + row.links(),
                        row.leader(),
                        row.margin());
            } else {
                table.row(row.id(), states.get(i));
            }
        }
        return table.lines();
    }

    static String line(List<Row> rows) {
        long ready = rows.stream().filter(Row::ready).count();
        long low = rows.stream().mapToLong(Row::height).filter(h -> h >= 0).min().orElse(0);
        int ends = rows.stream().mapToInt(Row::linksUp).sum();
        int all = rows.size() * (rows.size() - 1);
        Optional<Row> voice = rows.stream().filter(Row::answered).findFirst();
        return "ready=%d/%d height=%d lag=%d links=%d/%d leader=%s margin=%s"
                .formatted(
                        ready,
                        rows.size(),
                        top(rows),
                        top(rows) - low,
                        ends / 2,
                        all / 2,
                        voice.map(Row::leader).orElse("-"),
                        voice.map(Row::margin).orElse("-"));
    }

    private static long top(List<Row> rows) {
        return Math.max(0, rows.stream().mapToLong(Row::height).max().orElse(0));
    }
}
