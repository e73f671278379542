package app.holdfast.core.store;

import app.holdfast.core.clock.Author;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Authors by this database's keys. Filled as they are met; a job that fails after meeting one forgets it again
/// ([#forget]).
final class Authors {

    private final Prepared prepared;
    private final Map<Author, Long> keys = new HashMap<>();
    private final Map<Long, Author> byKey = new HashMap<>();

    Authors(Prepared prepared) {
        this.prepared = prepared;
    }

    long key(Author author) {
        Long known = keys.get(author);
        if (known != null) {
            return known;
        }
        byte[] id = Ids.bytes(author.value());
        long stored = stored(id).orElseGet(() -> {
            prepared.update("insert into author (id) values (?)", id);
            return stored(id).orElseThrow();
        });
        remember(author, stored);
        return stored;
    }

    private Optional<Long> stored(byte[] id) {
        return prepared.first("select key from author where id = ?", row -> row.getLong(1), id);
    }

    Author of(long key) {
        Author known = byKey.get(key);
        if (known == null) {
            known = prepared.first("select id from author where key = ?", row -> new Author(Ids.uuid(row.getBytes(1))),
                    key).orElseThrow(() -> new IllegalStateException("no author has the key " + key));
            remember(known, key);
        }
        return known;
    }

    private void remember(Author author, long key) {
        keys.put(author, key);
        byKey.put(key, author);
    }

    void forget() {
        keys.clear();
        byKey.clear();
    }
}
