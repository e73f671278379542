package app.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CopyCounts;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.Reading;
import app.holdfast.core.api.SearchParser;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.model.LocationId;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two whole libraries over loopback, each with a folder of files.
class CopiesTest {

    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);
    private static final long SECONDS_MAX = 60;
    private static final int BIG = 300_000;
    /// Between two parts of a sample.
    private static final int MIDDLE = 50_000;

    @TempDir
    private Path folder;
    private Path here;
    private Path there;
    private Holdfast one;
    private Holdfast two;

    @BeforeEach
    void pair() throws Exception {
        here = Files.createDirectories(folder.resolve("here"));
        there = Files.createDirectories(folder.resolve("there"));
        Holdfast.initialise(folder.resolve("one"), "one");
        Holdfast.initialise(folder.resolve("two"), "two");
        one = Holdfast.open(folder.resolve("one"));
        two = Holdfast.open(folder.resolve("two"));
        String ticket = get(one.connect(LOOPBACK).invite(true, Duration.ofMinutes(5))).ticket();
        get(two.connect(LOOPBACK).join(ticket, (_, _) -> true));
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
    }

    private void addFolders() throws Exception {
        get(one.library().submit(new Command.AddLocation(new LocationId(one.newId()), here, Optional.empty())));
        get(two.library().submit(new Command.AddLocation(new LocationId(two.newId()), there, Optional.empty())));
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(SECONDS_MAX, TimeUnit.SECONDS);
    }

    private static List<EntryRow> find(LibraryReader reader, String query) {
        try {
            var scope = new EntryScope.Query(SearchParser.parse(query, ZoneOffset.UTC));
            return reader.rows(reader.keys(scope, EntrySort.BY_NAME).from(0, 100));
        } catch (app.holdfast.core.api.BadQuery e) {
            throw new IllegalArgumentException(query, e);
        }
    }

    private static List<String> names(Holdfast at, String query) {
        return at.library().ask(reader -> find(reader, query)).stream().map(EntryRow::name).toList();
    }

    /// Waits until the rows of a query are as wanted.
    private static void await(Holdfast at, String query, Predicate<List<EntryRow>> wanted) throws Exception {
        CompletableFuture<Boolean> found = new CompletableFuture<>();
        try (Subscription _ = at.library().observe(reader -> find(reader, query), rows -> {
            if (wanted.test(rows)) {
                found.complete(true);
            }
        })) {
            found.get(SECONDS_MAX, TimeUnit.SECONDS);
        }
    }

    private static void awaitCopies(Holdfast at, int files, int copies) throws Exception {
        await(at, "kind:file size:>0", rows -> rows.size() == files
                && rows.stream().allMatch(row -> row.copies() == copies));
    }

    private static byte[] content() {
        byte[] bytes = new byte[BIG];
        new SplittableRandom(7).nextBytes(bytes);
        return bytes;
    }

    @Test
    void aDeviceThatRestsReadsNothingUntilItGoesOn() throws Exception {
        Files.write(here.resolve("small"), "sand".getBytes());
        Files.write(there.resolve("small"), "sand".getBytes());
        get(one.library().submit(new Command.PauseReading(true)));
        get(one.library().submit(new Command.LimitReading(Optional.of(2_000_000L))));

        addFolders();
        await(two, "device:two copies:1", rows -> rows.size() == 1);
        CopyCounts lone = two.library().ask(reader -> reader.copies(reader.locations().stream()
                .filter(row -> row.absolutePath().isPresent()).findFirst().orElseThrow().id()));
        Reading resting = one.library().ask(LibraryReader::reading);
        get(one.library().submit(new Command.PauseReading(false)));
        awaitCopies(one, 2, 2);
        Reading after = one.library().ask(LibraryReader::reading);
        CopyCounts counts = one.library().ask(reader -> reader.copies(reader.locations().getFirst().id()));

        assertThat(lone).isEqualTo(new CopyCounts(1, 1));
        assertThat(resting).isEqualTo(new Reading(true, Optional.of(2_000_000L), 1));
        assertThat(after).isEqualTo(new Reading(false, Optional.of(2_000_000L), 0));
        assertThat(counts).isEqualTo(new CopyCounts(1, 0));
        assertThatThrownBy(() -> get(one.library().submit(new Command.LimitReading(Optional.of(10L)))))
                .hasMessageContaining("at least 1000");
    }

    @Test
    void aFileOnBothDevicesIsSeenAsTwoCopiesOnBothUntilOneChanges() throws Exception {
        Files.write(here.resolve("small"), "sand".getBytes());
        Files.write(there.resolve("other name"), "sand".getBytes());
        Files.write(here.resolve("big"), content());
        Files.write(there.resolve("big"), content());
        Files.createFile(here.resolve("empty"));
        Files.createFile(there.resolve("empty"));

        addFolders();

        awaitCopies(one, 4, 2);
        awaitCopies(two, 4, 2);
        assertThat(names(two, "is:duplicate")).containsExactly("big", "big", "other name", "small");
        assertThat(names(two, "copies:2")).hasSize(4);
        assertThat(names(two, "copies:1")).isEmpty();

        Files.write(there.resolve("big"), new byte[BIG + 1]);

        for (Holdfast at : List.of(one, two)) {
            await(at, "big", rows -> rows.size() == 2 && rows.stream().allMatch(row -> row.copies() == 1));
            assertThat(names(at, "is:duplicate")).containsExactly("other name", "small");
            assertThat(names(at, "copies:1")).containsExactly("big", "big");
        }
    }

    @Test
    void theWholeContentIsReadWhereSamplesAreAlike() throws Exception {
        byte[] content = content();
        Files.write(here.resolve("big"), content);
        content[MIDDLE]++;
        Files.write(there.resolve("big"), content);

        addFolders();

        awaitCopies(one, 2, 1);
        awaitCopies(two, 2, 1);
        assertThat(names(one, "is:duplicate")).isEmpty();
    }

    @Test
    void aFileThatTookAnothersPlaceWithItsSizeAndTimeIsNoCopyOfIt() throws Exception {
        Files.write(here.resolve("small"), "sand".getBytes());
        Files.write(there.resolve("small"), "sand".getBytes());
        addFolders();
        awaitCopies(one, 2, 2);

        Path other = Files.write(folder.resolve("other"), "gold".getBytes());
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(here.resolve("small")));
        Files.move(other, here.resolve("small"), StandardCopyOption.REPLACE_EXISTING);
        get(one.library().submit(new Command.RescanLocation(location(one))));

        awaitCopies(one, 2, 1);
        awaitCopies(two, 2, 1);
    }

    private static LocationId location(Holdfast at) {
        return at.library().ask(LibraryReader::locations).getFirst().id();
    }

    @Test
    void whatWasChangedUnderTheSameSampleIsReadWholeAgain() throws Exception {
        byte[] content = content();
        Path file = Files.write(here.resolve("big"), content);
        Files.write(there.resolve("big"), content);
        addFolders();
        awaitCopies(one, 2, 2);

        content[MIDDLE]++;
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_234_567));
        get(one.library().submit(new Command.RescanLocation(location(one))));

        awaitCopies(one, 2, 1);
        awaitCopies(two, 2, 1);
    }

    @Test
    void whatIsReadInOnePlaceSaysNothingOfAnotherThatIsGone() throws Exception {
        Path gone = Files.createDirectories(folder.resolve("gone"));
        Files.writeString(gone.resolve("away"), "sand");
        Files.writeString(here.resolve("stays"), "gold");
        get(one.library().submit(new Command.AddLocation(new LocationId(one.newId()), gone, Optional.empty())));
        get(one.library().submit(new Command.AddLocation(new LocationId(one.newId()), here, Optional.empty())));
        awaitCopies(one, 2, 1);
        Files.move(gone, folder.resolve("elsewhere"));
        one.library().ask(LibraryReader::locations);
        assertThat(names(one, "is:offline")).containsExactly("away");

        Files.writeString(here.resolve("new"), "glass");

        await(one, "new", rows -> rows.size() == 1 && rows.getFirst().copies() == 1);
        assertThat(names(one, "is:offline")).containsExactly("away");
    }

    @Test
    void whatIsOnOneDriveOnlyIsFound() throws Exception {
        Files.write(here.resolve("small"), "sand".getBytes());
        Files.write(here.resolve("big"), content());
        addFolders();
        awaitCopies(one, 2, 1);
        String drive = one.library().ask(reader -> find(reader, "big").getFirst().holder().volumeName());

        assertThat(names(one, "only:\"" + drive + "\"")).containsExactly("big", "small");
        assertThat(names(one, "only:nowhere")).isEmpty();
    }

    @Test
    void whatWasNotReadBeforeAnEndIsReadAfterTheNextStart() throws Exception {
        for (int i = 0; i < 40; i++) {
            Files.write(here.resolve("file " + i), ("sand " + i / 2).getBytes());
        }
        get(one.library().submit(new Command.AddLocation(new LocationId(one.newId()), here, Optional.empty())));
        await(one, "kind:file", rows -> rows.size() == 40);
        one.close();

        one = Holdfast.open(folder.resolve("one"));
        one.connect(LOOPBACK);

        awaitCopies(one, 40, 2);
    }
}
