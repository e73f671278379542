package app.holdfast.desktop.memory;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.RecordRow;
import app.holdfast.core.api.SearchQuery;
import app.holdfast.core.api.SearchQuery.Test;
import app.holdfast.core.model.EntryKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// What a [MemoryLibrary] finds, and the searches it keeps under a name. Of the query language it knows what tests ask
/// for.
final class MemorySearch {

    private final Map<UUID, RecordRow> saved = new LinkedHashMap<>();

    List<RecordRow> records(String model) {
        return model.equals("search") ? List.copyOf(saved.values()) : List.of();
    }

    void carryOut(Command command) throws CoreException {
        switch (command) {
            case Command.PutRecord(var model, var id, var fields) when model.equals("search") ->
                    saved.put(id, new RecordRow(id, new TreeMap<>(fields)));
            case Command.DeleteRecords(var model, var ids) when model.equals("search") ->
                    ids.forEach(saved::remove);
            default -> throw new CoreException.Refused("not in this fake");
        }
    }

    static boolean holds(EntryRow entry, SearchQuery query, MemoryReader reader) {
        return query.terms().stream().allMatch(term -> term.wanted() == is(entry, term.test(), reader));
    }

    private static boolean is(EntryRow entry, Test test, MemoryReader reader) {
        return switch (test) {
            case Test.Name(String part) -> low(entry.name()).contains(low(part));
            case Test.Tagged(List<String> path) -> reader.tags().stream()
                    .filter(tag -> tag.name().equals(path.getLast())).anyMatch(tag -> reader.hasBelow(entry, tag.id()));
            case Test.OfKind(SearchQuery.Kind kind) -> kind == SearchQuery.Kind.FOLDER
                    ? entry.kind() == EntryKind.DIRECTORY
                    : kind.extensions().contains(low(entry.name().substring(entry.name().lastIndexOf('.') + 1)));
            case Test.Size(long least, long most) -> entry.kind() == EntryKind.FILE && entry.size() >= least
                    && entry.size() <= most;
            case Test.OnVolume(String name) -> low(entry.holder().volumeName()).startsWith(low(name));
            case Test.OnDevice(String name) -> low(entry.holder().deviceName()).startsWith(low(name));
            case Test.OnlyOn(String name) -> entry.copies() == 1
                    && low(entry.holder().volumeName()).startsWith(low(name));
            case Test.Is(SearchQuery.State state) -> switch (state) {
                case OFFLINE -> !entry.holder().online();
                case ONLINE -> entry.holder().online();
                case DUPLICATE -> entry.copies() > 1;
                case FAVORITE -> entry.noted().favorite();
                case TAGGED -> !entry.tags().isEmpty();
                case NOTED -> !entry.noted().note().isEmpty();
            };
            case Test.InLocation(String name) -> reader.location(entry.location())
                    .filter(row -> low(row.name()).startsWith(low(name))).isPresent();
            case Test.Below(String folder) -> low("/" + entry.path()).contains("/" + low(folder) + "/");
            case Test.Path _, Test.Extension _, Test.Changed _, Test.Rating _, Test.Noted _, Test.Copies _ -> false;
        };
    }

    private static String low(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
