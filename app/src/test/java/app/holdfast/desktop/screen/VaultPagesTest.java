package app.holdfast.desktop.screen;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.Vaults;
import app.holdfast.desktop.library.Place;
import app.holdfast.desktop.memory.Maren;
import app.holdfast.desktop.memory.MemoryDevices;
import app.holdfast.desktop.memory.MemoryVaults;
import app.holdfast.desktop.vaults.DropOverlay;
import app.holdfast.ui.Text;
import app.holdfast.ui.Texts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TreeTableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Vaults as a person uses them, by keys, over real files whose keys cost nothing. Each step is drawn into
/// `target/shots`.
@Timeout(240)
final class VaultPagesTest {

    @TempDir
    private Path temporary;
    private Path keys;
    private Path other;
    private Screen screen;

    @BeforeEach
    void makeVaults() throws Exception {
        Path folder = temporary.toRealPath();
        keys = MemoryVaults.make(folder.resolve("Personal keys.stronghold"), "wallet/seeds/main seed=one two three",
                "wallet/seeds/savings seed=four five six", "wallet/keys/exchange=seven",
                "ssh/servers/attic-nas root=key", "ssh/servers/studio-pc=other key");
        other = MemoryVaults.make(folder.resolve("work-laptop.stronghold"), "wallet/seeds/holiday seed=eight",
                "wallet/keys/exchange=nine", "ssh/servers/studio-pc=other key", "work vpn/profiles/office=ten",
                "work vpn/profiles/travel=eleven");
        MemoryVaults.make(folder.resolve("Nordlicht deploy.stronghold"));
    }

    @AfterEach
    void close() {
        if (screen != null) {
            screen.close();
        }
        System.clearProperty("holdfast.locale");
        System.clearProperty("holdfast.scheme");
    }

    private void open(String scheme, String language) {
        System.setProperty("holdfast.scheme", scheme);
        System.setProperty("holdfast.locale", language);
        screen = new Screen(library -> {
            new Maren(library);
            library.vaults.away("/home/jonas/Family.stronghold", "studio-pc");
        });
        for (Path file : List.of(keys, keys.resolveSibling("Nordlicht deploy.stronghold"))) {
            screen.library.submit(new Command.NoteVault(file,
                    Vaults.Deed.SEEN));
        }
        Screen.run(() -> screen.model.navigation().go(new Place.Vaults()));
        screen.settle();
    }

    private String word(Text text, Object... arguments) {
        return Texts.ofSystem().get(text, arguments);
    }

    private void unlock(String name) {
        screen.clickText(name);
        screen.press(KeyCode.ENTER);
        screen.type(MemoryVaults.PASSWORD);
        screen.press(KeyCode.ENTER);
        screen.until("it is open", () -> screen.showsNow("wallet"));
        screen.settle();
    }

    private void focusTree() {
        Screen.run(() -> screen.find(".content-tree", _ -> true).requestFocus());
    }

    private void choose(String record) {
        Screen.run(() -> {
            TreeTableView<?> tree = (TreeTableView<?>) screen.find(".content-tree", _ -> true);
            tree.requestFocus();
            for (int i = 0; i < tree.getExpandedItemCount(); i++) {
                if (tree.getTreeItem(i).getValue().toString().contains("name=" + record + ",")) {
                    tree.getSelectionModel().select(i);
                }
            }
        });
        screen.settle();
    }

    private void fill(String name, String text) {
        Node field = screen.find(".text-field", node -> name.equals(node.getAccessibleText()));
        Screen.run(() -> {
            field.requestFocus();
            ((TextInputControl) field).clear();
        });
        screen.type(text);
    }

    @ParameterizedTest
    @CsvSource({"light,en", "dark,de"})
    void everyStepIsDrawn(String scheme, String language) {
        open(scheme, language);
        String suffix = "-" + scheme + "-" + language;

        screen.clickText("Personal keys");
        screen.picture("vault-locked" + suffix);
        unlock("Personal keys");
        choose("main seed");
        screen.picture("vault-open" + suffix);
        screen.press(KeyCode.INSERT);
        screen.picture("vault-add" + suffix);
        screen.press(KeyCode.ESCAPE);
        focusTree();
        screen.press(KeyCode.CONTROL, KeyCode.C);
        screen.until("it is copied", () -> screen.showsNow(word(Text.VAULT_COPIED, "main seed")));
        screen.picture("vault-copied" + suffix);
        screen.press(KeyCode.DELETE);
        screen.picture("vault-revoke" + suffix);
        screen.press(KeyCode.ESCAPE);
        overlay(suffix);
        Screen.run(() -> screen.model.parts().vaults().imports().take(List.of(other)));
        screen.until("it is looked at", () -> screen.showsNow(word(Text.IMPORT_SEE_FIRST)));
        screen.picture("vault-import-password" + suffix);
        screen.type(MemoryVaults.PASSWORD);
        screen.press(KeyCode.ENTER);
        screen.until("it is opened", () -> screen.showsNow("work vpn"));
        Screen.run(() -> ((RadioButton) screen.find(".radio-button", node ->
                word(Text.IMPORT_CHOSEN).equals(((Labeled) node).getText()))).setSelected(true));
        screen.until("it is compared", () -> screen.showsNow(word(Text.IMPORT_ADDED)));
        screen.picture("vault-import" + suffix);
        Screen.run(() -> {
            screen.stage.setWidth(960);
            screen.stage.setHeight(640);
        });
        screen.picture("vault-import-narrow" + suffix);
        screen.press(KeyCode.ESCAPE);
        screen.picture("vault-narrow" + suffix);
        screen.library.tell(new CoreEvent.VaultAsked(new UUID(5, 5), MemoryDevices.KITCHEN, "studio-pc",
                "Personal keys.stronghold"));
        screen.until("it is asked", () -> screen.showsNow(word(Text.EXCHANGE_GIVE)));
        screen.picture("vault-asked" + suffix);

        assertThat(screen.shows("one two three")).as("a secret is drawn").isFalse();
    }

    private void overlay(String suffix) {
        DropOverlay overlay = (DropOverlay) Screen.fx(() -> screen.stage.getScene().lookup(".drop-overlay"));
        Screen.run(() -> overlay.show(List.of(other.toFile())));
        screen.picture("vault-drop" + suffix);
        Screen.run(overlay::left);
    }

    @Test
    void aSnapshotIsMergedWithTheKeyboardAlone() {
        open("light", "en");
        unlock("Personal keys");
        Screen.run(() -> screen.model.parts().vaults().imports().take(List.of(other)));
        screen.until("it is looked at", () -> screen.showsNow(word(Text.IMPORT_SEE_FIRST)));
        screen.type(MemoryVaults.PASSWORD);
        screen.press(KeyCode.ENTER);
        screen.until("it is compared", () -> screen.showsNow("Adds 3, replaces nothing, keeps 1 as it is."));

        Screen.run(() -> screen.find(".button", node -> node instanceof Labeled button
                && button.getText() != null && button.getText().startsWith("Merge ")).requestFocus());
        screen.press(KeyCode.SPACE);

        screen.until("it is done", () -> screen.showsNow("work-laptop.stronghold is merged into Personal keys."));
        assertThat(MemoryVaults.secret(keys, "work vpn/profiles/office")).isEqualTo("ten");
        assertThat(MemoryVaults.secret(keys, "wallet/keys/exchange")).isEqualTo("seven");
    }

    @Test
    void enterKeepsASnapshotThatCannotBeMerged() {
        System.setProperty("holdfast.scheme", "light");
        System.setProperty("holdfast.locale", "en");
        screen = new Screen(library -> new Maren(library));
        Screen.run(() -> screen.model.parts().vaults().imports().take(List.of(other)));
        screen.until("it is looked at", () -> screen.showsNow(word(Text.IMPORT_SEE_FIRST)));
        screen.type(MemoryVaults.PASSWORD);
        screen.press(KeyCode.ENTER);
        screen.until("it is opened", () -> screen.showsNow("work vpn"));

        screen.press(KeyCode.ENTER);

        screen.until("it is kept", () -> screen.model.parts().vaults().vaults().lines().size() == 1);
        assertThat(screen.shows(word(Text.IMPORT_WHAT))).isFalse();
    }

    @Test
    void aRecordIsAddedWithTheKeyboardAndIsNotDrawn() {
        open("light", "en");
        unlock("Personal keys");
        Node unlocked = Screen.fx(() -> screen.stage.getScene().getFocusOwner());
        choose("main seed");

        screen.press(KeyCode.INSERT);
        fill("Record", "spare seed");
        fill("Secret", "nine ten");
        screen.press(KeyCode.ENTER);

        screen.until("it is there", () -> screen.showsNow("spare seed"));
        assertThat(MemoryVaults.secret(keys, "wallet/seeds/spare seed")).isEqualTo("nine ten");
        assertThat(screen.shows("nine ten")).isFalse();
        assertThat(unlocked).isInstanceOf(TreeTableView.class);
    }

    @Test
    void aCopiedSecretLeavesTheClipboardWithTheWindow() {
        open("light", "en");
        unlock("Personal keys");
        choose("main seed");

        screen.press(KeyCode.CONTROL, KeyCode.C);
        screen.until("it is copied", () -> screen.showsNow("main seed is on the clipboard"));
        String copied = Screen.fx(() -> Clipboard.getSystemClipboard().getString());
        screen.close();
        screen = null;

        assertThat(copied).isEqualTo("one two three");
        assertThat(Screen.fx(() -> String.valueOf(Clipboard.getSystemClipboard().getString()))).isNotEqualTo(copied);
    }

    @Test
    void aFileThatIsNoSnapshotSaysSo() throws Exception {
        open("light", "en");
        Path text = Files.writeString(temporary.resolve("notes.txt"), "nothing of the kind");

        Screen.run(() -> screen.model.parts().vaults().imports().take(List.of(text)));

        screen.until("it says so", () -> screen.showsNow("This file is no Stronghold snapshot."));
        screen.picture("vault-refused-light-en");
        screen.press(KeyCode.ENTER);
        assertThat(screen.shows("This file is no Stronghold snapshot.")).isFalse();
    }
}
