package app.holdfast.core.store;

import static app.holdfast.core.store.catalogue.Tables.AUTHOR;

import app.holdfast.core.clock.Author;
import java.util.HashMap;
import java.util.Map;
import org.jooq.DSLContext;

/// Authors by this database's keys. Filled as they are met; a job that fails after meeting one forgets it again
/// ([#forget]).
final class Authors {

    private final DSLContext sql;
    private final Map<Author, Long> keys = new HashMap<>();
    private final Map<Long, Author> byKey = new HashMap<>();

    Authors(DSLContext sql) {
        this.sql = sql;
    }

    long key(Author author) {
        Long known = keys.get(author);
        if (known != null) {
            return known;
        }
        byte[] id = Ids.bytes(author.value());
        Long stored = sql.select(AUTHOR.KEY).from(AUTHOR).where(AUTHOR.ID.eq(id)).fetchOne(AUTHOR.KEY);
        if (stored == null) {
            sql.insertInto(AUTHOR, AUTHOR.ID).values(id).execute();
            stored = sql.lastID().longValueExact();
        }
        remember(author, stored);
        return stored;
    }

    Author of(long key) {
        Author known = byKey.get(key);
        if (known == null) {
            byte[] id = sql.select(AUTHOR.ID).from(AUTHOR).where(AUTHOR.KEY.eq(key)).fetchSingle(AUTHOR.ID);
            known = new Author(Ids.uuid(id));
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
