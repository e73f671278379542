package app.holdfast.desktop.cli;

import app.holdfast.core.api.PlainText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Lines of aligned columns for people to read.
final class TextTable {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final boolean[] right;

    /// @param heads one for each column; one that begins with `>` has its column aligned to the right
    TextTable(String... heads) {
        right = new boolean[heads.length];
        for (int i = 0; i < heads.length; i++) {
            right[i] = heads[i].startsWith(">");
            heads[i] = right[i] ? heads[i].substring(1) : heads[i];
        }
        rows.add(List.of(heads));
    }

    void row(String... cells) {
        rows.add(Arrays.stream(cells).map(TextTable::printable).toList());
    }

    /// @return whole lines, the heads first
    @Override
    public String toString() {
        int[] widths = new int[right.length];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        var text = new StringBuilder();
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String space = " ".repeat(widths[i] - width(row.get(i)));
                line.append(i == 0 ? "" : GAP).append(right[i] ? space + row.get(i) : row.get(i) + space);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /// Names come from other devices: what a terminal would obey instead of showing becomes U+FFFD, and so does what
    /// would show the rest of a line the other way round, such as the digits that two people compare.
    static String printable(String text) {
        return PlainText.shown(text);
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
