package app.holdfast.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.EntryKind;
import app.holdfast.core.model.LocationId;
import app.holdfast.desktop.fake.FakeLibrary;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Notes, stars, favourites, fields and collections, as they are typed.
final class NotingCommandsTest {

    private final Typing typing = new Typing();
    private final FakeLibrary library = typing.library;

    @Test
    void errorsAreSaidInTheCallersLanguageAndToScriptsInEnglish() {
        typing.language = "de";
        Typing.Said said = typing.text("collection", "show", "nothing-of-that-name");
        Typing.Said json = typing.json("collection", "show", "nothing-of-that-name");

        assertThat(said.err()).startsWith("holdfast: ").contains("gibt es nicht").contains("nothing-of-that-name");
        assertThat(json.errorMessage()).doesNotContain("gibt es nicht").contains("nothing-of-that-name");
    }

    @Test
    void whatIsNotedIsToldInWords() {
        LocationId location = library.addLocation("Pictures", Path.of("/home/ada/Pictures"));
        EntryId beach = library.addEntry(location, "beach.jpg", EntryKind.FILE, 1);
        typing.text("note", "set", "entry:" + beach, "fine sand\nand shells");
        typing.text("field", "set", "entry:" + beach, "Camera", "Leica");
        typing.text("favorite", "set", "entry:" + beach);

        Typing.Said english = typing.text("rating", "set", "entry:" + beach, "1");
        typing.language = "de";
        Typing.Said german = typing.text("note", "show", "entry:" + beach);

        assertThat(english.out())
                .isEqualTo("beach.jpg: one star, favourite\nCamera: Leica\nfine sand\nand shells\n");
        assertThat(german.out()).startsWith("beach.jpg: ein Stern, Favorit\n");
        assertThat(typing.text("favorite", "unset", "entry:" + beach).out()).startsWith("beach.jpg: ein Stern\n");
        assertThat(typing.text("field", "remove", "entry:" + beach, "Camera").out()).doesNotContain("Leica");
    }

    @Test
    void starsBeyondFiveAreAUsageError() {
        assertThat(typing.json("rating", "set", "/x", "6").errorCode()).isEqualTo("usage");
    }

    @Test
    void aCollectionIsMeantByItsNameOrItsId() {
        typing.json("collection", "create", "Summer");
        typing.json("collection", "create", "Summer");

        Typing.Said ambiguous = typing.json("collection", "rename", "Summer", "Winter");
        String first = library.collections.getFirst().id().toString();
        Typing.Said byId = typing.json("collection", "rename", first, "Winter");
        Typing.Said unknown = typing.json("collection", "delete", "Autumn");

        assertThat(ambiguous.errorCode()).isEqualTo("ambiguous");
        assertThat(byId.json().get("name").asString()).isEqualTo("Winter");
        assertThat(unknown.errorCode()).isEqualTo("not_found");
    }
}
