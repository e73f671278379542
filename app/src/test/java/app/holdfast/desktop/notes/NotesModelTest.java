package app.holdfast.desktop.notes;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.EntryRow;
import app.holdfast.desktop.fx.Toasts;
import app.holdfast.desktop.memory.Desk;
import app.holdfast.desktop.memory.Maren;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NotesModelTest {

    private final Desk desk = new Desk();
    private final Maren maren = new Maren(desk.library);
    private final NotesModel model = new NotesModel(desk.live, desk.words, desk.toasts);

    @Test
    void onlyFilesThatDifferAreWritten() {
        model.rate(both(), 4);
        model.rate(List.of(row(maren.waterfall)), 2);
        desk.library.commands.clear();

        model.rate(both(), 4);

        assertThat(desk.library.commands).containsExactly(
                new Command.SetRating(List.of(maren.waterfall.id()), 4));
    }

    @Test
    void undoGivesEachFileWhatItHad() {
        model.rate(List.of(row(maren.waterfall)), 2);
        model.rate(List.of(row(maren.drone)), 5);
        model.rate(both(), 3);

        undoLast();

        assertThat(row(maren.waterfall).noted().rating()).isEqualTo(2);
        assertThat(row(maren.drone).noted().rating()).isEqualTo(5);
    }

    @Test
    void favouritesAreMadeOfAllAndThenOfNone() {
        model.toggleFavorite(List.of(row(maren.waterfall)));

        model.toggleFavorite(both());
        boolean all = both().stream().allMatch(row -> row.noted().favorite());
        model.toggleFavorite(both());

        assertThat(all).isTrue();
        assertThat(both()).noneMatch(row -> row.noted().favorite());
        assertThat(desk.toastTitles()).containsExactly("1 item is a favourite now", "1 item is a favourite now",
                "2 items are no favourite any more");
    }

    @Test
    void aBlankNoteTakesTheNoteAwayAndUndoBringsItBack() {
        model.note(List.of(row(maren.waterfall)), "  Print this one.\n");

        model.note(List.of(row(maren.waterfall)), "  ");
        String emptied = row(maren.waterfall).noted().note();
        undoLast();

        assertThat(emptied).isEmpty();
        assertThat(row(maren.waterfall).noted().note()).isEqualTo("Print this one.");
    }

    @Test
    void aNoteThatIsTooLongIsNotSavedAndThatIsSaid() {
        boolean taken = model.note(List.of(row(maren.waterfall)), "x".repeat(NotesModel.NOTE_CHARS_MAX + 1));

        assertThat(taken).isFalse();
        assertThat(desk.library.commands).isEmpty();
        assertThat(desk.toasts.shown()).singleElement().satisfies(toast -> {
            assertThat(toast.tone()).isEqualTo(Toasts.Tone.FAILED);
            assertThat(toast.detail()).contains("At most 5,000 characters fit. Nothing was saved.");
        });
    }

    @Test
    void fieldsAreSetAndTakenOff() {
        model.field(both(), " Camera ", "X100");
        String set = row(maren.drone).noted().fields().get("Camera");

        model.field(List.of(row(maren.drone)), "Camera", "");

        assertThat(set).isEqualTo("X100");
        assertThat(row(maren.drone).noted().fields()).isEmpty();
        assertThat(row(maren.waterfall).noted().fields()).containsEntry("Camera", "X100");
    }

    @Test
    void aFailureIsTold() {
        desk.library.refuse(new CoreException.Busy());

        model.rate(both(), 1);

        assertThat(desk.toastTitles()).containsExactly("That was not noted");
    }

    @Test
    void whatFilesDoNotShareIsVarious() {
        model.rate(both(), 4);
        model.note(List.of(row(maren.drone)), "Jonas has it");
        model.field(List.of(row(maren.drone)), "Camera", "X100");

        Noting noting = Noting.of(both());

        assertThat(noting.rating()).contains(4);
        assertThat(noting.favorite()).contains(false);
        assertThat(noting.note()).isEmpty();
        assertThat(noting.fields()).containsExactly(new Noting.Field("Camera", Optional.empty()));
    }

    private List<EntryRow> both() {
        return List.of(row(maren.waterfall), row(maren.drone));
    }

    private EntryRow row(EntryRow known) {
        return desk.library.ask(reader -> reader.entry(known.id())).orElseThrow();
    }

    private void undoLast() {
        desk.toasts.shown().getLast().action().orElseThrow().run().run();
    }
}
