package app.holdfast.desktop.tags;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.TagColor;
import app.holdfast.core.api.TagRow;
import app.holdfast.core.model.EntryId;
import app.holdfast.core.model.TagId;
import app.holdfast.desktop.failure.FailureText;
import app.holdfast.desktop.fx.Live;
import app.holdfast.desktop.fx.Toasts;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// All tags, and everything one can do with them.
public final class TagsModel {

    /// Tags that a digit stands for: 1 to 9, then 0.
    public static final int NUMBERED_MAX = 10;
    /// Characters of a name; core takes no more.
    public static final int NAME_CHARS_MAX = 200;

    private final Live live;
    private final Words words;
    private final Toasts toasts;
    private final Supplier<UUID> newIds;
    private final ObservableList<TagRow> tags = FXCollections.observableArrayList();
    private final ObservableList<TagRow> tagsShown = FXCollections.unmodifiableObservableList(tags);
    private final Subscription watching;

    public TagsModel(Live live, Words words, Toasts toasts, Supplier<UUID> newIds) {
        this.live = live;
        this.words = words;
        this.toasts = toasts;
        this.newIds = newIds;
        watching = live.watchCalmly(LibraryReader::tags, answer -> {
            if (!tags.equals(answer)) {
                tags.setAll(answer);
            }
        });
    }

    /// The tree, depth first, siblings by name.
    public ObservableList<TagRow> tags() {
        return tagsShown;
    }

    public Optional<TagRow> tag(TagId id) {
        return tags.stream().filter(tag -> tag.id().equals(id)).findFirst();
    }

    /// The tag of a digit key, counted through the tree.
    ///
    /// @param digit 0 to 9
    public Optional<TagRow> numbered(int digit) {
        int index = digit == 0 ? NUMBERED_MAX - 1 : digit - 1;
        return index < tags.size() ? Optional.of(tags.get(index)) : Optional.empty();
    }

    /// The digit of a tag, if it has one.
    public Optional<Integer> numberOf(TagRow tag) {
        int index = tags.indexOf(tag);
        return index < 0 || index >= NUMBERED_MAX ? Optional.empty() : Optional.of((index + 1) % 10);
    }

    /// Tags whose name holds the text, whatever the case.
    public List<TagRow> matching(String text) {
        String sought = text.strip().toLowerCase(words.texts().locale());
        return tags.stream().filter(tag -> lower(tag.name()).contains(sought)).toList();
    }

    /// Whether a name can be taken: not blank, not too long.
    public boolean isName(String name) {
        return !name.isBlank() && name.strip().length() <= NAME_CHARS_MAX;
    }

    /// Parents a tag may have: all but itself and what lies below it.
    ///
    /// @param tag null for one that is to be made
    public List<TagRow> parentsFor(@Nullable TagRow tag) {
        Set<TagId> below = new HashSet<>();
        if (tag != null) {
            below.add(tag.id());
        }
        List<TagRow> possible = new ArrayList<>();
        for (TagRow each : tags) {
            if (each.parent().filter(below::contains).isPresent()) {
                below.add(each.id());
            }
            if (!below.contains(each.id())) {
                possible.add(each);
            }
        }
        return List.copyOf(possible);
    }

    /// @param parent null for the top level
    /// @param color  null picks one by the name
    public TagId create(String name, @Nullable TagId parent, @Nullable TagColor color) {
        TagId id = new TagId(newIds.get());
        submit(new Command.CreateTag(id, name.strip(), Optional.ofNullable(parent), Optional.ofNullable(color)),
                () -> { });
        return id;
    }

    /// Makes a tag and puts it on these.
    public void createOn(String name, List<EntryRow> entries) {
        TagId id = new TagId(newIds.get());
        String stripped = name.strip();
        live.submit(new Command.CreateTag(id, stripped, Optional.empty(), Optional.empty()),
                () -> assign(id, stripped, ids(entries)), this::failed);
    }

    /// Changes what differs.
    ///
    /// @param parent null for the top level
    public void change(TagRow tag, String name, @Nullable TagId parent, TagColor color) {
        if (!name.strip().equals(tag.name())) {
            submit(new Command.RenameTag(tag.id(), name.strip()), () -> { });
        }
        if (color != tag.color()) {
            submit(new Command.RecolorTag(tag.id(), color), () -> { });
        }
        Optional<TagId> under = Optional.ofNullable(parent);
        if (!under.equals(tag.parent())) {
            submit(new Command.MoveTag(tag.id(), under), () -> { });
        }
    }

    /// For good: core gives a deleted tag's id to nobody again, so the screen asks first.
    public void delete(TagRow tag) {
        submit(new Command.DeleteTag(tag.id()), () -> toasts.done(words.get(Text.TAG_DELETED, tag.name())));
    }

    /// Puts the tag on all that lack it; if none does, takes it off all.
    public void toggle(TagId tag, String name, List<EntryRow> entries) {
        List<EntryId> lacking = ids(entries.stream().filter(entry -> !has(entry, tag)).toList());
        if (lacking.isEmpty()) {
            unassign(tag, name, ids(entries));
        } else {
            assign(tag, name, lacking);
        }
    }

    /// Puts it on those that lack it.
    public void put(TagId tag, String name, List<EntryRow> entries) {
        assign(tag, name, ids(entries.stream().filter(entry -> !has(entry, tag)).toList()));
    }

    /// Takes it off those that have it.
    public void remove(TagId tag, String name, List<EntryRow> entries) {
        unassign(tag, name, ids(entries.stream().filter(entry -> has(entry, tag)).toList()));
    }

    public void close() {
        watching.close();
    }

    public static boolean has(EntryRow entry, TagId tag) {
        return entry.tags().stream().anyMatch(each -> each.id().equals(tag));
    }

    private void assign(TagId tag, String name, List<EntryId> entries) {
        if (entries.isEmpty()) {
            return;
        }
        submit(new Command.AssignTags(entries, List.of(tag)), () ->
                toasts.done(words.get(Text.TAG_ASSIGNED, entries.size(), name), undo(() ->
                        submit(new Command.UnassignTags(entries, List.of(tag)), () -> { }))));
    }

    private void unassign(TagId tag, String name, List<EntryId> entries) {
        if (entries.isEmpty()) {
            return;
        }
        submit(new Command.UnassignTags(entries, List.of(tag)), () ->
                toasts.done(words.get(Text.TAG_UNASSIGNED, entries.size(), name), undo(() ->
                        submit(new Command.AssignTags(entries, List.of(tag)), () -> { }))));
    }

    private Toasts.Action undo(Runnable back) {
        return new Toasts.Action(words.get(Text.TOAST_UNDO), back);
    }

    private void submit(Command command, Runnable done) {
        live.submit(command, done, this::failed);
    }

    private void failed(Throwable failure) {
        toasts.failed(words.get(Text.TAG_FAILED), FailureText.of(failure, words.texts()));
    }

    private String lower(String text) {
        Locale locale = words.texts().locale();
        return text.toLowerCase(locale);
    }

    private static List<EntryId> ids(List<EntryRow> entries) {
        return entries.stream().map(EntryRow::id).toList();
    }
}
