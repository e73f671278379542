package app.holdfast.desktop.welcome;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.desktop.memory.Desk;
import app.holdfast.desktop.welcome.WelcomeModel.Beginning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WelcomeModelTest {

    private final List<Beginning> begun = new ArrayList<>();
    private final WelcomeModel model = new WelcomeModel(new Desk().words,
            new Beginning("laptop", Optional.of(Path.of("/home/ada/Documents")), Optional.empty()), begun::add);

    @Test
    void aLibraryBeginsWithANameAndAFolder() {
        model.name().set("  attic ");

        model.start();

        assertThat(begun).containsExactly(
                new Beginning("attic", Optional.of(Path.of("/home/ada/Documents")), Optional.empty()));
        assertThat(model.busy().get()).isTrue();
    }

    @Test
    void aFolderMayComeLater() {
        model.folder().set("");

        model.start();

        assertThat(begun).singleElement().extracting(Beginning::folder).isEqualTo(Optional.empty());
    }

    @Test
    void aRelativeFolderIsRefusedWithWords() {
        model.folder().set("Documents");

        model.start();

        assertThat(begun).isEmpty();
        assertThat(model.problem().get()).startsWith("Give the whole path");
    }

    @Test
    void joiningTakesATicketAndNoFolder() {
        model.joining().set(true);
        model.ticket().set("endpointaa");

        model.start();

        assertThat(begun).containsExactly(new Beginning("laptop", Optional.empty(), Optional.of("endpointaa")));
    }

    @Test
    void nobodyBeginsTwice() {
        model.start();
        model.start();

        assertThat(begun).hasSize(1);
    }

    @Test
    void afterAFailureOneMayTryAgain() {
        model.start();
        model.failed("The disk is full.");

        model.start();

        assertThat(begun).hasSize(2);
        assertThat(model.problem().get()).isEmpty();
    }
}
