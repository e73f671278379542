package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.holdfast.core.api.Checkup.Finding;
import app.holdfast.core.model.Value;
import app.holdfast.core.store.OtherRows;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows of streams whose bytes a disk or another program has changed so that they are no rows any more (ADR 246).
final class UnreadableRowsTest extends StreamFixture {

    private static final long HOUR_MILLIS = 3_600_000;
    private static final UUID NEWER = new UUID(8, 8);
    private static final String NO_ID = "update entry set id = x'01', size = 3 where name = 'b'";
    private static final String NO_FIELDS = "update other_row set fields = x'ff'";

    private OpenTalks talks;

    @BeforeEach
    void link() throws Exception {
        laptop.checksItself();
        desktop.checksItself();
        writeMany(600);
        scan(laptop);
        laptop.run(tx -> {
            OtherRows.put(tx, laptop.id.subject(), "newer", NEWER, Map.of("size", new Value.Whole(7)));
            return true;
        });
        talks = new OpenTalks();
        talks.link(laptop, desktop);
        talks.settle();
        assertThat(desktop.hash()).isEqualTo(laptop.hash());
    }

    /// What is said in a conversation that begins anew, as after a restart.
    private void linkAnew() throws Exception {
        talks.unlink(laptop, desktop);
        talks.link(laptop, desktop);
        talks.settle();
    }

    private static void damage(TestDevice device, boolean noticed, String sql) throws Exception {
        if (!noticed) {
            device.sql("drop trigger if exists entry_changed");
            device.sql("drop trigger if exists other_row_changed");
            device.sql("drop trigger if exists location_changed");
        }
        device.sql("pragma ignore_check_constraints = on");
        assertThat(device.sql(sql)).isEqualTo(1);
        device.sql("pragma ignore_check_constraints = off");
    }

    @ParameterizedTest
    @ValueSource(strings = {NO_ID, "update entry set extra = x'ff' where name = 'two.txt'",
            "update location set extra = x'ff' where key = 1", NO_FIELDS,
            "update location set id = x'0102' where key = 1"})
    void theSelfCheckTakesThemOutAndGetsThemAgain(String damage) throws Exception {
        damage(desktop, false, damage);

        talks.pass(2 * HOUR_MILLIS, laptop, desktop);

        assertThat(desktop.hash()).isEqualTo(laptop.hash());
        assertThat(desktop.<Map<String, Value>>run(tx -> OtherRows.fields(tx, NEWER)))
                .isEqualTo(Map.of("size", new Value.Whole(7)));
    }

    @ParameterizedTest
    @ValueSource(strings = {NO_ID, "update entry set extra = x'ff' where name = 'two.txt'",
            "update location set id = x'0102' where key = 1", NO_FIELDS})
    void theNextTransferGoesOnWithoutThem(String damage) throws Exception {
        damage(desktop, true, damage);
        write("new.txt", "new");
        laptop.edit(TestDevice.tagOf(1), "name", "one");
        laptop.run(tx -> {
            OtherRows.put(tx, laptop.id.subject(), "newer", new UUID(8, 9), Map.of("size", new Value.Whole(8)));
            return true;
        });
        scan(laptop);

        talks.settle();
        linkAnew();

        assertThat(desktop.hash()).isEqualTo(laptop.hash());
        assertThat(desktop.holding(VOLUME).servable()).isTrue();
    }

    @Test
    void whoeverPassesThemOnGivesWhatIsLeft() throws Exception {
        damage(desktop, false, NO_ID);
        talks.unlink(laptop, desktop);
        var others = new OpenTalks();
        others.link(desktop, tablet);
        others.settle();

        assertThat(desktop.holding(VOLUME).servable()).isFalse();
        assertThat(tablet.holding(VOLUME).servable()).isFalse();

        others.link(laptop, desktop);
        others.settle();

        assertThat(desktop.hash()).isEqualTo(laptop.hash());
        assertThat(tablet.hash()).isEqualTo(laptop.hash());
    }

    @ParameterizedTest
    @ValueSource(strings = {NO_ID, "update location set id = x'0102' where key = 1"})
    void nothingOfOursGoesAnywhereBecauseItCannotBeReadHere(String damage) throws Exception {
        long before = desktop.entries();
        damage(laptop, true, damage);

        assertThatThrownBy(() -> {
            talks.link(laptop, tablet);
            talks.settle();
        }).hasMessageContaining("sync doctor --repair");

        assertThat(desktop.entries()).isEqualTo(before);
        assertThat(laptop.sql("update entry set size = size")).isEqualTo((int) before);
    }

    @Test
    void theDoctorGivesAnEntryOfOursAnotherIdAndWhatLiesInItStays() throws Exception {
        List<UUID> top = laptop.entryIds(location);
        long before = laptop.entries();
        damage(laptop, true, "update entry set id = x'01', size = 3 where name = 'many'");

        boolean fetch = repair(laptop);
        linkAnew();

        assertThat(fetch).isFalse();
        assertThat(laptop.entries()).isEqualTo(before);
        assertThat(desktop.hash()).isEqualTo(laptop.hash());
        assertThat(laptop.entryIds(location)).hasSameSizeAs(top).isNotEqualTo(top);

        scan(laptop);
        talks.settle();

        assertThat(laptop.entries()).isEqualTo(before);
        assertThat(desktop.hash()).isEqualTo(laptop.hash());
    }

    private static boolean repair(TestDevice device) throws Exception {
        return device.run(tx -> tx.doctoring().repair(device.store.writer().log()));
    }

    @ParameterizedTest
    @ValueSource(strings = {NO_ID, NO_FIELDS, "update location set id = x'0102' where key = 1"})
    void theDoctorTakesThemOutAndHasThemGotAgain(String damage) throws Exception {
        damage(desktop, false, damage);

        boolean fetch = repair(desktop);
        linkAnew();

        assertThat(fetch).isTrue();
        assertThat(desktop.hash()).isEqualTo(laptop.hash());
        assertThat(desktop.<List<Finding>>run(tx -> tx.doctoring().tried())).isEmpty();
    }

    @Test
    void theDoctorMendsAnEntryThatHasNeitherIdNorFolder() throws Exception {
        desktop.close();
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("desktop/database.db"));
                var change = other.createStatement()) {
            change.execute("pragma foreign_keys = off");
            change.execute("update entry set id = x'01', location = 999, parent = 999 where name = 'b'");
        }
        desktop = new TestDevice(folder.resolve("desktop"), 2);
        talks = new OpenTalks();

        repair(desktop);
        talks.link(laptop, desktop);
        talks.settle();

        assertThat(desktop.hash()).isEqualTo(laptop.hash());
    }
}
