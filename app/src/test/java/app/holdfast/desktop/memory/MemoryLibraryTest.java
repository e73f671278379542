package app.holdfast.desktop.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.EntryKeys;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.TagRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The fake is tested itself: what the tests of the screen lean on must bear.
final class MemoryLibraryTest {

    private final MemoryLibrary library = new MemoryLibrary(Runnable::run);
    private final Maren maren = new Maren(library);

    @Test
    void foldersComeFirstAndEqualOnesByName() {
        EntryScope scope = new EntryScope.Folder(maren.photos.id(), Optional.of(maren.iceland.id()));

        List<EntryRow> bySize = rows(scope, new EntrySort(EntrySort.Column.SIZE, false));

        assertThat(bySize).extracting(EntryRow::name)
                .startsWith("01 Reykjavík", "02 South coast", "Selects for print", "Originals, card A.zip");
    }

    @Test
    void aTagHoldsTheFilesOfThoseBelowIt() {
        List<EntryRow> family = rows(new EntryScope.Tagged(maren.family), EntrySort.BY_NAME);

        assertThat(family).extracting(EntryRow::name).contains("Itinerary.pdf", "Jökulsárlón drone 4K.mp4");
    }

    @Test
    void searchIgnoresCase() {
        List<EntryRow> found = rows(new EntryScope.Search("SKÓGA", List.of()), EntrySort.BY_NAME);

        assertThat(found).hasSize(2);
    }

    @Test
    void trailLeadsFromTheTopToTheFolder() {
        List<EntryRow> trail = library.ask(reader -> reader.trail(maren.iceland.id()));

        assertThat(trail).extracting(EntryRow::name).containsExactly("2026", "Iceland");
    }

    @Test
    void everyCommitAsksLiveQuestionsAgain() {
        List<Integer> answers = new ArrayList<>();
        library.observe(reader -> reader.tags().size(), answers::add);

        library.submit(new Command.DeleteTag(maren.family));

        assertThat(answers).containsExactly(8, 7);
    }

    @Test
    void childrenOfADeletedTagMoveUp() {
        library.submit(new Command.DeleteTag(maren.family));

        TagRow iceland = library.ask(LibraryReader::tags).stream()
                .filter(tag -> tag.id().equals(maren.icelandTag)).findFirst().orElseThrow();

        assertThat(iceland.parent()).isEmpty();
        assertThat(iceland.depth()).isZero();
    }

    @Test
    void aRefusedCommandChangesNothing() {
        library.refuse(new CoreException.Busy());

        var done = library.submit(new Command.DeleteTag(maren.family)).toCompletableFuture();

        assertThatThrownBy(done::join).hasCauseInstanceOf(CoreException.Busy.class);
        assertThat(library.ask(LibraryReader::tags)).hasSize(8);
    }

    private List<EntryRow> rows(EntryScope scope, EntrySort sort) {
        EntryKeys keys = library.ask(reader -> reader.keys(scope, sort));
        return library.ask(reader -> reader.rows(Arrays.stream(keys.keys()).boxed().toList()));
    }
}
