package app.holdfast.desktop.palette;

import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.PlainText;
import app.holdfast.core.api.SearchQuery;
import app.holdfast.desktop.fx.Live;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// What is offered for what was typed: commands and places at once, files as soon as they are found.
///
/// `>` asks for commands only, `#` for tags, `@` for devices.
public final class PaletteModel {

    /// Of each group; who looks for more types more.
    static final int COMMANDS_MAX = 6;
    static final int PLACES_MAX = 6;
    static final int FILES_MAX = 8;

    private final Live live;
    private final Words words;
    private final List<Offer> offers;
    private final Files files;
    private final ObservableList<Row> rows = FXCollections.observableArrayList();
    private final ObservableList<Row> rowsShown = FXCollections.unmodifiableObservableList(rows);
    private long asked;

    public enum Kind { COMMAND, LOCATION, COLLECTION, TAG, DEVICE, PAGE, FILE }

    /// Something that can be done, or gone to.
    ///
    /// @param detail a second word about it; empty for none
    /// @param keys   the keys that do the same; empty for none
    public record Offer(Kind kind, String name, String detail, String keys, Runnable run) {}

    /// A line of the list: the head of a group, or an offer.
    public sealed interface Row {
        record Head(String name) implements Row {}

        /// @param reveal shows a file in its folder; empty for what is none
        record Line(Offer offer, Optional<EntryRow> file, Optional<Runnable> reveal) implements Row {}
    }

    /// What is to happen with a file that was chosen.
    public record Files(Consumer<EntryRow> open, Consumer<EntryRow> reveal) {}

    /// @param offers in the order in which they are best shown
    public PaletteModel(Live live, Words words, List<Offer> offers, Files files) {
        this.live = live;
        this.words = words;
        this.offers = List.copyOf(offers);
        this.files = files;
        type("");
    }

    public ObservableList<Row> rows() {
        return rowsShown;
    }

    /// As one types.
    public void type(String text) {
        String typed = text.strip();
        long question = ++asked;
        char first = typed.isEmpty() ? ' ' : typed.charAt(0);
        boolean prefixed = first == '>' || first == '#' || first == '@';
        String sought = prefixed ? typed.substring(1).strip() : typed;
        show(first, sought, List.of());
        if (!prefixed && !sought.isEmpty()) {
            live.once(reader -> found(reader, sought), found -> {
                if (question == asked) {
                    show(first, sought, found);
                }
            });
        }
    }

    /// The first line that can be chosen after this one, going up or down.
    ///
    /// @param from -1 for before the first
    /// @param by   1 or -1
    /// @return `from` when there is none
    public int next(int from, int by) {
        for (int i = from + by; i >= 0 && i < rows.size(); i += by) {
            if (rows.get(i) instanceof Row.Line) {
                return i;
            }
        }
        return from;
    }

    private void show(char prefix, String sought, List<EntryRow> found) {
        List<Row> now = new ArrayList<>();
        if (prefix != '#' && prefix != '@') {
            group(now, Text.PALETTE_COMMANDS, matching(sought, COMMANDS_MAX, Kind.COMMAND));
        }
        if (prefix == '#') {
            group(now, Text.PALETTE_PLACES, matching(sought, PLACES_MAX * 2, Kind.TAG));
        } else if (prefix == '@') {
            group(now, Text.PALETTE_PLACES, matching(sought, PLACES_MAX * 2, Kind.DEVICE));
        } else if (prefix != '>') {
            group(now, Text.PALETTE_PLACES, matching(sought, PLACES_MAX, Kind.PAGE, Kind.LOCATION, Kind.COLLECTION,
                    Kind.TAG, Kind.DEVICE));
        }
        if (!found.isEmpty()) {
            now.add(new Row.Head(words.get(Text.PALETTE_FILES)));
            found.forEach(row -> now.add(line(row)));
        }
        if (!rows.equals(now)) {
            rows.setAll(now);
        }
    }

    private void group(List<Row> now, Text head, List<Offer> group) {
        if (!group.isEmpty()) {
            now.add(new Row.Head(words.get(head)));
            group.forEach(offer -> now.add(new Row.Line(offer, Optional.empty(), Optional.empty())));
        }
    }

    private Row.Line line(EntryRow row) {
        int slash = row.path().lastIndexOf('/');
        String where = row.holder().here() ? words.get(Text.PLACE_THIS_DEVICE) : row.holder().deviceName();
        String detail = slash < 0 ? where : where + " / " + row.path().substring(0, slash).replace("/", " / ");
        return new Row.Line(new Offer(Kind.FILE, PlainText.shown(row.name()), PlainText.shown(detail), "",
                () -> files.open().accept(row)),
                Optional.of(row), Optional.of(() -> files.reveal().accept(row)));
    }

    /// Names that begin with it come before names that hold it.
    private List<Offer> matching(String sought, int most, Kind... kinds) {
        Locale locale = words.texts().locale();
        String lower = sought.toLowerCase(locale);
        List<Kind> wanted = List.of(kinds);
        return offers.stream().filter(offer -> wanted.contains(offer.kind()))
                .filter(offer -> offer.name().toLowerCase(locale).contains(lower))
                .sorted(Comparator.comparing((Offer offer) -> !offer.name().toLowerCase(locale).startsWith(lower)))
                .limit(most).toList();
    }

    private static List<EntryRow> found(LibraryReader reader, String sought) {
        SearchQuery called = new SearchQuery(List.of(new SearchQuery.Term(true, new SearchQuery.Test.Name(sought))));
        List<Long> keys = reader.first(called, EntrySort.BY_NAME, FILES_MAX).keys().from(0, FILES_MAX);
        return keys.isEmpty() ? List.of() : reader.rows(keys);
    }
}
