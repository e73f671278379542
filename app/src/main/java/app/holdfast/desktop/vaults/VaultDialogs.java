package app.holdfast.desktop.vaults;

import app.holdfast.core.api.OpenVault.RecordPath;
import app.holdfast.desktop.fx.DialogFrame;
import app.holdfast.desktop.fx.Dialogs;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.vaults.ContentRows.Line;
import app.holdfast.desktop.vaults.VaultsModel.Page;
import app.holdfast.desktop.vaults.VaultsModel.VaultLine;
import app.holdfast.ui.Text;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The small dialogs about vaults. Each one stays open until what it asks for is done, and says why it was not.
final class VaultDialogs {

    private VaultDialogs() {
    }

    /// Where a dialog is shown, and who does what it asks for.
    record On(VaultsModel model, Words words, Dialogs dialogs) {

        String get(Text text, Object... arguments) {
            return words.get(text, arguments);
        }
    }

    /// The foot of such a dialog: a line for the problem, progress, Cancel and the verb.
    private static final class Form {

        private final On on;
        private final VBox body;
        private final DialogFrame frame;
        private final Button verb;
        private final Label problem = Nodes.paragraph("", "t-small fg-danger");
        private final ProgressBar busy = new ProgressBar();

        Form(On on, String title, Text verb, VBox body) {
            this.on = on;
            this.body = body;
            this.verb = Nodes.button(on.get(verb), "primary");
            this.verb.setDefaultButton(true);
            busy.setMaxWidth(Double.MAX_VALUE);
            Nodes.show(problem, false);
            Nodes.show(busy, false);
            body.getChildren().addAll(problem, busy);
            frame = new DialogFrame(DialogFrame.NARROW, title, body);
            frame.foot(Nodes.spring(), on.dialogs().cancelButton(frame), this.verb);
        }

        /// @param work begins what is asked for, and is given what to call with the problem, or with nothing
        void open(javafx.scene.Node first, Consumer<Consumer<String>> work) {
            verb.setOnAction(_ -> {
                wait(true);
                work.accept(said -> {
                    wait(false);
                    problem.setText(said);
                    Nodes.show(problem, !said.isEmpty());
                    if (said.isEmpty()) {
                        on.dialogs().close(frame);
                    } else {
                        first.requestFocus();
                    }
                });
            });
            frame.focus(first);
            on.dialogs().open(frame, () -> { });
        }

        private void wait(boolean waiting) {
            Nodes.show(busy, waiting);
            body.setDisable(waiting);
            frame.setDisable(false);
        }
    }

    /// Two fields for a new password.
    private static final class NewPassword {

        private final PasswordEntry one;
        private final PasswordEntry two;
        private final VBox box;

        NewPassword(On on) {
            one = new PasswordEntry(on.get(Text.VAULT_PASSWORD_NEW));
            two = new PasswordEntry(on.get(Text.VAULT_PASSWORD_AGAIN));
            box = Nodes.column(16, Dialogs.field(on.get(Text.VAULT_PASSWORD_NEW), one, null),
                    Dialogs.field(on.get(Text.VAULT_PASSWORD_AGAIN), two,
                            Nodes.paragraph(on.get(Text.VAULT_NO_WAY_BACK), "t-small muted")));
        }

        /// @return empty when the two differ, which is told
        Optional<byte[]> take(On on, Consumer<String> told) {
            boolean same = one.isSame(two);
            two.clear();
            if (!same) {
                one.clear();
                told.accept(on.get(Text.VAULT_PASSWORDS_DIFFER));
                return Optional.empty();
            }
            return Optional.of(one.take());
        }
    }

    static void create(On on, VaultFiles files) {
        ObjectProperty<@Nullable Path> place = new SimpleObjectProperty<>();
        TextField path = new TextField();
        path.setEditable(true);
        path.setAccessibleText(on.get(Text.VAULT_FILE));
        Button choose = Nodes.button(on.get(Text.VAULT_CHOOSE), "");
        choose.setOnAction(_ -> files.save().apply(on.get(Text.VAULT_FILE_NAME)).ifPresent(file ->
                path.setText(file.toString())));
        place.bind(path.textProperty().map(VaultDialogs::path));
        HBox line = new HBox(8, Nodes.grown(path), choose);
        path.setMaxHeight(Double.NEGATIVE_INFINITY);
        NewPassword password = new NewPassword(on);
        Form form = new Form(on, on.get(Text.VAULT_NEW), Text.VAULT_CREATE, Nodes.column(16,
                Dialogs.field(on.get(Text.VAULT_FILE), line, null), password.box));
        form.verb.disableProperty().bind(place.isNull().or(password.one.lengthProperty().isEqualTo(0)));
        path.setText(System.getProperty("user.home", "") + java.io.File.separator + on.get(Text.VAULT_FILE_NAME));
        form.open(path, told -> password.take(on, told).ifPresent(bytes -> {
            Path file = place.get();
            if (file != null) {
                on.model().create(file, bytes, told);
            }
        }));
    }

    private static @Nullable Path path(String typed) {
        try {
            Path path = Path.of(typed.strip());
            return typed.isBlank() || !path.isAbsolute() ? null : path;
        } catch (java.nio.file.InvalidPathException e) {
            return null;
        }
    }

    /// @param near the line that is chosen: its client and vault are offered
    static void add(Page.Open page, Optional<Line> near, VaultFiles files, On on) {
        TextField client = new TextField(near.map(line -> line.path().client()).map(id -> typed(page, id, null))
                .orElse(""));
        TextField vault = new TextField(near.flatMap(line -> line.path().vault().map(id ->
                typed(page, line.path().client(), id))).orElse(""));
        TextField record = new TextField();
        TextField hint = new TextField();
        PasswordEntry secret = new PasswordEntry(on.get(Text.VAULT_SECRET));
        ObjectProperty<@Nullable Path> from = new SimpleObjectProperty<>();
        Button choose = Nodes.button("", "");
        choose.textProperty().bind(from.map(file -> String.valueOf(file.getFileName()))
                .orElse(on.get(Text.VAULT_FROM_FILE)));
        choose.setOnAction(_ -> from.set(files.open().get().orElse(null)));
        secret.disableProperty().bind(from.isNotNull());
        secret.setMaxHeight(Double.NEGATIVE_INFINITY);
        client.setAccessibleText(on.get(Text.VAULT_CLIENT));
        vault.setAccessibleText(on.get(Text.VAULT_VAULT));
        record.setAccessibleText(on.get(Text.VAULT_RECORD));
        hint.setAccessibleText(on.get(Text.VAULT_HINT));
        Form form = new Form(on, on.get(Text.VAULT_ADD_TITLE, page.line().name()), Text.VAULT_ADD_VERB, Nodes.column(12,
                new HBox(12, Dialogs.field(on.get(Text.VAULT_CLIENT), client, null),
                        Dialogs.field(on.get(Text.VAULT_VAULT), vault, null)),
                Dialogs.field(on.get(Text.VAULT_RECORD), record, Nodes.paragraph(on.get(Text.VAULT_RECORD_HINT),
                        "t-small muted")),
                Dialogs.field(on.get(Text.VAULT_SECRET), new HBox(8, Nodes.grown(secret), choose), null),
                Dialogs.field(on.get(Text.VAULT_HINT), hint, Nodes.paragraph(on.get(Text.VAULT_HINT_DETAIL),
                        "t-small muted"))));
        form.verb.disableProperty().bind(Bindings.createBooleanBinding(() -> client.getText().isBlank()
                || vault.getText().isBlank() || record.getText().isBlank() || secret.isBlank() && from.get() == null
                || hint.getText().getBytes(StandardCharsets.UTF_8).length > VaultDeeds.HINT_BYTES_MAX,
                client.textProperty(), vault.textProperty(), record.textProperty(), secret.lengthProperty(), from,
                hint.textProperty()));
        form.open(client.getText().isEmpty() ? client : record, told -> {
            RecordPath at = RecordPath.of(client.getText().strip(), vault.getText().strip(), record.getText().strip());
            Path file = from.get();
            if (file == null) {
                on.model().deeds().put(page.file(), at, secret.take(), hint.getText(), told);
            } else {
                on.model().deeds().putFrom(page.file(), at, file, hint.getText(), told);
            }
        });
    }

    /// What a person would type to mean a client or a vault: its name, or its id where it has none.
    private static String typed(Page.Open page, String client, @Nullable String vault) {
        return page.content().clients().stream().filter(each -> each.id().equals(client)).findFirst()
                .flatMap(each -> vault == null ? each.name() : each.vaults().stream()
                        .filter(one -> one.id().equals(vault)).findFirst().flatMap(one -> one.name()))
                .orElse(vault == null ? client : vault);
    }

    static void name(Page.Open page, Line line, On on) {
        TextField name = new TextField(line.named() ? line.name() : "");
        name.setAccessibleText(on.get(Text.VAULT_NAME_FIELD));
        Form form = new Form(on, on.get(Text.VAULT_NAME_TITLE, line.name()), Text.VAULT_NAME_VERB, Nodes.column(12,
                Dialogs.field(on.get(Text.VAULT_NAME_FIELD), name, Nodes.paragraph(on.get(Text.VAULT_NAME_DETAIL),
                        "t-small muted")), Nodes.label(line.id(), "t-mono subtle")));
        form.open(name, told -> on.model().deeds().name(page.file(), line.path(), name.getText(), told));
        name.selectAll();
    }

    /// @param migrate makes version 3 of it, under the password typed here
    static void password(Page.Open page, boolean migrate, On on) {
        NewPassword password = new NewPassword(on);
        VBox body = Nodes.column(16, password.box);
        if (migrate) {
            body.getChildren().addFirst(Nodes.paragraph(on.get(Text.VAULT_MIGRATE_DETAIL), ""));
        }
        Form form = new Form(on, on.get(migrate ? Text.VAULT_MIGRATE_TITLE : Text.VAULT_PASSWORD_TITLE,
                page.line().name()), migrate ? Text.VAULT_MIGRATE_VERB : Text.VAULT_PASSWORD_VERB, body);
        form.verb.disableProperty().bind(password.one.lengthProperty().isEqualTo(0));
        form.open(password.one, told -> password.take(on, told).ifPresent(bytes -> {
            if (migrate) {
                on.model().deeds().migrate(page.file(), bytes, told);
            } else {
                on.model().deeds().password(page.file(), bytes, told);
            }
        }));
    }

    static void history(VaultLine line, VaultsModel model, Words words, Dialogs dialogs) {
        VBox lines = Nodes.column(8);
        model.history(line).stream().limit(20).forEach(each -> {
            Label when = Nodes.label(each.when(), "t-mono subtle");
            when.setMinWidth(88);
            lines.getChildren().add(new HBox(12, when, Nodes.grown(Nodes.paragraph(each.what(), ""))));
        });
        lines.getChildren().add(Nodes.paragraph(words.get(Text.VAULT_HISTORY_DETAIL), "t-small muted"));
        DialogFrame frame = new DialogFrame(DialogFrame.NARROW, words.get(Text.VAULT_HISTORY_TITLE, line.name()),
                lines);
        Button close = Nodes.button(words.get(Text.DIALOG_CLOSE), "primary");
        close.setDefaultButton(true);
        close.setOnAction(_ -> dialogs.close(frame));
        dialogs.open(frame.foot(Nodes.spring(), close).focus(close), () -> { });
    }
}
