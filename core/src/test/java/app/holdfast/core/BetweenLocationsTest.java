package app.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.SearchQuery;
import app.holdfast.core.api.SearchQuery.Term;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.TagColor;
import app.holdfast.core.model.CollectionId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.TagId;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A file that is moved from one location to another takes along what was noted about it (ADR 250).
@EnabledOnOs(OS.LINUX)
class BetweenLocationsTest {

    private static final long SECONDS_MAX = 60;
    private static final int MORE_THAN_A_JOB_TAKES = 4_500;

    @TempDir
    private Path folder;
    private Path pictures;
    private Path archive;
    private Path elsewhere;
    private Holdfast opened;
    private TagId tag;
    private CollectionId album;

    @BeforeEach
    void noteSomething() throws Exception {
        Path top = folder.toRealPath();
        pictures = Files.createDirectories(top.resolve("pictures"));
        archive = Files.createDirectories(top.resolve("archive"));
        elsewhere = Files.createDirectories(top.resolve("elsewhere"));
        Files.createDirectories(pictures.resolve("trip"));
        Files.writeString(pictures.resolve("trip/beach.txt"), "sand");
        Files.writeString(archive.resolve("old.txt"), "old");
        Holdfast.initialise(folder.resolve("data"), "one");
        opened = Holdfast.open(folder.resolve("data"));
        opened.connect(new InetSocketAddress("127.0.0.1", 0));
        add(pictures);
        add(archive);
        await(reader -> Optional.of(reader.locations().stream().map(LocationRow::watch).toList())
                .filter(List.of(LocationRow.Watch.LIVE, LocationRow.Watch.LIVE)::equals));
        tag = new TagId(opened.newId());
        album = new CollectionId(opened.newId());
        run(new Command.CreateTag(tag, "holiday", Optional.empty(), Optional.of(TagColor.RED)));
        run(new Command.CreateCollection(album, "album"));
        note(found("beach", row -> true));
    }

    @AfterEach
    void close() {
        opened.close();
    }

    private void add(Path location) throws Exception {
        run(new Command.AddLocation(new LocationId(opened.newId()), location, Optional.empty()));
    }

    private void run(Command command) throws Exception {
        get(opened.library().submit(command));
    }

    private void note(EntryRow row) throws Exception {
        run(new Command.AssignTags(List.of(row.id()), List.of(tag)));
        run(new Command.SetNote(List.of(row.id()), "warm"));
        run(new Command.SetRating(List.of(row.id()), 4));
        run(new Command.AddToCollection(album, List.of(row.id())));
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(SECONDS_MAX, TimeUnit.SECONDS);
    }

    private <T> T await(Function<LibraryReader, Optional<T>> question) throws Exception {
        CompletableFuture<T> found = new CompletableFuture<>();
        try (Subscription _ = opened.library().observe(question, answer -> answer.ifPresent(found::complete))) {
            return get(found);
        }
    }

    private static List<EntryRow> rows(LibraryReader reader, EntryScope scope) {
        return reader.rows(reader.keys(scope, EntrySort.BY_NAME).from(0, 10));
    }

    private static List<EntryRow> named(LibraryReader reader, String name) {
        return rows(reader, new EntryScope.Query(
                new SearchQuery(List.of(new Term(true, new SearchQuery.Test.Name(name))))));
    }

    private EntryRow found(String name, Predicate<EntryRow> wanted) throws Exception {
        return await(reader -> Optional.of(named(reader, name)).filter(rows -> rows.size() == 1)
                .map(List::getFirst).filter(wanted));
    }

    private static boolean isNoted(EntryRow row) {
        return row.tags().size() == 1 && row.noted().note().equals("warm") && row.noted().rating() == 4;
    }

    private void assertNoted(EntryRow row) {
        List<EntryRow> tagged = opened.library().ask(reader -> rows(reader, new EntryScope.Tagged(tag)));
        List<EntryRow> collected = opened.library().ask(reader -> rows(reader, new EntryScope.Collected(album)));

        assertThat(isNoted(row)).isTrue();
        assertThat(tagged).extracting(EntryRow::id).containsExactly(row.id());
        assertThat(collected).extracting(EntryRow::id).containsExactly(row.id());
        assertThat(opened.library().ask(LibraryReader::collections).getFirst().entries()).isEqualTo(1);
    }

    @Test
    void aFileThatIsMovedIntoAnotherLocationKeepsWhatWasNoted() throws Exception {
        Files.move(pictures.resolve("trip/beach.txt"), archive.resolve("shore.txt"));

        assertNoted(found("shore", BetweenLocationsTest::isNoted));
    }

    @Test
    void aFileThatWasInNoLocationForAWhileKeepsWhatWasNoted() throws Exception {
        Files.move(pictures.resolve("trip/beach.txt"), elsewhere.resolve("beach.txt"));
        await(reader -> named(reader, "beach").isEmpty() ? Optional.of(true) : Optional.empty());

        Files.move(elsewhere.resolve("beach.txt"), archive.resolve("beach.txt"));

        assertNoted(found("beach", BetweenLocationsTest::isNoted));
    }

    @Test
    void whatLiesInAFolderThatIsMovedKeepsWhatWasNoted() throws Exception {
        Files.move(pictures.resolve("trip"), archive.resolve("journey"));

        assertNoted(found("beach", row -> row.path().equals("journey/beach.txt") && isNoted(row)));
    }

    @Test
    void aFileAmongManyKeepsWhatWasNoted() throws Exception {
        for (int i = 0; i < MORE_THAN_A_JOB_TAKES; i++) {
            Files.createFile(pictures.resolve("trip/other %d".formatted(i)));
            Files.createFile(pictures.resolve("stays %d".formatted(i)));
        }
        Files.createFile(pictures.resolve("stay 1")); // when more than half goes, a person is asked first
        Files.createFile(pictures.resolve("stay 2"));
        found("other %d".formatted(MORE_THAN_A_JOB_TAKES - 1), row -> true);
        found("stay 2", row -> true);
        found("stays %d".formatted(MORE_THAN_A_JOB_TAKES - 1), row -> true);

        Files.move(pictures.resolve("trip"), archive.resolve("journey"));

        assertNoted(found("beach", row -> row.path().equals("journey/beach.txt") && isNoted(row)));
    }

    @Test
    void aLocationThatIsTakenOutAndHadAgainIsAsItWas() throws Exception {
        LocationId before = opened.library().ask(LibraryReader::locations).stream()
                .filter(row -> row.absolutePath().filter(pictures::equals).isPresent()).findFirst().orElseThrow().id();

        run(new Command.RemoveLocation(before));
        add(pictures);

        assertNoted(found("beach", row -> isNoted(row) && !row.location().equals(before)));
    }

    @Test
    void aCopyDoesNotTakeWhatWasNotedAboutTheFileThatIsDeleted() throws Exception {
        Files.copy(pictures.resolve("trip/beach.txt"), archive.resolve("copy.txt"));
        found("copy", row -> true);
        Files.delete(pictures.resolve("trip/beach.txt"));
        await(reader -> named(reader, "beach").isEmpty() ? Optional.of(true) : Optional.empty());
        Files.move(archive.resolve("old.txt"), archive.resolve("later.txt"));
        found("later", row -> true);

        assertThat(found("copy", row -> true).tags()).isEmpty();
    }

    @Test
    void aNoteThatTheFileHasThereStays() throws Exception {
        Files.createLink(archive.resolve("link.txt"), pictures.resolve("trip/beach.txt"));
        EntryRow link = found("link", row -> true);
        run(new Command.SetNote(List.of(link.id()), "its own"));

        Files.delete(pictures.resolve("trip/beach.txt"));

        EntryRow after = found("link", row -> !row.tags().isEmpty());
        assertThat(after.noted().note()).isEqualTo("its own");
    }
}
