package app.holdfast.core.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A rule taken out of the engine, and how that is to be found.
///
/// @param name   of the counterexample, as in the algorithm's section 7 where it is there
/// @param how    finds it: `seeds`, a scenario of [Directed], or `-` when the engine has no such rule yet
/// @param file   below `app/holdfast/core`
/// @param edits  texts that are in it exactly once, and what takes their places
record Planting(String name, String how, String file, List<Edit> edits) {

    private static final String BEFORE = "<<<";
    private static final String BETWEEN = "===";
    private static final String AFTER = ">>>";

    record Edit(String before, String after) {}

    boolean bySeeds() {
        return how.equals("seeds");
    }

    boolean isPossible() {
        return !how.equals("-");
    }

    /// The file's text with the bug in it.
    ///
    /// @throws IllegalArgumentException when a text is not there exactly once: the engine was changed, and so must the
    ///         table be
    String plantedIn(String source) {
        String text = source;
        for (Edit edit : edits) {
            int at = text.indexOf(edit.before);
            if (at < 0 || text.indexOf(edit.before, at + 1) >= 0) {
                throw new IllegalArgumentException(name + ": " + file + " does not have exactly once:\n" + edit.before);
            }
            text = text.substring(0, at) + edit.after + text.substring(at + edit.before.length());
        }
        return text;
    }

    /// All of `plantings.txt`.
    static List<Planting> all() {
        List<Planting> all = new ArrayList<>();
        List<String> lines = lines();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.equals(BEFORE)) {
                int between = i + lines.subList(i, lines.size()).indexOf(BETWEEN);
                int after = i + lines.subList(i, lines.size()).indexOf(AFTER);
                all.getLast().edits.add(new Edit(String.join("\n", lines.subList(i + 1, between)),
                        String.join("\n", lines.subList(between + 1, after))));
                i = after;
            } else {
                String[] words = line.split(" +");
                all.add(new Planting(words[0], words[1], words[2], new ArrayList<>()));
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
