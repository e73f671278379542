package app.holdfast.desktop.notes;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.EntryRow;
import app.holdfast.desktop.memory.Desk;
import app.holdfast.desktop.memory.Maren;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DraftTest {

    private final Maren maren = new Maren(new Desk().library);
    private final List<String> saved = new ArrayList<>();
    private final Draft draft =
            new Draft((rows, text) -> saved.add(rows.getFirst().name() + ": " + text));

    @Test
    void whatIsWrittenIsSavedOnceWhenTheFocusLeaves() {
        draft.show(List.of(maren.waterfall), "");
        draft.text().set("Print this one");

        draft.save();
        draft.save();

        assertThat(saved).containsExactly("Skógafoss at dawn.jpg: Print this one");
    }

    @Test
    void selectingAnotherFileSavesWhatWasWrittenAboutTheFirst() {
        draft.show(List.of(maren.waterfall), "");
        draft.text().set("Print this one");

        draft.show(List.of(maren.drone), "Jonas has it");

        assertThat(saved).containsExactly("Skógafoss at dawn.jpg: Print this one");
        assertThat(draft.text().get()).isEqualTo("Jonas has it");
    }

    @Test
    void aNoteThatArrivesDoesNotOverwriteWhatIsBeingWritten() {
        draft.show(List.of(maren.waterfall), "old");
        draft.text().set("mine");

        draft.show(List.of(maren.waterfall), "theirs");

        assertThat(draft.text().get()).isEqualTo("mine");
    }

    @Test
    void aNoteThatArrivesIsShownWhereNothingIsBeingWritten() {
        draft.show(List.of(maren.waterfall), "old");

        draft.show(List.of(maren.waterfall), "theirs");

        assertThat(draft.text().get()).isEqualTo("theirs");
    }

    @Test
    void escapeLeavesItAsItWas() {
        draft.show(List.of(maren.waterfall), "old");
        draft.text().set("mine");

        draft.revert();
        draft.save();

        assertThat(saved).isEmpty();
        assertThat(draft.text().get()).isEqualTo("old");
    }

    @Test
    void nothingIsSavedAboutNothing() {
        draft.show(List.<EntryRow>of(), "");
        draft.text().set("lost");

        draft.save();

        assertThat(saved).isEmpty();
    }
}
