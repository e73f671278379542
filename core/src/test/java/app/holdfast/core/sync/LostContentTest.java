package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.Checkup;
import app.holdfast.core.change.Dot;
import app.holdfast.core.change.Models;
import app.holdfast.core.clock.Author;
import app.holdfast.core.model.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Live dots whose content was damaged, and what a repair makes of them (ADR 231), on real databases.
final class LostContentTest {

    private static final UUID TRIPS = new UUID(9, 9);
    private static final UUID PLACES = new UUID(10, 10);
    private static final Dot STRANGE = new Dot(new Author(new UUID(77, 77)), 1);
    private static final String UNREADABLE = "update shared_dot set snapshot = x'ff' where model = 'tag' and record = ";

    @TempDir
    private Path folder;

    private TestDevice laptop;
    private TestDevice desktop;

    @BeforeEach
    void pair() throws Exception {
        laptop = new TestDevice(folder.resolve("laptop"), 1);
        desktop = new TestDevice(folder.resolve("desktop"), 2);
        TestDevice.pair(laptop, desktop);
        TestDevice.talk(laptop, desktop);
    }

    @AfterEach
    void close() {
        laptop.close();
        desktop.close();
    }

    /// Damages the content of the laptop's dots of a tag.
    private void damage(UUID tag, boolean withLog) throws Exception {
        damage(UNREADABLE + "x'" + tag.toString().replace("-", "") + "'", withLog);
    }

    private void damage(String sql, boolean withLog) throws Exception {
        laptop.close();
        try (var file = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("laptop/database.db"));
                var statement = file.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
        if (!withLog) {
            Files.delete(folder.resolve("laptop/sync.db"));
        }
        laptop = new TestDevice(folder.resolve("laptop"), 1);
    }

    private static void repair(TestDevice device) throws Exception {
        device.run(tx -> tx.doctoring().repair(device.store.writer().log()));
    }

    private static void assertName(TestDevice device, UUID tag, String name) throws Exception {
        assertThat(device.tag(tag)).isPresent();
        assertThat(device.tag(tag).orElseThrow().value(Models.NAME)).isEqualTo(new Value.Text(name));
    }

    private void assertBothHave(UUID tag, String name) throws Exception {
        assertName(laptop, tag, name);
        assertName(desktop, tag, name);
        assertThat(laptop.hash()).isEqualTo(desktop.hash());
    }

    @Test
    void whatWasDamagedBeforeAnyoneHadItComesFromTheLog() throws Exception {
        laptop.edit(TRIPS, Models.NAME, "Trips");
        laptop.edit(PLACES, Models.NAME, "Places");
        damage(TRIPS, true);

        repair(laptop);
        assertName(laptop, TRIPS, "Trips");
        TestDevice.talk(laptop, desktop);

        assertBothHave(TRIPS, "Trips");
        assertBothHave(PLACES, "Places");
    }

    @Test
    void whatNobodyHasAnyMoreIsWrittenAfreshFromWhatQuestionsStillKnow() throws Exception {
        laptop.edit(TRIPS, Models.NAME, "Trips");
        laptop.edit(PLACES, Models.NAME, "Places");
        damage(TRIPS, false);

        repair(laptop);
        TestDevice.talk(laptop, desktop);

        assertBothHave(TRIPS, "Trips");
        assertBothHave(PLACES, "Places");
        desktop.edit(TRIPS, Models.COLOR, "red");
        laptop.edit(PLACES, Models.COLOR, "blue");
        TestDevice.talk(laptop, desktop);
        assertBothHave(TRIPS, "Trips");
        assertBothHave(PLACES, "Places");
    }

    @Test
    void whatThePeerHasComesBackAndWhatWasWrittenBeforeTheRepairReachesIt() throws Exception {
        laptop.edit(TRIPS, Models.NAME, "Trips");
        laptop.edit(TRIPS, "shape", "a field of a later version");
        TestDevice.talk(laptop, desktop);
        laptop.edit(PLACES, Models.NAME, "Places");
        damage(TRIPS, false);
        long before = laptop.contentsReceived;

        repair(laptop);
        TestDevice.talk(laptop, desktop);

        assertThat(laptop.contentsReceived).isEqualTo(before + 1);
        assertThat(laptop.tag(TRIPS).orElseThrow().value("shape"))
                .isEqualTo(new Value.Text("a field of a later version"));
        assertBothHave(TRIPS, "Trips");
        assertBothHave(PLACES, "Places");
    }

    @Test
    void anEditOfWhatIsLackingTakesNothingFromThoseWhoHaveIt() throws Exception {
        laptop.edit(TRIPS, Models.NAME, "Trips");
        laptop.edit(TRIPS, "shape", "a field of a later version");
        TestDevice.talk(laptop, desktop);
        damage(TRIPS, false);

        repair(laptop);
        laptop.edit(TRIPS, Models.COLOR, "red");
        assertName(laptop, TRIPS, "Trips");
        TestDevice.talk(laptop, desktop);

        assertBothHave(TRIPS, "Trips");
        assertThat(desktop.tag(TRIPS).orElseThrow().value("shape"))
                .isEqualTo(new Value.Text("a field of a later version"));
        assertThat(desktop.tag(TRIPS).orElseThrow().value(Models.COLOR)).isEqualTo(new Value.Text("red"));
    }

    /// What is said to be gone is not asked for again: nobody is to have us forget others, or fill the memory.
    @Test
    void namesThatWereNotAskedForCannotBeGone() throws Exception {
        laptop.edit(TRIPS, Models.NAME, "Trips");
        TestDevice.talk(laptop, desktop);
        damage(TRIPS, false);
        repair(laptop);

        StreamTalk talk = StreamTalk.between(desktop, laptop, message -> message instanceof SyncMessage.Contents
                contents ? new SyncMessage.Contents(contents.contents(), List.of(STRANGE)) : message);

        assertThat(talk.said(SyncMessage.Contents.class)).isNotEmpty();
        assertThat(talk.violation).contains("no contents of a dot that was not asked for");
        TestDevice.talk(laptop, desktop);
        assertBothHave(TRIPS, "Trips");
    }

    @Test
    void whatWasDeletedElsewhereStaysDeleted() throws Exception {
        laptop.edit(TRIPS, Models.NAME, "Trips");
        TestDevice.talk(laptop, desktop);
        desktop.run(tx -> {
            tx.shared().delete(Models.TAG, TRIPS);
            return true;
        });
        laptop.edit(PLACES, Models.NAME, "Places");
        damage(TRIPS, false);

        repair(laptop);
        TestDevice.talk(laptop, desktop);

        assertThat(laptop.tag(TRIPS)).isEmpty();
        assertThat(desktop.tag(TRIPS)).isEmpty();
        assertBothHave(PLACES, "Places");
    }

    @Test
    void whatAnAbsentDeviceHasIsWaitedForAndTakenFromNobody() throws Exception {
        try (TestDevice tablet = new TestDevice(folder.resolve("tablet"), 3)) {
            tablet.join(laptop.run(tx -> tx.state().library()));
            laptop.knows(tablet);
            tablet.knows(laptop);
            desktop.run(tx -> {
                tx.shared().edit(Models.TAG, TRIPS, Map.of(Models.NAME, new Value.Text("Trips"),
                        "shape", new Value.Text("a field of a later version")));
                return true;
            });
            TestDevice.talk(laptop, desktop);
            damage(TRIPS, false);
            repair(laptop);
            laptop.edit(PLACES, Models.NAME, "Places");

            TestDevice.talk(laptop, tablet);
            assertThat(tablet.tag(TRIPS)).isEmpty();
            TestDevice.talk(laptop, desktop);
            TestDevice.talk(laptop, tablet);

            assertBothHave(TRIPS, "Trips");
            assertThat(tablet.tag(TRIPS).orElseThrow().value("shape"))
                    .isEqualTo(new Value.Text("a field of a later version"));
            assertName(tablet, PLACES, "Places");
            assertThat(tablet.hash()).isEqualTo(desktop.hash());
        }
    }

    private static List<Checkup.Code> found(TestDevice device) throws Exception {
        return device.store.readers().ask(reader -> reader.checkup(device.nowMillis)).get().stream()
                .map(Checkup.Finding::code).toList();
    }

    @Test
    void aDamagedValueThatCanBeReadIsFoundAndGotAgain() throws Exception {
        laptop.edit(TRIPS, Models.NAME, "Trips");
        TestDevice.talk(laptop, desktop);
        assertThat(found(laptop)).isEmpty();
        damage("update shared_dot set snapshot = unhex(replace(hex(snapshot), hex('Trips'), hex('Tripe')))"
                + " where model = 'tag'", false);
        assertName(laptop, TRIPS, "Tripe");

        assertThat(found(laptop)).containsExactly(Checkup.Code.SNAPSHOT_DAMAGED);
        repair(laptop);
        assertThat(found(laptop)).containsExactly(Checkup.Code.SNAPSHOT_LACKING);
        assertName(laptop, TRIPS, "Trips");
        TestDevice.talk(laptop, desktop);

        assertThat(found(laptop)).isEmpty();
        assertBothHave(TRIPS, "Trips");
    }

    /// Damages the desktop's file as well.
    private void damageDesktop(String sql) throws Exception {
        assertThat(desktop.sql(sql)).isPositive();
        desktop.close();
        desktop = new TestDevice(folder.resolve("desktop"), 2);
    }

    private static String of(UUID tag) {
        return " where model = 'tag' and record = x'" + tag.toString().replace("-", "") + "'";
    }

    @Test
    void whatIsLostHereAndGoneThereKeepsNobodyFromHealingTheRest() throws Exception {
        laptop.edit(TRIPS, Models.NAME, "Trips");
        laptop.edit(PLACES, Models.NAME, "Places");
        TestDevice.talk(laptop, desktop);
        damage(TRIPS, false);
        repair(laptop);
        damageDesktop("delete from shared_dot" + of(TRIPS));
        damageDesktop("delete from shared_dot" + of(PLACES));
        assertThat(desktop.tag(PLACES)).isEmpty();

        TestDevice.check(laptop, desktop);

        assertName(desktop, PLACES, "Places");
        assertName(laptop, TRIPS, "Trips");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatLiesUnderAnotherRecordByDamageComesBackUnderItsOwn(boolean withLog) throws Exception {
        laptop.edit(TRIPS, Models.NAME, "Trips");
        if (!withLog) {
            TestDevice.talk(laptop, desktop);
        }
        damage("update shared_dot set record = x'00000000000000090000000000000008'" + of(TRIPS), withLog);

        repair(laptop);
        TestDevice.talk(laptop, desktop);

        assertThat(found(laptop)).isEmpty();
        assertBothHave(TRIPS, "Trips");
        assertThat(laptop.tag(new UUID(9, 8))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void contentWhoseSumAloneIsDamagedIsTakenFromWhoeverAgrees(boolean withLog) throws Exception {
        laptop.edit(TRIPS, Models.NAME, "Trips");
        TestDevice.talk(laptop, desktop);
        damage("update shared_dot set sum = sum + 1" + of(TRIPS), withLog);
        assertThat(found(laptop)).containsExactly(Checkup.Code.SNAPSHOT_DAMAGED);

        repair(laptop);
        TestDevice.talk(laptop, desktop);

        assertThat(found(laptop)).isEmpty();
        assertBothHave(TRIPS, "Trips");
    }

    @Test
    void whatIsDamagedThereAsWellIsNotTaken() throws Exception {
        laptop.edit(TRIPS, Models.NAME, "Trips");
        TestDevice.talk(laptop, desktop);
        damage(TRIPS, false);
        repair(laptop);
        damageDesktop("update shared_dot set snapshot = unhex(replace(hex(snapshot), hex('Trips'), hex('Tripe')))"
                + of(TRIPS));

        TestDevice.talk(laptop, desktop);

        assertName(laptop, TRIPS, "Trips");
        assertThat(found(laptop)).containsExactly(Checkup.Code.SNAPSHOT_LACKING);
    }
}
