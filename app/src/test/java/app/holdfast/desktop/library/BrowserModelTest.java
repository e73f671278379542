package app.holdfast.desktop.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.SearchQuery;
import app.holdfast.desktop.fx.Live;
import app.holdfast.desktop.library.BrowserModel.Crumb;
import app.holdfast.desktop.memory.Desk;
import app.holdfast.desktop.memory.Maren;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BrowserModelTest {

    private final Desk desk = new Desk();
    private final Maren maren = new Maren(desk.library);
    private final BrowserModel model = new BrowserModel(desk.live, desk.words);
    private final EntryScope iceland = new EntryScope.Folder(maren.photos.id(), Optional.of(maren.iceland.id()));

    @Test
    void aFolderSaysWhatItHoldsAndTheWayToIt() {
        model.open(iceland);

        assertThat(model.summary().get()).isEqualTo("47 items, 29.1\u00a0GB");
        assertThat(model.trail()).extracting(Crumb::name).containsExactly("Photos", "2026", "Iceland");
    }

    @Test
    void aboveAFolderIsTheFolderThatHoldsIt() {
        model.open(iceland);

        Optional<Place> above = model.above();

        assertThat(above).contains(model.trail().get(1).place());
    }

    @Test
    void whatIsSelectedStaysSelectedWhenTheListChangesUnderIt() {
        model.open(iceland);
        int before = indexOf("Ring road.gpx");
        model.select(List.of(before));

        desk.library.change(_ ->
                desk.files.file(maren.photos, Optional.of(maren.iceland), "AAA first.txt", 1, "2026-01-01"));

        assertThat(model.selectedIndices()).containsExactly(before + 1);
        assertThat(model.selection().rows()).extracting(EntryRow::name).containsExactly("Ring road.gpx");
    }

    @Test
    void whatIsGoneIsSelectedNoMore() {
        model.open(iceland);
        model.select(List.of(indexOf("Ring road.gpx"), indexOf("Itinerary.pdf")));

        EntryRow gone = row("Ring road.gpx");
        desk.library.change(_ -> desk.files.remove(gone));

        assertThat(model.selection().rows()).extracting(EntryRow::name).containsExactly("Itinerary.pdf");
    }

    @Test
    void goingBackFindsWhatWasSelected() {
        model.open(iceland);
        model.select(List.of(4));
        model.open(new EntryScope.Folder(maren.documents.id(), Optional.empty()));

        model.open(iceland);

        assertThat(model.selectedIndices()).containsExactly(4);
    }

    @Test
    void sortingKeepsTheSelection() {
        model.open(iceland);
        model.select(List.of(indexOf("Originals, card A.zip")));

        model.sortBy(new EntrySort(EntrySort.Column.SIZE, false));

        assertThat(model.selectedIndices()).containsExactly(3);
    }

    @Test
    void aTagSetElsewhereIsSeenOnTheSelection() {
        model.open(iceland);
        model.select(List.of(indexOf("Ring road.gpx")));

        EntryRow road = row("Ring road.gpx");
        desk.library.change(_ -> desk.files.put(maren.family, road));

        assertThat(model.selection().rows().getFirst().tags()).extracting(EntryRow.Tag::name).contains("Family");
    }

    @Test
    void closingEndsEveryQuestion() {
        int before = desk.library.liveQuestions();
        model.open(iceland);
        model.select(List.of(indexOf("Ring road.gpx")));

        model.close();

        assertThat(desk.library.liveQuestions()).isEqualTo(before);
    }

    @Test
    void muchThatIsFoundIsShownInPartUntilThePersonPauses() {
        desk.files.many(maren.photos, 5_000);
        List<Runnable> pauses = new ArrayList<>();
        var typing = new BrowserModel(new Live(desk.library, Runnable::run, pauses::add), desk.words);

        typing.open(new EntryScope.Query(new SearchQuery(List.of())));
        String before = typing.summary().get();
        int shown = typing.rows().get().size();
        pauses.forEach(Runnable::run);

        assertThat(before).isEqualTo("1,000 items and more");
        assertThat(shown).isEqualTo(BrowserModel.FIRST_MAX);
        assertThat(typing.summary().get()).isEqualTo("5,000 items");
        assertThat(typing.rows().get().size()).isEqualTo(5_000);
    }

    @Test
    void theWholeListIsNotAskedForWhenAnotherKeyWasPressed() {
        desk.files.many(maren.photos, 5_000);
        List<Runnable> pauses = new ArrayList<>();
        var typing = new BrowserModel(new Live(desk.library, Runnable::run, pauses::add), desk.words);

        typing.open(new EntryScope.Query(new SearchQuery(List.of())));
        typing.open(new EntryScope.Query(new SearchQuery(List.of())));
        pauses.getFirst().run();

        assertThat(typing.rows().get().size()).isEqualTo(BrowserModel.FIRST_MAX);
    }

    private EntryRow row(String name) {
        return model.rowAt(indexOf(name)).orElseThrow();
    }

    private int indexOf(String name) {
        for (int i = 0; i < model.rows().get().size(); i++) {
            if (model.rowAt(i).filter(row -> row.name().equals(name)).isPresent()) {
                return i;
            }
        }
        throw new AssertionError(name);
    }
}
