package app.holdfast.core.simulation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Seeds that found a bug once, from `known-seeds.txt`: a number on each line, and what it found.
final class KnownSeeds {

    private KnownSeeds() {
    }

    static List<Long> read() throws IOException {
        var seeds = new ArrayList<Long>();
        try (var lines = new BufferedReader(new InputStreamReader(Objects.requireNonNull(
                KnownSeeds.class.getResourceAsStream("known-seeds.txt")), StandardCharsets.UTF_8))) {
            lines.lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(line -> seeds.add(Long.valueOf(line.split(" ")[0])));
        }
        return seeds;
    }
}
