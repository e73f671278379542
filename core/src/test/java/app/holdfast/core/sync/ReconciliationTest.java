package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.Models;
import app.holdfast.core.model.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Comparing where the log does not reach back (`docs/protocol/sync.md`, section 5), on real databases.
final class ReconciliationTest {

    /// 2099-01-01.
    private static final long FAR_FUTURE_MILLIS = 4_070_908_800_000L;

    @TempDir
    private Path folder;

    private TestDevice laptop;
    private TestDevice desktop;

    @BeforeEach
    void pair() throws Exception {
        laptop = new TestDevice(folder.resolve("laptop"), 1);
        desktop = new TestDevice(folder.resolve("desktop"), 2);
        TestDevice.pair(laptop, desktop);
    }

    @AfterEach
    void close() {
        laptop.close();
        desktop.close();
    }

    private TestDevice restarted(TestDevice device, boolean withLog) throws Exception {
        int number = device == laptop ? 1 : 2;
        Path data = folder.resolve(number == 1 ? "laptop" : "desktop");
        device.close();
        if (!withLog) {
            Files.delete(data.resolve("sync.db"));
        }
        return new TestDevice(data, number);
    }

    @Test
    void aDifferenceCostsWhatDiffersAndNotWhatThereIs() throws Exception {
        laptop.editMany(0, 5_000);
        TestDevice.talk(laptop, desktop);
        long everything = desktop.bytesReceived;
        laptop.edit(new UUID(0x7000_0000_0000L + 77, 77), Models.COLOR, "red");
        desktop.edit(new UUID(0x7000_0000_0000L + 4_077, 4_077), Models.COLOR, "blue");
        laptop = restarted(laptop, false);
        desktop = restarted(desktop, false);

        TestDevice.talk(laptop, desktop);

        assertThat(laptop.hash()).isEqualTo(desktop.hash());
        assertThat(desktop.contentsReceived).isEqualTo(1);
        assertThat(laptop.contentsReceived).isEqualTo(1);
        assertThat(desktop.bytesReceived).isLessThan(everything / 20);
    }

    @Test
    void contentsThatHaveArrivedAreNotFetchedAgainAfterARestart() throws Exception {
        laptop.editMany(0, 5_000);
        laptop = restarted(laptop, false);

        TestDevice.talk(laptop, desktop, _ -> desktop.contentsReceived > 2_000);
        long before = desktop.contentsReceived;
        desktop = restarted(desktop, true);
        TestDevice.talk(laptop, desktop);

        assertThat(before).isLessThan(5_000);
        assertThat(before + desktop.contentsReceived).isLessThan(5_100);
        assertThat(laptop.hash()).isEqualTo(desktop.hash());
    }

    @Test
    void aFoldThatWasInterruptedGoesOnAtTheNextOpening() throws Exception {
        laptop.editMany(0, 12_000);
        laptop = restarted(laptop, false);

        TestDevice.talk(laptop, desktop, _ -> desktop.isFolding());
        assertThat(desktop.isFolding()).isTrue();
        desktop = restarted(desktop, true);

        assertThat(desktop.isFolding()).isFalse();
        assertThat(desktop.tag(new UUID(0x7000_0000_0000L + 11_999, 11_999))).isPresent();
        TestDevice.talk(laptop, desktop);
        assertThat(laptop.hash()).isEqualTo(desktop.hash());
    }

    @Test
    void whatWasDeletedWhileAwayIsGoneAfterComparing() throws Exception {
        laptop.editMany(0, 100);
        TestDevice.talk(laptop, desktop);
        laptop.run(tx -> {
            for (int i = 0; i < 50; i++) {
                tx.shared().delete(Models.TAG, new UUID(0x7000_0000_0000L + i, i));
            }
            return true;
        });
        desktop.edit(new UUID(0x7000_0000_0000L + 7, 7), Models.COLOR, "red");
        laptop = restarted(laptop, false);
        desktop = restarted(desktop, false);

        TestDevice.talk(laptop, desktop);

        assertThat(desktop.tag(new UUID(0x7000_0000_0000L + 6, 6))).isEmpty();
        assertThat(laptop.tag(new UUID(0x7000_0000_0000L + 7, 7))).isPresent();
        assertThat(laptop.hash()).isEqualTo(desktop.hash());
    }

    @Test
    void aRecordThatWasLostToDamageComesBackFromThePeer() throws Exception {
        laptop.editMany(0, 300);
        TestDevice.talk(laptop, desktop);
        desktop.close();
        try (var damaged = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("desktop/database.db"));
                var statement = damaged.createStatement()) {
            assertThat(statement.executeUpdate("delete from shared_dot where model = 'tag' and sequence % 2 = 0"))
                    .isPositive();
        }
        desktop = new TestDevice(folder.resolve("desktop"), 2);
        assertThat(desktop.hash()).isNotEqualTo(laptop.hash());

        TestDevice.check(desktop, laptop);

        assertThat(desktop.hash()).isEqualTo(laptop.hash());
    }

    @Test
    void aBackupThatWasMadeAndPutBackBetweenTwoOpeningsIsNoticed() throws Exception {
        laptop.edit(new UUID(1, 1), Models.NAME, "Trips");
        Path backup = folder.resolve("backup.db");
        laptop.backUp(backup);
        laptop.edit(new UUID(2, 2), Models.NAME, "lost with the disk");
        TestDevice.talk(laptop, desktop);
        laptop.close();
        Files.deleteIfExists(folder.resolve("laptop/database.db-wal"));
        Files.copy(backup, folder.resolve("laptop/database.db"), StandardCopyOption.REPLACE_EXISTING);
        laptop = new TestDevice(folder.resolve("laptop"), 1);

        laptop.edit(new UUID(3, 3), Models.NAME, "written before anyone was met");
        TestDevice.talk(laptop, desktop);

        assertThat(desktop.tag(new UUID(3, 3))).isPresent();
        assertThat(laptop.tag(new UUID(2, 2))).isPresent();
        assertThat(laptop.hash()).isEqualTo(desktop.hash());
    }

    @Test
    void whatIsLackingHereIsNeverTakenForDeleted() throws Exception {
        laptop.editMany(0, 50);
        TestDevice.talk(laptop, desktop);
        laptop.edit(new UUID(9, 9), Models.NAME, "not at the desktop yet");
        desktop.close();
        try (var damaged = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("desktop/database.db"));
                var statement = damaged.createStatement()) {
            assertThat(statement.executeUpdate("update shared_dot set snapshot = x'ff' where model = 'tag'"
                    + " and sequence % 2 = 0")).isPositive();
        }
        Files.delete(folder.resolve("desktop/sync.db"));
        desktop = new TestDevice(folder.resolve("desktop"), 2);
        var log = desktop.store.writer().log();
        desktop.run(tx -> tx.doctoring().repair(log));
        desktop.edit(new UUID(8, 8), Models.NAME, "not at the laptop yet");
        laptop = restarted(laptop, false);

        TestDevice.talk(laptop, desktop);
        TestDevice.talk(laptop, desktop);

        assertThat(laptop.tag(new UUID(0x7000_0000_0000L + 1, 1))).isPresent();
        assertThat(laptop.hash().rows()).containsEntry(Models.TAG, 52L);
        assertThat(laptop.hash()).isEqualTo(desktop.hash());
    }

    @Test
    void aRepairedClockIsListenedToAgain() throws Exception {
        UUID tag = new UUID(5, 5);
        laptop.edit(tag, Models.NAME, "Trips");
        TestDevice.talk(laptop, desktop);
        long right = laptop.nowMillis;
        laptop.nowMillis = FAR_FUTURE_MILLIS;
        laptop.edit(tag, Models.NAME, "Travels");
        laptop.nowMillis = right;
        TestDevice.talk(laptop, desktop);
        assertThat(desktop.tag(tag).orElseThrow().value(Models.NAME)).isEqualTo(new Value.Text("Trips"));

        assertThat(laptop.isClockAhead()).isTrue();
        int repaired = laptop.run(tx -> tx.repairClock());
        laptop.edit(tag, Models.COLOR, "red");
        TestDevice.talk(laptop, desktop);

        assertThat(repaired).isEqualTo(1);
        assertThat(laptop.isClockAhead()).isFalse();
        assertThat(desktop.tag(tag).orElseThrow().value(Models.NAME)).isEqualTo(new Value.Text("Travels"));
        assertThat(desktop.tag(tag).orElseThrow().value(Models.COLOR)).isEqualTo(new Value.Text("red"));
        assertThat(laptop.hash()).isEqualTo(desktop.hash());
    }
}
