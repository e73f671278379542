package app.holdfast.core.sync.wire;

import app.holdfast.core.change.TrailMark;
import app.holdfast.core.change.cbor.CborException;
import app.holdfast.core.change.cbor.CborReader;
import app.holdfast.core.change.cbor.CborWriter;
import app.holdfast.core.clock.Author;
import app.holdfast.core.sync.SyncMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The heads along authors' groups, as bytes (`docs/protocol/frames.md`): for each author its id and an array of three
/// numbers a group, from where the one before it ends to its first, from there to its last, and its head.
final class TrailColumns {

    private static final long HEAD_MAX = 0xffff_ffffL;
    private static final int NUMBERS = 3;

    private TrailColumns() {
    }

    static void write(SortedMap<Author, List<TrailMark>> trails, CborWriter out) {
        out.array(2 * trails.size());
        trails.forEach((author, marks) -> {
            out.id(author.value()).array(NUMBERS * marks.size());
            long last = 0;
            for (TrailMark mark : marks) {
                out.unsigned(mark.first() - last).unsigned(mark.last() - mark.first()).unsigned(mark.head());
                last = mark.last();
            }
        });
    }

    static SortedMap<Author, List<TrailMark>> read(CborReader in) throws CborException {
        int start = in.offset();
        int items = in.array();
        if (items % 2 != 0) {
            throw new CborException(start, items + " items, not a multiple of 2");
        }
        var trails = new TreeMap<Author, List<TrailMark>>();
        int room = SyncMessage.TRAIL_MARKS_MAX;
        for (int left = items / 2; left > 0; left--) {
            Author author = new Author(in.id());
            List<TrailMark> marks = marks(in, room);
            room -= marks.size();
            trails.put(author, marks);
        }
        return Collections.unmodifiableSortedMap(trails);
    }

    private static List<TrailMark> marks(CborReader in, int most) throws CborException {
        int start = in.offset();
        int items = in.array();
        if (items % NUMBERS != 0 || items > NUMBERS * most) {
            throw new CborException(start, items + " items of a trail");
        }
        var marks = new ArrayList<TrailMark>();
        long last = 0;
        for (int left = items / NUMBERS; left > 0; left--) {
            int at = in.offset();
            long first = last + in.unsigned(Long.MAX_VALUE);
            long end = first + in.unsigned(Long.MAX_VALUE);
            if (first <= last || end < first) { // beyond what a number holds, or no step at all
                throw new CborException(at, "a trail that does not go on");
            }
            marks.add(new TrailMark(first, end, in.unsigned(HEAD_MAX)));
            last = end;
        }
        return List.copyOf(marks);
    }

    static SortedSet<Author> readAuthors(CborReader in) throws CborException {
        var authors = new TreeSet<Author>();
        for (int left = in.array(); left > 0; left--) {
            authors.add(new Author(in.id()));
        }
        return Collections.unmodifiableSortedSet(authors);
    }
}
