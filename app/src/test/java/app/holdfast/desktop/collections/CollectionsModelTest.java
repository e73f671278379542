package app.holdfast.desktop.collections;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.CollectionRow;
import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreException;
import app.holdfast.desktop.memory.Desk;
import app.holdfast.desktop.memory.Maren;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CollectionsModelTest {

    private final Desk desk = new Desk();
    private final Maren maren = new Maren(desk.library);
    private final CollectionsModel model =
            new CollectionsModel(desk.live, desk.words, desk.toasts, desk::newId);

    @Test
    void aNewCollectionIsListedWithItsCount() {
        model.createWith("  For print ", List.of(maren.waterfall, maren.drone));

        assertThat(model.collections()).singleElement()
                .matches(row -> row.name().equals("For print") && row.entries() == 2);
        assertThat(desk.toastTitles()).containsExactly("2 items added to For print");
    }

    @Test
    void undoOfAddingTakesOutOnlyWhatWasNotInBefore() {
        model.createWith("For print", List.of(maren.waterfall));

        model.add(only(), List.of(maren.waterfall, maren.drone));
        undoLast();

        assertThat(only().entries()).isEqualTo(1);
    }

    @Test
    void whatIsInAlreadyIsNotPutInAgain() {
        model.createWith("For print", List.of(maren.waterfall));
        desk.library.commands.clear();

        model.add(only(), List.of(maren.waterfall));

        assertThat(desk.library.commands).isEmpty();
        assertThat(desk.toastTitles()).last().isEqualTo("All of it is in For print already");
    }

    @Test
    void whatIsTakenOutComesBackByUndo() {
        model.createWith("For print", List.of(maren.waterfall, maren.drone));

        model.remove(only(), List.of(maren.drone));
        long without = only().entries();
        undoLast();

        assertThat(without).isEqualTo(1);
        assertThat(only().entries()).isEqualTo(2);
    }

    @Test
    void aDeletedCollectionComesBackWithWhatWasInItAsANewOne() {
        model.createWith("For print", List.of(maren.waterfall, maren.drone));
        CollectionRow before = only();

        model.delete(before);
        boolean gone = model.collections().isEmpty();
        undoLast();

        assertThat(gone).isTrue();
        assertThat(only().name()).isEqualTo("For print");
        assertThat(only().entries()).isEqualTo(2);
        assertThat(only().id()).isNotEqualTo(before.id());
    }

    @Test
    void aRenamedCollectionGetsItsNameBackByUndo() {
        model.create("Print", _ -> { });

        model.rename(only(), "For print ");
        String renamed = only().name();
        undoLast();

        assertThat(renamed).isEqualTo("For print");
        assertThat(only().name()).isEqualTo("Print");
    }

    @Test
    void aNameIsFreeWhenItIsShortNotBlankAndNoOthers() {
        model.create("Print", _ -> { });

        assertThat(model.isFree("print ")).isFalse();
        assertThat(model.isFree(" ")).isFalse();
        assertThat(model.isFree("x".repeat(201))).isFalse();
        assertThat(model.isFree("Prints")).isTrue();
        assertThat(model.matching("RIN")).hasSize(1);
    }

    @Test
    void aFailureIsTold() {
        desk.library.refuse(new CoreException.Busy());

        model.create("Print", _ -> { });

        assertThat(desk.library.commands).singleElement().isInstanceOf(Command.CreateCollection.class);
        assertThat(desk.toastTitles()).containsExactly("The collection was not changed");
    }

    private CollectionRow only() {
        return model.collections().getFirst();
    }

    private void undoLast() {
        desk.toasts.shown().getLast().action().orElseThrow().run().run();
    }
}
