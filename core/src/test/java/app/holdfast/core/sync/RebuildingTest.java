package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.holdfast.core.api.Checkup.Finding;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.LibraryHash;
import app.holdfast.core.api.Rebuilt;
import app.holdfast.core.store.Rebuilding;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A library whose file has pages that SQLite cannot read (ADR 247), on real files.
final class RebuildingTest extends StreamFixture {

    private static final int PAGE_BYTES = 4_096;
    private static final byte[] NONSENSE = new byte[PAGE_BYTES];

    static {
        Arrays.fill(NONSENSE, (byte) 0xa5);
    }

    private LibraryHash before;

    @BeforeEach
    void fill() throws Exception {
        writeMany(1_500);
        scan(laptop);
        laptop.editMany(0, 3_000);
        meet();
        before = laptop.hash();
        assertThat(desktop.hash()).isEqualTo(before);
    }

    private void meet() throws Exception {
        var talks = new OpenTalks();
        talks.link(laptop, desktop);
        talks.settle();
        talks.unlink(laptop, desktop);
    }

    private static List<Long> pages(Path file, String of) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("pragma wal_checkpoint(truncate)");
            List<Long> pages = new ArrayList<>();
            try (var row = statement.executeQuery("select pageno from dbstat where name = '" + of
                    + "' and pagetype = 'leaf' order by path")) {
                while (row.next()) {
                    pages.add(row.getLong(1));
                }
            }
            return pages;
        }
    }

    /// Writes nonsense over some of the pages of a table or index. The device must have been closed.
    private void damage(String name, String of, int... which) throws Exception {
        List<Long> pages = pages(folder.resolve(name).resolve("database.db"), of);
        for (int each : which) {
            overwrite(name, pages.get(Math.floorMod(each, pages.size())), NONSENSE);
        }
    }

    private void overwrite(String name, long page, byte[] by) throws Exception {
        try (var damaged = new RandomAccessFile(folder.resolve(name).resolve("database.db").toFile(), "rw")) {
            damaged.seek((page - 1) * PAGE_BYTES);
            damaged.write(by);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"entry", "entry_folder", "entry_stamp", "sqlite_autoindex_entry_1", "shared_dot",
            "shared_dot_record", "tag", "leaf", "entry_content", "folder_sight"})
    void whatLayOnSomePagesIsGotAgainFromTheOtherDevice(String of) throws Exception {
        desktop.close();
        damage("desktop", of, 0, 2, 3, -1);

        Rebuilt rebuilt = Rebuilding.rebuild(folder.resolve("desktop"));
        desktop = new TestDevice(folder.resolve("desktop"), 2);
        meet();

        assertThat(rebuilt.rows()).isPositive();
        assertThat(desktop.hash()).isEqualTo(before);
        assertThat(laptop.hash()).isEqualTo(before);
        assertThat(desktop.<List<Finding>>run(tx -> tx.doctoring().tried())).isEmpty();
        assertThat(Files.exists(rebuilt.kept())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"entry", "shared_dot"})
    void ofOursTheIdsAreKeptAndNothingGoesOnOtherDevices(String of) throws Exception {
        List<UUID> top = laptop.entryIds(location);
        laptop.close();
        damage("laptop", of, 0, 2, 3, -1);

        Rebuilding.rebuild(folder.resolve("laptop"));
        laptop = new TestDevice(folder.resolve("laptop"), 1);
        scan(laptop);
        meet();

        assertThat(laptop.hash().rows()).isEqualTo(before.rows());
        assertThat(desktop.hash()).isEqualTo(laptop.hash());
        assertThat(laptop.entryIds(location)).isEqualTo(top);
        assertThat(laptop.<List<Finding>>run(tx -> tx.doctoring().tried())).isEmpty();
    }

    @Test
    void whateverPagesAreDamagedTheLibraryIsMendedOrLeftAsItIsAndNothingGoesElsewhere() throws Exception {
        int rounds = Integer.getInteger("holdfast.fuzz", 12);
        long seed = Long.getLong("holdfast.seed", new SplittableRandom().nextLong());
        desktop.close();
        Path whole = Files.copy(folder.resolve("desktop/database.db"), folder.resolve("whole.db"));
        int mended = 0;
        for (int round = 0; round < rounds; round++) {
            long each = seed + round;
            SplittableRandom random = new SplittableRandom(each);
            Files.copy(whole, folder.resolve("desktop/database.db"), StandardCopyOption.REPLACE_EXISTING);
            long pages = Files.size(whole) / PAGE_BYTES;
            for (int damaged = random.nextInt(1, 8); damaged > 0; damaged--) {
                byte[] nonsense = new byte[PAGE_BYTES];
                if (random.nextBoolean()) {
                    random.nextBytes(nonsense);
                }
                overwrite("desktop", random.nextLong(1, pages + 1), nonsense);
            }

            if (isRebuilt("holdfast.seed " + each)) {
                mended++;
                desktop = new TestDevice(folder.resolve("desktop"), 2);
                meet();
                assertThat(desktop.hash()).as("holdfast.seed %d", each).isEqualTo(laptop.hash());
                desktop.close();
            }
            // not the same hash: a file that is set back is another incarnation's, with another claim
            assertThat(laptop.hash().rows()).as("holdfast.seed %d", each).containsAllEntriesOf(
                    Map.of("entry", before.rows().get("entry"), "tag", before.rows().get("tag"),
                            "location", 2L, "volume", 1L, "device", 2L));
        }
        assertThat(mended).as("holdfast.seed %d", seed).isGreaterThan(rounds / 4);
    }

    private boolean isRebuilt(String seed) throws Exception {
        byte[] damaged = Files.readAllBytes(folder.resolve("desktop/database.db"));
        try {
            Rebuilding.rebuild(folder.resolve("desktop"));
            return true;
        } catch (CoreException.DamagedLibrary e) {
            assertThat(Files.readAllBytes(folder.resolve("desktop/database.db"))).as(seed).isEqualTo(damaged);
            return false;
        }
    }

    @Test
    void aDeviceThatIsAloneKeepsWhatIsKnownOfWhatItLost() throws Exception {
        try (var alone = new TestDevice(folder.resolve("alone"), 9)) {
            alone.editMany(0, 1_000);
        }
        damage("alone", "shared_dot", 0, 3);

        Rebuilding.rebuild(folder.resolve("alone"));

        try (var alone = new TestDevice(folder.resolve("alone"), 9)) {
            assertThat(alone.hash().rows()).containsEntry("tag", 1_000L).containsEntry("member", 1L);
            boolean lacks = alone.run(tx -> tx.lost().any());
            assertThat(lacks).isFalse();
        }
    }

    @Test
    void whatNobodyCanDoWithoutIsNotGuessed() throws Exception {
        desktop.close();
        damage("desktop", "vector", 0);
        byte[] damaged = Files.readAllBytes(folder.resolve("desktop/database.db"));

        assertThatThrownBy(() -> Rebuilding.rebuild(folder.resolve("desktop")))
                .isInstanceOf(CoreException.DamagedLibrary.class).hasMessageContaining("vector");

        assertThat(Files.readAllBytes(folder.resolve("desktop/database.db"))).isEqualTo(damaged);
    }

    @Test
    void changesOfWhichNotEvenTheNamesAreKnownAreNotTakenForRemoved() throws Exception {
        desktop.close();
        List<Long> names = pages(folder.resolve("desktop/database.db"), "shared_dot_record");
        damage("desktop", "shared_dot", 1);
        overwrite("desktop", names.get(1), NONSENSE);

        assertThatThrownBy(() -> Rebuilding.rebuild(folder.resolve("desktop")))
                .isInstanceOf(CoreException.DamagedLibrary.class).hasMessageContaining("shared_dot");
    }

    @Test
    void aWholeLibraryStaysWhatItIs() throws Exception {
        desktop.close();

        Rebuilt rebuilt = Rebuilding.rebuild(folder.resolve("desktop"));
        desktop = new TestDevice(folder.resolve("desktop"), 2);

        assertThat(rebuilt.lost()).isEmpty();
        assertThat(desktop.hash()).isEqualTo(before);
        meet();
        assertThat(desktop.hash()).isEqualTo(before);
    }

    @Test
    void aLibraryThatIsOpenIsNotTouched() {
        assertThatThrownBy(() -> Rebuilding.rebuild(folder.resolve("desktop")))
                .isInstanceOf(CoreException.InUse.class);
    }

    @Test
    void whoeverMeetsADamagedPageSaysSoAndNobodyWritesOnUntilTheFileIsMadeAnew() throws Exception {
        desktop.close();
        damage("desktop", "entry", 0, 1, 2, 3);
        desktop = new TestDevice(folder.resolve("desktop"), 2);

        assertThatThrownBy(() -> desktop.hash()).hasCauseInstanceOf(CoreException.DamagedLibrary.class);

        desktop.close();
        assertThatThrownBy(() -> new TestDevice(folder.resolve("desktop"), 2))
                .isInstanceOf(CoreException.DamagedLibrary.class);

        Rebuilding.rebuild(folder.resolve("desktop"));
        desktop = new TestDevice(folder.resolve("desktop"), 2);
        meet();
        assertThat(desktop.hash()).isEqualTo(before);
    }
}
