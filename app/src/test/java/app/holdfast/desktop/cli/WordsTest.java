package app.holdfast.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.Checkup;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.MountRow;
import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.api.SyncStatus;
import app.holdfast.core.api.TagColor;
import app.holdfast.core.api.VaultMerge;
import app.holdfast.core.api.VolumeRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The two languages say the same things, all of them are used, and none is missing.
final class WordsTest {

    private static final Pattern KEY = Pattern.compile("\"(?:\\$\\{bundle:)?([a-z]+(?:[.][a-z_]+)*)}?\\s?\"");

    @Test
    void bothLanguagesHaveTheSameKeys() {
        Set<String> english = Words.in(Locale.ENGLISH).bundle().keySet();
        Set<String> german = Words.in(Locale.GERMAN).bundle().keySet();

        assertThat(german).isEqualTo(english);
        assertThat(Words.in(Locale.GERMAN).get("column.size")).isEqualTo("Größe");
        assertThat(Words.in(Locale.FRENCH).get("column.size")).isEqualTo("Size");
    }

    @Test
    void oneFolderIsNotSpokenOfAsMany() {
        assertThat(Words.in(Locale.ENGLISH).get("scan.unreadable", 1)).isEqualTo("one folder could not be read");
        assertThat(Words.in(Locale.GERMAN).get("scan.unreadable", 1)).isEqualTo("ein Ordner war nicht lesbar");
        assertThat(Words.in(Locale.GERMAN).get("scan.unreadable", 2)).isEqualTo("2 Ordner waren nicht lesbar");
    }

    @Test
    void everyKeyIsUsed() throws IOException {
        Set<String> used = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/app/holdfast/desktop/cli"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                KEY.matcher(Files.readString(source)).results().forEach(found -> used.add(found.group(1)));
                Pattern.compile("\\$\\{bundle:([a-z._]+)}").matcher(Files.readString(source)).results()
                        .forEach(found -> used.add(found.group(1)));
                Pattern.compile("(?:CliException\\(|complain\\(|fail\\(invocation, )\"([a-z_]+)\"")
                        .matcher(Files.readString(source)).results()
                        .forEach(found -> used.add("error." + found.group(1)));
            }
        }
        used.addAll(keys("location.state.", LocationRow.State.values(), Shapes::word));
        used.addAll(keys("volume.state.", VolumeRow.State.values(), Shapes::word));
        used.addAll(keys("volume.found.", MountRow.Found.values(), Shapes::word));
        used.addAll(keys("sync.state.", SyncStatus.State.values(), Shapes::word));
        used.addAll(keys("sync.peer.", SyncStatus.PeerState.values(), Shapes::word));
        used.addAll(keys("event.", SyncEvent.Kind.values(), Shapes::word));
        used.addAll(keys("doctor.repair.", Checkup.Repair.values(), Shapes::word));
        used.addAll(keys("doctor.peer.", Checkup.Standing.values(), Shapes::word));
        used.addAll(keys("vault.effect.", VaultMerge.Effect.values(), VaultShapes::word));
        used.addAll(keys("color.", TagColor.values(), TagColor::code));

        Set<String> written = new TreeSet<>(Words.in(Locale.ENGLISH).bundle().keySet());

        assertThat(used).containsAll(written);
    }

    @Test
    void everyStateHasItsWord() {
        Set<String> written = Words.in(Locale.ENGLISH).bundle().keySet();

        assertThat(written).containsAll(keys("location.state.", LocationRow.State.values(), Shapes::word))
                .containsAll(keys("volume.state.", VolumeRow.State.values(), Shapes::word))
                .containsAll(keys("volume.found.", MountRow.Found.values(), Shapes::word))
                .containsAll(keys("sync.state.", SyncStatus.State.values(), Shapes::word))
                .containsAll(keys("sync.peer.", SyncStatus.PeerState.values(), Shapes::word))
                .containsAll(keys("event.", SyncEvent.Kind.values(), Shapes::word))
                .containsAll(keys("doctor.repair.", Checkup.Repair.values(), Shapes::word))
                .containsAll(keys("vault.effect.", VaultMerge.Effect.values(), VaultShapes::word))
                .containsAll(keys("color.", TagColor.values(), TagColor::code));
    }

    private static <T> Set<String> keys(String prefix, T[] values, Function<T, String> word) {
        return Arrays.stream(values).map(value -> prefix + word.apply(value)).collect(Collectors.toSet());
    }
}
