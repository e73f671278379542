package app.holdfast.desktop.library;

import app.holdfast.core.api.PlainText;
import app.holdfast.desktop.drives.PlugIn;
import app.holdfast.desktop.fx.Dot;
import app.holdfast.desktop.fx.Icons;
import app.holdfast.desktop.fx.Nodes;
import app.holdfast.desktop.fx.Swatch;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.library.InspectorModel.Copy;
import app.holdfast.desktop.library.InspectorModel.Facts;
import app.holdfast.desktop.library.InspectorModel.Tagging;
import app.holdfast.desktop.notes.Noting;
import app.holdfast.desktop.notes.NotesPane;
import app.holdfast.ui.Text;
import java.util.List;
import java.util.Optional;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.remixicon.RemixiconAL;
import org.kordamp.ikonli.remixicon.RemixiconMZ;

/// The pane at the right: what is selected, its tags, and where it lies.
final class InspectorView extends ScrollPane {

    static final double WIDTH = 304;

    private final LibraryModel library;
    private final Words words;
    private final Runnable pickTags;
    private final VBox head = new VBox();
    private final Region notesRule = Nodes.rule();
    private final NotesPane notes;
    private final Region tagsRule = Nodes.rule();
    private final VBox tags = new VBox();
    private final Region whereRule = Nodes.rule();
    private final VBox where = new VBox();
    private final VBox content;

    InspectorView(LibraryModel library, Words words, Runnable pickTags) {
        this.library = library;
        this.words = words;
        this.pickTags = pickTags;
        notes = new NotesPane(words, new NotesPane.Actions(stars -> library.rate(library.browser(), stars),
                () -> library.toggleFavorite(library.browser()), library.parts().notes()));
        content = Nodes.styled(new VBox(head, notesRule, notes, tagsRule, tags, whereRule, where), "inspector");
        setContent(content);
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        Nodes.styled(this, "inspector-pane");
        setMinWidth(WIDTH);
        setPrefWidth(WIDTH);
        setMaxWidth(WIDTH);
        setFocusTraversable(false);
        library.inspector().facts().addListener((_, _, facts) -> show(facts));
        show(library.inspector().facts().get());
        library.inspector().noted().addListener((_, _, noted) -> showNotes(noted));
        showNotes(library.inspector().noted().get());
    }

    void focus() {
        content.lookupAll(".button").stream().filter(Node::isFocusTraversable).findFirst()
                .ifPresent(Node::requestFocus);
    }

    void focusNote() {
        notes.focusNote();
    }

    private void show(Facts facts) {
        boolean nothing = facts instanceof Facts.Nothing;
        for (Node part : List.of(tags, notesRule, tagsRule)) {
            Nodes.show(part, !nothing);
        }
        boolean one = facts instanceof Facts.One;
        Nodes.show(where, one);
        Nodes.show(whereRule, one);
        switch (facts) {
            case Facts.Nothing _ -> head.getChildren().setAll(
                    Nodes.paragraph(words.get(Text.INSPECTOR_NOTHING), "muted t-small"));
            case Facts.One file -> {
                head.getChildren().setAll(head(file));
                tags.getChildren().setAll(block(words.get(Text.INSPECTOR_TAGS), tags(file.tags())));
                where.getChildren().setAll(whereabouts(file.found()));
            }
            case Facts.Many many -> {
                head.getChildren().setAll(Nodes.column(4, Nodes.paragraph(many.title(), "t-heading"),
                        Nodes.label(many.detail(), "muted t-small")));
                tags.getChildren().setAll(block(words.get(Text.INSPECTOR_TAGS), tags(many.tags())));
            }
        }
    }

    private void showNotes(Optional<Noting> noted) {
        notes.set(noted);
        Nodes.show(notes, noted.isPresent());
    }

    private Node head(Facts.One one) {
        StackPane tile = Nodes.styled(new StackPane(
                Nodes.icon(Icons.of(one.entry().kind(), one.entry().name()), "s24")), "preview");
        tile.setMinHeight(96);
        VBox names = Nodes.column(4, Nodes.paragraph(PlainText.shown(one.entry().name()), "t-heading"),
                Nodes.paragraph(one.detail(), "muted t-small"), Nodes.paragraph(one.modified(), "muted t-small"));
        VBox head = Nodes.column(16, tile, names);
        if (one.copy().here() && one.copy().online()) {
            Button open = Nodes.button(words.get(Text.FILE_OPEN), "small");
            open.setOnAction(_ -> library.open(one.entry()));
            Button reveal = Nodes.button(words.get(Text.FILE_REVEAL), RemixiconAL.FOLDER_OPEN_LINE, "small");
            reveal.setOnAction(_ -> library.reveal(one.entry()));
            head.getChildren().add(Nodes.row(8, open, reveal));
        }
        return head;
    }

    private Node tags(List<Tagging> tags) {
        FlowPane pills = new FlowPane(6, 6);
        pills.setRowValignment(VPos.CENTER);
        tags.forEach(tag -> pills.getChildren().add(pill(tag)));
        Button add = Nodes.iconButton(words.get(Text.TAG_ADD), RemixiconAL.ADD_LINE, "tiny");
        add.setOnAction(_ -> pickTags.run());
        pills.getChildren().add(add);
        return pills;
    }

    private Node pill(Tagging tag) {
        Label name = Nodes.label(tag.name(), tag.everywhere() ? "" : "muted");
        Button remove = Nodes.iconButton(words.get(Text.TAG_REMOVE, tag.name()), RemixiconAL.CLOSE_LINE, "pill-cross");
        remove.setOnAction(_ -> library.removeTag(library.browser(), tag.tag(), tag.name()));
        HBox pill = Nodes.styled(new HBox(new Swatch(tag.color()), name, remove), "pill large removable");
        pill.setMaxWidth(USE_PREF_SIZE);
        return pill;
    }

    private Node whereabouts(InspectorModel.Found found) {
        HBox head = Nodes.row(8, Nodes.label(words.get(Text.INSPECTOR_WHERE), "t-small t-medium muted"),
                Nodes.spring());
        if (!found.copies().says().isEmpty()) {
            head.getChildren().add(Nodes.label(found.copies().says(), found.copies().number() > 1 ? "badge online"
                    : found.copies().number() == 1 ? "badge conflict" : "badge"));
        }
        VBox all = Nodes.column(12, head, found.plugIn().map(this::callout).orElseGet(() -> place(found.copy())));
        found.others().forEach(copy -> all.getChildren().add(place(copy)));
        int more = found.copies().number() - 1 - found.others().size();
        if (more > 0) {
            all.getChildren().add(Nodes.label(words.get(Text.COPIES_MORE, more), "t-small muted"));
        }
        return all;
    }

    /// What to do to reach it.
    private Node callout(PlugIn plugIn) {
        VBox lines = Nodes.column(2, Nodes.paragraph(plugIn.title(), "t-medium"));
        if (!plugIn.shelf().isEmpty()) {
            lines.getChildren().add(Nodes.paragraph(plugIn.shelf(), "t-small"));
        }
        lines.getChildren().add(Nodes.paragraph(plugIn.seen(), "t-small muted"));
        return Nodes.styled(new HBox(12, Nodes.icon(RemixiconMZ.USB_LINE, "s20"), Nodes.grown(lines)), "callout");
    }

    private Node place(Copy copy) {
        HBox name = Nodes.row(6, Nodes.label(copy.device(), "t-medium"),
                new Dot(copy.online() ? Dot.State.ONLINE : Dot.State.AWAY));
        VBox lines = Nodes.column(2, name, Nodes.paragraph(copy.path(), "t-small"));
        if (!copy.drive().isBlank()) {
            lines.getChildren().add(Nodes.paragraph(words.get(Text.COPY_DRIVE, copy.drive()), "t-small muted"));
        }
        lines.getChildren().add(Nodes.paragraph(copy.state(), "t-small muted"));
        StackPane tile = Nodes.styled(new StackPane(
                Nodes.icon(copy.here() ? RemixiconMZ.MACBOOK_LINE : RemixiconAL.COMPUTER_LINE, "s20")), "tile");
        return new HBox(12, tile, Nodes.grown(lines));
    }

    private static Node block(String title, Node body) {
        return Nodes.column(8, Nodes.label(title, "t-small t-medium muted"), body);
    }
}
