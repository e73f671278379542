package app.holdfast.core.simulation;

import app.holdfast.core.change.Models;
import app.holdfast.core.change.Register;
import app.holdfast.core.model.Value;
import app.holdfast.core.model.EntryKind;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Collectors;

/// Rows as `MemoryContent` words them, made from what the oracle knows.
final class Expected {

    private static final String FILE = Integer.toString(EntryKind.FILE.code());

    private Expected() {
    }

    /// @return the row that a record of this model shows; empty when the model has no table that is compared
    static Optional<String> row(String model, SortedMap<String, Register> view) {
        return switch (model) {
            case Models.TAG -> Optional.of("tag " + text(view, Models.NAME) + " " + text(view, Models.COLOR) + " "
                    + ref(view, Models.PARENT));
            case Models.ASSIGNMENT -> Optional.of("assignment " + ref(view, Models.TAG_REF) + " "
                    + ref(view, Models.SUBJECT));
            case Models.COLLECTION -> Optional.of("collection " + text(view, Models.NAME));
            case Models.COLLECTION_ITEM -> Optional.of("collection_item " + ref(view, Models.COLLECTION_REF) + " "
                    + ref(view, Models.SUBJECT));
            case Models.METADATA -> Optional.of("metadata " + ref(view, Models.SUBJECT) + " "
                    + text(view, Models.NOTE) + " " + rated(view) + " " + custom(view));
            case Models.MEMBER -> Optional.of("member " + (view.get(Models.KEY).value()
                    instanceof Value.Bytes(byte[] key) ? Arrays.toString(key) : ""));
            default -> Optional.empty();
        };
    }

    private static String text(SortedMap<String, Register> view, String field) {
        Register register = view.get(field);
        return register != null && register.value() instanceof Value.Text(String text) ? text : "";
    }

    /// The rating, and whether it is a favourite.
    private static String rated(SortedMap<String, Register> view) {
        Register rating = view.get(Models.RATING);
        Register favorite = view.get(Models.FAVORITE);
        return (rating != null && rating.value() instanceof Value.Whole(long stars) ? stars : 0) + " "
                + (favorite != null && favorite.value() instanceof Value.Flag(boolean set) && set ? 1 : 0);
    }

    private static String custom(SortedMap<String, Register> view) {
        return view.keySet().stream().filter(field -> field.startsWith(Models.CUSTOM))
                .filter(field -> view.get(field).value() instanceof Value.Text)
                .map(field -> field.substring(Models.CUSTOM.length()) + "=" + text(view, field))
                .collect(Collectors.joining(","));
    }

    private static String ref(SortedMap<String, Register> view, String field) {
        Register register = view.get(field);
        return register != null && register.value() instanceof Value.Ref(UUID id) ? id.toString() : "null";
    }

    /// Notes the path of an entry's row, if it is a file's, and what it says of the file's content.
    static void file(String row, Map<String, String> files) {
        String[] words = row.split(" ");
        if (words[0].equals("entry") && words[3].equals(FILE)) {
            files.put(words[2], words[4] + " " + words[6] + " " + words[7]);
        }
    }

    /// Notes the path of an entry's row, if it is a file's, and its id.
    static void entry(String row, Map<String, String> ids) {
        String[] words = row.split(" ");
        if (words[0].equals("entry") && words[3].equals(FILE)) {
            ids.put(words[2], words[1]);
        }
    }

    /// Whether rows are what is on the drive: a big file is read whole at last when another has its sample, and may
    /// have been when another had.
    static boolean isOf(Map<String, String> rows, Map<String, Drive.File> files) {
        if (!rows.keySet().equals(files.keySet())) {
            return false;
        }
        for (var named : files.entrySet()) {
            Drive.File file = named.getValue();
            String row = rows.get(named.getKey());
            boolean isMet = files.values().stream().anyMatch(other -> other != file
                    && other.content() == file.content());
            if (!row.equals(file.shown(true)) && (isMet || !row.equals(file.shown(false)))) {
                return false;
            }
        }
        return true;
    }
}
