package org.witan.validator.cli.ask;

import java.util.ArrayList;
import java.util.List;

/** Lines of cells, each column as wide as its widest cell. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    /** A table with this head. */
    public Table(String... head) {
        rows.add(List.of(head));
    }

    /** Adds a row; it may have fewer cells than the head. */
    public void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** Adds a row. */
    public void row(List<String> cells) {
        rows.add(List.copyOf(cells));
    }

    /** The lines, without spaces at their ends. */
    public List<String> lines() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                String cell = row.get(i);
                line.append(cell).repeat(' ', widths[i] - cell.length() + 2);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
