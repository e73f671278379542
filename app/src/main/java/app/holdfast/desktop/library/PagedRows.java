package app.holdfast.desktop.library;

import app.holdfast.core.api.EntryKeys;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.Subscription;
import app.holdfast.desktop.fx.Live;
import java.util.AbstractList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javafx.collections.ObservableListBase;

/// The lines of a view of any length, of which only the pages near the eye are read and kept current.
///
/// Whatever asks for a line has its page watched; the page that was asked for longest ago is let go. A line whose row
/// has not come yet is an empty slot of the same height. When the keys change, only the span that differs is announced,
/// so that a list which grows at its end neither jumps nor flickers.
final class PagedRows extends ObservableListBase<EntrySlot> {

    static final int PAGE_ROWS = 100;
    /// Enough for a screen of 400 lines and the page that the selection is on.
    static final int PAGES_MAX = 6;
    /// Slots kept so that a line that comes back has its row at once.
    static final int SLOTS_MAX = 2_000;

    private final Live live;
    private final LinkedHashMap<Integer, Subscription> pages = new LinkedHashMap<>(16, 0.75f, true);
    private final LinkedHashMap<Long, EntrySlot> slots = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, EntrySlot> eldest) {
            return size() > SLOTS_MAX;
        }
    };
    private long[] keys = {};

    PagedRows(Live live) {
        this.live = live;
    }

    @Override
    public int size() {
        return keys.length;
    }

    @Override
    public EntrySlot get(int index) {
        watch(index / PAGE_ROWS);
        return slot(keys[index]);
    }

    @Override
    public int indexOf(Object object) {
        return object instanceof EntrySlot slot ? indexOf(slot.key()) : -1;
    }

    @Override
    public int lastIndexOf(Object object) {
        return indexOf(object);
    }

    @Override
    public boolean contains(Object object) {
        return indexOf(object) >= 0;
    }

    /// A list of windows is itself only: comparing lines would read a million of them, and a property that holds one
    /// empty list must notice when it holds another.
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    int indexOf(long key) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] == key) {
                return i;
            }
        }
        return -1;
    }

    long keyAt(int index) {
        return keys[index];
    }

    /// Indices of those keys that are here, in the order of the list.
    List<Integer> indicesOf(Iterable<Long> wanted) {
        Map<Long, Boolean> sought = new HashMap<>();
        wanted.forEach(key -> sought.put(key, true));
        return IntStream.range(0, keys.length).filter(i -> sought.containsKey(keys[i])).boxed()
                .toList();
    }

    void setKeys(EntryKeys next) {
        long[] before = keys;
        long[] after = next.keys();
        int shorter = Math.min(before.length, after.length);
        int head = 0;
        while (head < shorter && before[head] == after[head]) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head && before[before.length - 1 - tail] == after[after.length - 1 - tail]) {
            tail++;
        }
        int removed = before.length - head - tail;
        int added = after.length - head - tail;
        if (removed == 0 && added == 0) {
            return;
        }
        closePages();
        beginChange();
        keys = after;
        if (removed == 0) {
            nextAdd(head, head + added);
        } else if (added == 0) {
            nextRemove(head, span(before, head, removed));
        } else {
            nextReplace(head, head + added, span(before, head, removed));
        }
        endChange();
    }

    /// Stops watching. The rows that are here stay as they are.
    void close() {
        closePages();
    }

    private void closePages() {
        List<Subscription> open = List.copyOf(pages.values());
        pages.clear();
        open.forEach(Subscription::close);
    }

    private void watch(int page) {
        if (pages.get(page) != null) {
            return;
        }
        int first = page * PAGE_ROWS;
        List<Long> wanted = new EntryKeys(keys, 0).from(first, PAGE_ROWS);
        Iterator<Subscription> oldest = pages.values().iterator();
        if (pages.size() == PAGES_MAX) {
            Subscription closing = oldest.next();
            oldest.remove();
            closing.close();
        }
        pages.put(page, () -> { });
        Subscription watching = live.watch(reader -> reader.rows(wanted), this::fill);
        pages.put(page, watching);
    }

    private void fill(List<EntryRow> rows) {
        rows.forEach(row -> slot(row.key()).fill(row));
    }

    private EntrySlot slot(long key) {
        return slots.computeIfAbsent(key, EntrySlot::new);
    }

    /// What was removed, made only if somebody looks.
    private List<EntrySlot> span(long[] before, int from, int count) {
        return new AbstractList<>() {
            @Override
            public EntrySlot get(int index) {
                return slot(before[from + index]);
            }

            @Override
            public int size() {
                return count;
            }
        };
    }
}
