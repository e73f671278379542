package app.holdfast.desktop.collections;

import app.holdfast.core.api.CollectionRow;
import app.holdfast.core.api.Command;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.EntryScope;
import app.holdfast.core.api.EntrySort;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.model.CollectionId;
import app.holdfast.core.model.EntryId;
import app.holdfast.desktop.failure.FailureText;
import app.holdfast.desktop.fx.Live;
import app.holdfast.desktop.fx.Toasts;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// All collections, and everything one can do with them. What is done can be undone; a deleted collection comes back
/// as a new one of the same name, since core gives an id to nobody again.
public final class CollectionsModel {

    /// Characters of a name; core takes no more.
    public static final int NAME_CHARS_MAX = 200;
    /// Rows that one question reads; core takes no more.
    private static final int QUESTION_ROWS_MAX = 1_000;
    /// Files that one command puts into a collection; core takes no more than twice as many.
    private static final int COMMAND_FILES_MAX = 25_000;

    private final Live live;
    private final Words words;
    private final Toasts toasts;
    private final Supplier<UUID> newIds;
    private final ObservableList<CollectionRow> collections = FXCollections.observableArrayList();
    private final ObservableList<CollectionRow> collectionsShown =
            FXCollections.unmodifiableObservableList(collections);
    private final Subscription watching;

    public CollectionsModel(Live live, Words words, Toasts toasts, Supplier<UUID> newIds) {
        this.live = live;
        this.words = words;
        this.toasts = toasts;
        this.newIds = newIds;
        watching = live.watchCalmly(LibraryReader::collections, answer -> {
            if (!collections.equals(answer)) {
                collections.setAll(answer);
            }
        });
    }

    /// By name.
    public ObservableList<CollectionRow> collections() {
        return collectionsShown;
    }

    public Optional<CollectionRow> collection(CollectionId id) {
        return collections.stream().filter(row -> row.id().equals(id)).findFirst();
    }

    /// Collections whose name holds the text, whatever the case.
    public List<CollectionRow> matching(String text) {
        String sought = text.strip().toLowerCase(words.texts().locale());
        return collections.stream().filter(row -> row.name().toLowerCase(words.texts().locale()).contains(sought))
                .toList();
    }

    /// Whether a name can be taken: not blank, not too long, and no other collection's.
    public boolean isFree(String name) {
        String stripped = name.strip();
        return !stripped.isEmpty() && stripped.length() <= NAME_CHARS_MAX
                && collections.stream().noneMatch(row -> row.name().equalsIgnoreCase(stripped));
    }

    /// @param made told when it is there
    public void create(String name, Consumer<CollectionId> made) {
        CollectionId id = new CollectionId(newIds.get());
        submit(new Command.CreateCollection(id, name.strip()), () -> made.accept(id));
    }

    public void createWith(String name, List<EntryRow> entries) {
        String stripped = name.strip();
        create(stripped, id -> put(id, stripped, ids(entries)));
    }

    public void rename(CollectionRow collection, String name) {
        String stripped = name.strip();
        if (!stripped.equals(collection.name())) {
            submit(new Command.RenameCollection(collection.id(), stripped), () ->
                    done(words.get(Text.COLLECTION_RENAMED, collection.name(), stripped), () ->
                            submit(new Command.RenameCollection(collection.id(), collection.name()), () -> { })));
        }
    }

    /// Deletes it at once. What was in it stays in the library, and is remembered for as long as the toast is there.
    public void delete(CollectionRow collection) {
        live.once(reader -> content(reader, collection.id()), content ->
                submit(new Command.DeleteCollection(collection.id()), () ->
                        done(words.get(Text.COLLECTION_DELETED, collection.name()), () ->
                                restore(collection.name(), content))));
    }

    /// Puts in what is not in yet.
    public void add(CollectionRow collection, List<EntryRow> entries) {
        live.once(reader -> keys(reader, collection.id()), there -> {
            List<EntryId> lacking = ids(entries.stream().filter(row -> !there.contains(row.key())).toList());
            if (lacking.isEmpty()) {
                toasts.done(words.get(Text.COLLECTION_ALREADY, collection.name()));
            } else {
                put(collection.id(), collection.name(), lacking);
            }
        });
    }

    public void remove(CollectionRow collection, List<EntryRow> entries) {
        List<EntryId> out = ids(entries);
        submit(new Command.RemoveFromCollection(collection.id(), out), () ->
                done(words.get(Text.COLLECTION_REMOVED, out.size(), collection.name()), () ->
                        submit(new Command.AddToCollection(collection.id(), out), () -> { })));
    }

    public void close() {
        watching.close();
    }

    private void put(CollectionId id, String name, List<EntryId> entries) {
        submit(new Command.AddToCollection(id, entries), () ->
                done(words.get(Text.COLLECTION_ADDED, entries.size(), name), () ->
                        submit(new Command.RemoveFromCollection(id, entries), () -> { })));
    }

    private void restore(String name, List<EntryId> content) {
        create(name, id -> {
            for (int from = 0; from < content.size(); from += COMMAND_FILES_MAX) {
                List<EntryId> part = content.subList(from, Math.min(content.size(), from + COMMAND_FILES_MAX));
                submit(new Command.AddToCollection(id, part), () -> { });
            }
        });
    }

    private static Set<Long> keys(LibraryReader reader, CollectionId id) {
        return Arrays.stream(reader.keys(new EntryScope.Collected(id), EntrySort.BY_NAME).keys()).boxed()
                .collect(Collectors.toUnmodifiableSet());
    }

    private static List<EntryId> content(LibraryReader reader, CollectionId id) {
        List<Long> keys = List.copyOf(keys(reader, id));
        List<EntryId> content = new ArrayList<>(keys.size());
        for (int from = 0; from < keys.size(); from += QUESTION_ROWS_MAX) {
            content.addAll(ids(reader.rows(keys.subList(from, Math.min(keys.size(), from + QUESTION_ROWS_MAX)))));
        }
        return List.copyOf(content);
    }

    private void done(String title, Runnable back) {
        toasts.done(title, new Toasts.Action(words.get(Text.TOAST_UNDO), back));
    }

    private void submit(Command command, Runnable then) {
        live.submit(command, then, failure ->
                toasts.failed(words.get(Text.COLLECTION_FAILED), FailureText.of(failure, words.texts())));
    }

    private static List<EntryId> ids(List<EntryRow> entries) {
        return entries.stream().map(EntryRow::id).toList();
    }
}
