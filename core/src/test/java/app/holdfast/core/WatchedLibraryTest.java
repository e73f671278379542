package app.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.ScanProgress;
import app.holdfast.core.api.SearchQuery;
import app.holdfast.core.api.SearchQuery.Term;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.model.LocationId;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A library that is open sees what happens on the disk without being asked to look.
class WatchedLibraryTest {

    private static final long SECONDS_MAX = 60;

    @TempDir
    private Path folder;
    private Path top;
    private Holdfast opened;

    @BeforeEach
    void readOneFolder() throws Exception {
        top = Files.createDirectories(folder.toRealPath().resolve("things"));
        Files.createDirectories(top.resolve("below"));
        Files.writeString(top.resolve("beach.txt"), "sand");
        Holdfast.initialise(folder.resolve("data"), "one");
        opened = Holdfast.open(folder.resolve("data"));
        opened.connect(new InetSocketAddress("127.0.0.1", 0));
        CompletableFuture<ScanProgress> ended = new CompletableFuture<>();
        try (Subscription _ = opened.library().listen(event -> {
            if (event instanceof CoreEvent.ScanEnded scan) {
                ended.complete(scan.result());
            }
        })) {
            opened.library().submit(new Command.AddLocation(new LocationId(opened.newId()), top, Optional.empty()));
            assertThat(ended.get(SECONDS_MAX, TimeUnit.SECONDS).state()).isEqualTo(ScanProgress.State.DONE);
        }
    }

    @AfterEach
    void close() {
        opened.close();
    }

    private <T> T await(Function<LibraryReader, Optional<T>> question) throws Exception {
        CompletableFuture<T> found = new CompletableFuture<>();
        try (Subscription _ = opened.library().observe(question, answer -> answer.ifPresent(found::complete))) {
            return found.get(SECONDS_MAX, TimeUnit.SECONDS);
        }
    }

    private static Optional<EntryRow> find(LibraryReader reader, String name) {
        var query = new SearchQuery(List.of(new Term(true, new SearchQuery.Test.Name(name))));
        var keys = reader.keys(new EntryScope.Query(query), EntrySort.BY_NAME);
        return reader.rows(keys.from(0, 10)).stream().findFirst();
    }

    @Test
    void whatIsMadeMovedAndDeletedIsSeen() throws Exception {
        EntryRow beach = await(reader -> find(reader, "beach"));

        Files.writeString(top.resolve("below/new.txt"), "x");
        await(reader -> find(reader, "new.txt"));
        Files.move(top.resolve("beach.txt"), top.resolve("shore.txt"));
        EntryRow moved = await(reader -> find(reader, "shore").filter(row -> row.id().equals(beach.id())));
        Files.delete(top.resolve("below/new.txt"));
        await(reader -> find(reader, "new.txt").isEmpty() ? Optional.of(true) : Optional.empty());

        assertThat(moved.path()).isEqualTo("shore.txt");
    }

    @Test
    void aFolderAroundTheLibraryIsReadWithoutTheLibrary() throws Exception {
        LocationRow things = await(reader -> reader.locations().stream()
                .filter(row -> row.watch() == LocationRow.Watch.LIVE).findFirst());
        opened.library().submit(new Command.RemoveLocation(things.id())).toCompletableFuture().get();
        Path around = folder.toRealPath();

        opened.library().submit(new Command.AddLocation(new LocationId(opened.newId()), around, Optional.empty()));
        EntryRow beach = await(reader -> find(reader, "beach"));
        Files.writeString(folder.resolve("data/stray.txt"), "x");
        Files.writeString(folder.resolve("later.txt"), "x");
        await(reader -> find(reader, "later"));
        Optional<EntryRow> database = opened.library().ask(reader -> find(reader, "database"));
        Optional<EntryRow> stray = opened.library().ask(reader -> find(reader, "stray"));

        assertThat(beach.path()).isEqualTo("things/beach.txt");
        assertThat(database).isEmpty();
        assertThat(stray).isEmpty();
        assertThatThrownBy(() -> opened.library().submit(new Command.AddLocation(new LocationId(opened.newId()),
                folder.resolve("data"), Optional.empty())).toCompletableFuture().get())
                .hasCauseInstanceOf(CoreException.BadFolder.class).hasMessageContaining("keeps this library");
    }

    @Test
    void aStormOfChangesIsSeenWhole() throws Exception {
        for (int i = 0; i < 2_500; i++) {
            Path storm = Files.createDirectories(top.resolve("storm/" + i));
            Files.writeString(storm.resolve("file " + i), "x");
        }

        int all = await(reader -> {
            var query = new SearchQuery(List.of(new Term(true, new SearchQuery.Test.Below("storm"))));
            int count = reader.keys(new EntryScope.Query(query), EntrySort.BY_NAME).count();
            return count == 5_000 ? Optional.of(count) : Optional.empty();
        });
        assertThat(all).isEqualTo(5_000);
    }
}
