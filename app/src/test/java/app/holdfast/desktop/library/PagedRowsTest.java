package app.holdfast.desktop.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.EntryKeys;
import app.holdfast.core.api.EntryRow;
import app.holdfast.core.api.LocationRow;
import app.holdfast.core.api.TagColor;
import app.holdfast.desktop.memory.Desk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PagedRowsTest {

    private static final int MILLION = 1_000_000;

    private final Desk desk = new Desk();
    private final LocationRow location = desk.files.location(1, "Photos", desk.files.self("laptop"));
    private final PagedRows rows = new PagedRows(desk.live);

    @Test
    void aMillionLinesAreReadInWindowsOnly() {
        desk.files.many(location, MILLION);
        rows.setKeys(keys(LongStream.range(0, MILLION)));

        EntryRow first = rows.get(0).row();
        EntryRow far = rows.get(700_123).row();

        assertThat(first).extracting(EntryRow::name).isEqualTo("file-0000000.jpg");
        assertThat(far).extracting(EntryRow::name).isEqualTo("file-0700123.jpg");
        assertThat(desk.library.windowsAsked).hasSize(2).allMatch(size -> size <= PagedRows.PAGE_ROWS);
    }

    @Test
    void pagesOutOfSightAreLetGo() {
        desk.files.many(location, MILLION);
        rows.setKeys(keys(LongStream.range(0, MILLION)));

        for (int line = 0; line < MILLION; line += 50_000) {
            assertThat(rows.get(line)).isNotNull();
        }

        assertThat(desk.library.liveQuestions()).isEqualTo(PagedRows.PAGES_MAX);
    }

    @Test
    void aRowThatChangesIsFilledAgainInItsSlot() {
        EntryRow file = desk.files.file(location, Optional.empty(), "a.txt", 1, "2026-01-01");
        rows.setKeys(keys(LongStream.of(file.key())));
        EntrySlot slot = rows.get(0);

        desk.library.change(_ ->
                desk.files.put(desk.files.tag(1, "Keep", Optional.empty(), TagColor.RED), file));

        assertThat(slot.row()).extracting(EntryRow::tags).asInstanceOf(
                org.assertj.core.api.InstanceOfAssertFactories.LIST).hasSize(1);
    }

    @Test
    void aListThatGrowsAtItsEndAnnouncesOnlyThat() {
        rows.setKeys(keys(LongStream.range(0, 1_000)));
        List<String> changes = new ArrayList<>();
        rows.addListener((ListChangeListener<EntrySlot>) change -> {
            while (change.next()) {
                changes.add(change.getFrom() + "+" + change.getAddedSize() + "-" + change.getRemovedSize());
            }
        });

        rows.setKeys(keys(LongStream.range(0, 1_200)));

        assertThat(changes).containsExactly("1000+200-0");
    }

    @Test
    void theSameKeysAnnounceNothing() {
        rows.setKeys(keys(LongStream.range(0, 100)));
        List<Object> changes = new ArrayList<>();
        rows.addListener((ListChangeListener<EntrySlot>) changes::add);

        rows.setKeys(keys(LongStream.range(0, 100)));

        assertThat(changes).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatIsAnnouncedLeadsFromTheOldListToTheNew(long seed) {
        Random random = new Random(seed);
        List<Long> mirror = new ArrayList<>();
        rows.addListener((ListChangeListener<EntrySlot>) change -> {
            while (change.next()) {
                mirror.subList(change.getFrom(), change.getFrom() + change.getRemovedSize()).clear();
                mirror.addAll(change.getFrom(), change.getAddedSubList().stream().map(EntrySlot::key).toList());
            }
        });

        for (int round = 0; round < 200; round++) {
            long[] next = random.longs(random.nextInt(12), 0, 12).distinct().toArray();
            rows.setKeys(new EntryKeys(next, 0));

            assertThat(mirror).as("seed %d round %d", seed, round).isEqualTo(LongStream.of(next).boxed().toList());
        }
    }

    private static EntryKeys keys(LongStream keys) {
        return new EntryKeys(keys.toArray(), 0);
    }
}
