package app.holdfast.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.model.EntryKind;
import app.holdfast.core.model.LocationId;
import app.holdfast.desktop.fake.FakeLibrary;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Copies of files, and the reading by which they are found.
final class ContentCommandsTest {

    private final Typing typing = new Typing();
    private final FakeLibrary library = typing.library;

    private void file(String name, int copies) {
        LocationId location = library.locations.isEmpty()
                ? library.addLocation("Pictures", Path.of("/home/ada/Pictures")) : library.locations.getFirst().id();
        library.addEntry(location, name, EntryKind.FILE, 7);
        EntryRow row = library.entries.getLast();
        library.entries.set(library.entries.size() - 1, new EntryRow(row.key(), row.id(), row.name(), row.path(),
                row.parent(), row.kind(), row.size(), row.modified(), row.location(), row.holder(), row.tags(),
                row.noted(), copies));
    }

    @Test
    void theRateIsSetAndTakenAway() {
        Typing.Said set = typing.json("content", "rate", "20M");
        Typing.Said off = typing.json("content", "rate", "off");
        Typing.Said wrong = typing.json("content", "rate", "fast");

        assertThat(set.out().strip()).isEqualTo("{\"paused\":false,\"bytesPerSecond\":20000000,\"left\":12}");
        assertThat(off.json().get("bytesPerSecond").isNull()).isTrue();
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.errorCode()).isEqualTo("usage");
        assertThat(library.submitted).containsExactly(new Command.LimitReading(Optional.of(20_000_000L)),
                new Command.LimitReading(Optional.empty()));
    }

    @Test
    void readingIsPausedAndSaysSoInBothLanguages() {
        Typing.Said paused = typing.text("content", "pause");
        typing.language = "de";
        Typing.Said german = typing.text("content", "status");
        Typing.Said resumed = typing.json("content", "resume");

        assertThat(paused.out()).isEqualTo(
                "Paused\n12 files of this device are still to be read\nAt most 50.0 MB a second\n");
        assertThat(german.out()).startsWith("Angehalten\n12 Dateien");
        assertThat(resumed.json().get("paused").asBoolean()).isFalse();
    }

    @Test
    void copiesOfAFileAreShownOrWhyTheyAreNotKnown() {
        file("alone.jpg", 1);
        file("unread.jpg", 0);

        Typing.Said alone = typing.json("content", "copies", "/home/ada/Pictures/alone.jpg");
        Typing.Said unread = typing.json("content", "copies", "/home/ada/Pictures/unread.jpg");

        assertThat(alone.json().get("total").asInt()).isEqualTo(1);
        assertThat(unread.errorCode()).isEqualTo("not_read");
    }

    @Test
    void searchSaysHowManyCopiesThereAre() {
        file("alone.jpg", 1);
        file("twice.jpg", 2);
        file("unread.jpg", 0);

        String[] lines = typing.text("search", "jpg").out().lines().toArray(String[]::new);

        assertThat(lines[0]).contains("Copies");
        assertThat(lines[1]).contains("alone.jpg").containsPattern("\\s1\\s+on System");
        assertThat(lines[2]).contains("twice.jpg").containsPattern("\\s2\\s+on System");
        assertThat(lines[3]).contains("unread.jpg").doesNotContainPattern("\\s[0-9]\\s+on System");
    }

    @Test
    void locationsCountWhatHasNoCopyWhenAskedTo() {
        file("alone.jpg", 1);
        file("twice.jpg", 2);
        file("unread.jpg", 0);

        Typing.Said plain = typing.json("location", "list");
        Typing.Said counted = typing.json("location", "list", "--copies");
        Typing.Said text = typing.text("location", "list", "--copies");

        assertThat(plain.json().get(0).has("copies")).isFalse();
        assertThat(counted.json().get(0).get("copies").toString()).isEqualTo("{\"known\":2,\"single\":1}");
        assertThat(text.out()).contains("Only copy").contains("1 of 2");
    }

    @Test
    void aLocationThatIsNotWatchedSaysSo() {
        library.addLocation("Pictures", Path.of("/"));
        library.locations.replaceAll(row -> new LocationRow(row.id(), row.name(), row.absolutePath(), row.device(),
                row.deviceName(), row.volume(), row.volumeName(), row.online(), row.state(), row.entries(), row.kept(),
                LocationRow.Watch.REREAD));

        Typing.Said english = typing.text("location", "list");
        Typing.Said json = typing.json("location", "list");
        typing.language = "de";
        Typing.Said german = typing.text("location", "list");

        assertThat(english.out()).contains("up to date, not watched: read every ten minutes");
        assertThat(json.json().get(0).get("watch").asString()).isEqualTo("reread");
        assertThat(german.out()).contains("nicht beobachtet");
    }

    @Test
    void theLibrarysOwnFolderIsRefusedInWords() {
        library.refuse(new CoreException.BadFolder(Path.of("/home/ada/.local/share/holdfast"),
                CoreException.BadFolder.Reason.LIBRARY));
        typing.language = "de";

        Typing.Said said = typing.text("location", "add", "/home/ada/.local/share/holdfast");

        assertThat(said.status()).isEqualTo(1);
        assertThat(said.err()).contains("Dort legt Holdfast diese Bibliothek selbst ab")
                .contains("/home/ada/.local/share/holdfast");
    }
}
