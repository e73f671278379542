package app.holdfast.core.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A rule taken out of the engine, and how that is to be found.
///
/// @param name   of the counterexample, as in the algorithm's section 7 where it is there
/// @param how    finds it: `seeds`, a scenario of [Directed], or an ordinary test as `room.Class.method`
/// @param edits  what is replaced
record Planting(String name, String how, List<Edit> edits) {

    private static final String BEFORE = "<<<";
    private static final String BETWEEN = "===";
    private static final String AFTER = ">>>";

    /// @param file   below `app/holdfast/core`
    /// @param before a text that is in it exactly once
    /// @param after  what takes its place
    record Edit(String file, String before, String after) {}

    boolean bySeeds() {
        return how.equals("seeds");
    }

    boolean byTest() {
        return how.contains(".");
    }

    /// The files that are to be compiled anew.
    Set<String> files() {
        return edits.stream().map(Edit::file).collect(Collectors.toCollection(TreeSet::new));
    }

    /// A file's text with the bug in it.
    ///
    /// @throws IllegalArgumentException when a text is not there exactly once: the engine was changed, and so must the
    ///         table be
    String plantedIn(String file, String source) {
        String text = source;
        for (Edit edit : edits) {
            if (edit.file.equals(file)) {
                int at = text.indexOf(edit.before);
                if (at < 0 || text.indexOf(edit.before, at + 1) >= 0) {
                    throw new IllegalArgumentException(name + ": " + file + " does not have exactly once:\n"
                            + edit.before);
                }
                text = text.substring(0, at) + edit.after + text.substring(at + edit.before.length());
            }
        }
        return text;
    }

    /// All of `plantings.txt`.
    static List<Planting> all() {
        List<Planting> all = new ArrayList<>();
        String file = "";
        List<String> lines = lines();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.equals(BEFORE)) {
                int between = i + lines.subList(i, lines.size()).indexOf(BETWEEN);
                int after = i + lines.subList(i, lines.size()).indexOf(AFTER);
                all.getLast().edits.add(new Edit(file, String.join("\n", lines.subList(i + 1, between)),
                        String.join("\n", lines.subList(between + 1, after))));
                i = after;
            } else {
                String[] words = line.split(" +");
                if (words.length > 1) {
                    all.add(new Planting(words[0], words[1], new ArrayList<>()));
                } else {
                    file = words[0];
                }
            }
        }
        return all;
    }

    private static List<String> lines() {
        try (InputStream in = Objects.requireNonNull(Planting.class.getResourceAsStream("plantings.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
