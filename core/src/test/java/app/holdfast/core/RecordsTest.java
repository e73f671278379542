package app.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.holdfast.core.api.CollectionRow;
import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.LibraryHash;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.RecordRow;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.TagRow;
import app.holdfast.core.model.CollectionId;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.LocationId;
import app.holdfast.core.model.TagId;
import app.holdfast.core.model.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Notes, collections and records of any model, through the door.
class RecordsTest {

    private static final long SECONDS_MAX = 60;
    private static final UUID ID = new UUID(0x7000, 1);

    @TempDir
    private Path folder;

    private Holdfast holdfast;

    @BeforeEach
    void open() throws Exception {
        Holdfast.initialise(folder.resolve("data"), "laptop");
        holdfast = Holdfast.open(folder.resolve("data"));
    }

    @AfterEach
    void close() {
        holdfast.close();
    }

    private void submit(Command command) throws Exception {
        holdfast.library().submit(command).toCompletableFuture().get(SECONDS_MAX, TimeUnit.SECONDS);
    }

    private <T> T await(Function<LibraryReader, Optional<T>> question) throws Exception {
        CompletableFuture<T> found = new CompletableFuture<>();
        try (Subscription _ = holdfast.library().observe(question, answer -> answer.ifPresent(found::complete))) {
            return found.get(SECONDS_MAX, TimeUnit.SECONDS);
        }
    }

    private EntryId beach() throws Exception {
        Path top = Files.createDirectories(folder.resolve("things"));
        Files.writeString(top.resolve("beach.txt"), "sand");
        submit(new Command.AddLocation(new LocationId(holdfast.newId()), top, Optional.empty()));
        return await(reader -> reader.rows(reader.keys(new EntryScope.Search("beach", List.of()), EntrySort.BY_NAME)
                .from(0, 1)).stream().findFirst()).id();
    }

    private EntryRow.Noted noted(EntryId entry) {
        return holdfast.library().ask(reader -> reader.entry(entry)).orElseThrow().noted();
    }

    private void isRefused(Command command, String message) {
        assertThatThrownBy(() -> submit(command)).cause().isInstanceOf(CoreException.Refused.class)
                .hasMessage(message);
    }

    @Test
    void whatIsNotedOfAFileIsShownWithIt() throws Exception {
        EntryId beach = beach();

        submit(new Command.SetNote(List.of(beach), " fine sand "));
        submit(new Command.SetRating(List.of(beach), 4));
        submit(new Command.SetFavorite(List.of(beach), true));
        submit(new Command.SetField(List.of(beach), "Camera", Optional.of("Leica")));

        assertThat(noted(beach)).isEqualTo(new EntryRow.Noted("fine sand", 4, true,
                new TreeMap<>(Map.of("Camera", "Leica"))));
        submit(new Command.SetNote(List.of(beach), ""));
        submit(new Command.SetField(List.of(beach), "Camera", Optional.empty()));
        assertThat(noted(beach).note()).isEmpty();
        assertThat(noted(beach).fields()).isEmpty();
    }

    @Test
    void aNoteThatIsWrittenWakesWhoLooksAtTheFile() throws Exception {
        EntryId beach = beach();
        CompletableFuture<String> seen = new CompletableFuture<>();

        try (Subscription _ = holdfast.library().observe(reader -> reader.entry(beach).orElseThrow().noted().note(),
                note -> {
                    if (!note.isEmpty()) {
                        seen.complete(note);
                    }
                })) {
            submit(new Command.SetNote(List.of(beach), "sand"));

            assertThat(seen.get(SECONDS_MAX, TimeUnit.SECONDS)).isEqualTo("sand");
        }
    }

    @Test
    void whatDoesNotFitIsNotNoted() throws Exception {
        EntryId beach = beach();

        isRefused(new Command.SetRating(List.of(beach), 6), "a rating is a whole number from 0 to 5");
        isRefused(new Command.SetNote(List.of(beach), "x".repeat(5_001)), "a note is text of at most 5000 characters");
        isRefused(new Command.SetField(List.of(beach), " ", Optional.of("x")),
                "a field's name has 1 to 100 characters, and no control characters");
        assertThatThrownBy(() -> submit(new Command.SetRating(List.of(new EntryId(ID)), 1)))
                .hasCauseInstanceOf(CoreException.NotFound.class);
        assertThat(noted(beach)).isEqualTo(EntryRow.Noted.NOTHING);
    }

    @Test
    void moreFieldsThanARecordHoldsAreRefused() throws Exception {
        EntryId beach = beach();
        for (int i = 0; i < 62; i++) {
            submit(new Command.SetField(List.of(beach), "field " + i, Optional.of("x".repeat(1_000))));
        }

        isRefused(new Command.SetField(List.of(beach), "long", Optional.of("€".repeat(1_000))),
                "there is too much noted about this already");
    }

    @Test
    void aCollectionHoldsFilesUntilItIsDeleted() throws Exception {
        EntryId beach = beach();
        CollectionId id = new CollectionId(holdfast.newId());

        submit(new Command.CreateCollection(id, "Holidays"));
        submit(new Command.AddToCollection(id, List.of(beach)));
        submit(new Command.AddToCollection(id, List.of(beach)));
        submit(new Command.RenameCollection(id, "Summer"));

        assertThat(holdfast.library().ask(LibraryReader::collections))
                .containsExactly(new CollectionRow(id, "Summer", 1));
        long[] inside = holdfast.library().ask(reader ->
                new long[] {reader.keys(new EntryScope.Collected(id), EntrySort.BY_NAME).count()});
        assertThat(inside).containsExactly(1);
        isRefused(new Command.CreateCollection(new CollectionId(ID), "summer"),
                "there is a collection Summer already");
        submit(new Command.RemoveFromCollection(id, List.of(beach)));
        assertThat(holdfast.library().ask(LibraryReader::collections).getFirst().entries()).isZero();
        submit(new Command.DeleteCollection(id));
        assertThat(holdfast.library().ask(LibraryReader::collections)).isEmpty();
    }

    @Test
    void recordsOfAnyModelAreWrittenInOneCommand() throws Exception {
        submit(new Command.PutRecord("tag", ID, Map.of("name", new Value.Text("Trips"))));

        assertThat(holdfast.library().ask(LibraryReader::tags)).extracting(TagRow::name).containsExactly("Trips");
        List<RecordRow> rows = holdfast.library().ask(reader -> reader.records("tag"));
        assertThat(rows).extracting(RecordRow::id).containsExactly(ID);
    }

    @Test
    void manyRecordsAreOneChange() throws Exception {
        Map<UUID, Map<String, Value>> records = new LinkedHashMap<>();
        for (int i = 0; i < 3_000; i++) {
            records.put(new UUID(1, i), Map.of("name", new Value.Text("Tag " + i)));
        }

        submit(new Command.PutRecords("tag", records));

        assertThat(holdfast.library().ask(LibraryReader::tags)).hasSize(3_000);
        submit(new Command.DeleteRecords("tag", List.copyOf(records.keySet())));
        assertThat(holdfast.library().ask(LibraryReader::tags)).isEmpty();
    }

    @Test
    void oneRecordThatDoesNotFitKeepsAllOut() {
        Map<UUID, Map<String, Value>> records = new LinkedHashMap<>();
        records.put(new UUID(1, 1), Map.of("name", new Value.Text("fine")));
        records.put(new UUID(1, 2), Map.of("name", new Value.Whole(2)));

        isRefused(new Command.PutRecords("tag", records),
                "the name of a record of tag is text of at most 200 characters");
        assertThat(holdfast.library().ask(LibraryReader::tags)).isEmpty();
    }

    @Test
    void recordsThatAreNotOnesToWriteAreRefused() {
        Map<String, Value> nothing = Map.of();

        assertThatThrownBy(() -> submit(new Command.PutRecord("playlist", ID, nothing)))
                .cause().isInstanceOf(CoreException.NotFound.class).hasMessage("there is no model playlist");
        isRefused(new Command.PutRecord("entry", ID, nothing),
                "records of entry are written by their owner's device alone");
        isRefused(new Command.PutRecord("member", ID, nothing),
                "records of member are written by commands of their own only");
        isRefused(new Command.DeleteRecords("claim", List.of(ID)),
                "records of claim are written by commands of their own only");
        isRefused(new Command.PutRecord("tag", ID, Map.of("shape", new Value.Text("round"))),
                "a record of tag has no field shape");
        isRefused(new Command.PutRecord("tag", ID, Map.of("name", new Value.Text("x\uD83D"))),
                "the name of a record of tag is text of at most 200 characters");
        isRefused(new Command.PutRecord("assignment", ID, Map.of("tag", new Value.Ref(ID),
                "subject", new Value.Ref(ID))), "a record of assignment needs a tag that is here");
        isRefused(new Command.PutRecord("metadata", ID, Map.of("subject", new Value.Ref(ID))),
                "a record of metadata is identified by its subject, which give another id than " + ID);
    }

    @Test
    void deletingATagByItsRecordTakesItsAssignmentsAlong() throws Exception {
        EntryId beach = beach();
        submit(new Command.PutRecord("tag", ID, Map.of("name", new Value.Text("Trips"))));
        submit(new Command.AssignTags(List.of(beach), List.of(new TagId(ID))));

        submit(new Command.DeleteRecords("tag", List.of(ID)));

        LibraryHash hash = holdfast.library().ask(LibraryReader::hash);
        assertThat(hash.rows()).doesNotContainKeys("tag", "assignment");
    }
}
