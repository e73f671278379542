package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.Dot;
import app.holdfast.core.change.VersionVector;
import app.holdfast.core.clock.Author;
import app.holdfast.core.store.DotView;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is to be done with every row of a stage is done some rows a job (ADR 229).
final class StagePartsTest {

    private static final int PART = 100;
    private static final Author OTHER = new Author(new UUID(9, 9));

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

    private void restart() throws Exception {
        desktop.close();
        desktop = new TestDevice(folder.resolve("desktop"), 2);
    }

    /// Begins to compare with somebody who has so many dots that are not here.
    private void compare(int dots) throws Exception {
        desktop.run(tx -> {
            DotView mine = tx.forks().openView(laptop.id, Set.of());
            tx.staging().begin(mine, new VersionVector(new TreeMap<>(Map.of(OTHER, 1_000L))), Map.of(), Map.of());
            mine.close();
            for (int i = 1; i <= dots; i++) {
                tx.staging().want(TestDevice.tagOf(i), new Dot(OTHER, i));
            }
            tx.staging().manifestEnds();
            return true;
        });
    }

    private int rows(String table, String column) throws Exception {
        return desktop.sql("update " + table + " set " + column + " = " + column);
    }

    private int staged() throws Exception {
        return rows("stage_want", "newest");
    }

    private List<Dot> missing() throws Exception {
        return desktop.run(tx -> tx.staging().missing(1_000, _ -> false));
    }

    private boolean sweep(int rows) throws Exception {
        return desktop.run(tx -> tx.staging().sweep(rows));
    }

    @Test
    void whatIsNotWantedAnyMoreGoesInPartsAndGoesOnAfterARestart() throws Exception {
        compare(450);
        compare(20);

        assertThat(staged()).as("a comparison that begins touches none of them").isEqualTo(450);
        assertThat(missing()).hasSize(20);
        assertThat(sweep(PART)).isTrue();
        assertThat(staged()).isEqualTo(370);

        restart();
        assertThat(sweep(PART)).isTrue();
        assertThat(staged()).isEqualTo(290);
        while (sweep(PART)) {
            assertThat(missing()).hasSize(20);
        }

        assertThat(staged()).isEqualTo(20);
        assertThat(sweep(PART)).isFalse();
    }

    @Test
    void whatIsStagedWhileItIsSweptStays() throws Exception {
        compare(450);
        compare(0);
        sweep(PART);
        desktop.run(tx -> {
            tx.staging().want(TestDevice.tagOf(3), new Dot(OTHER, 3));
            tx.staging().want(TestDevice.tagOf(400), new Dot(OTHER, 400));
            return true;
        });

        while (sweep(PART)) {
            assertThat(staged()).isGreaterThan(2);
        }

        assertThat(missing()).containsExactlyInAnyOrder(
                new Dot(OTHER, 3), new Dot(OTHER, 400));
    }

    @Test
    void ofContentsThatNobodyWantsNowNoMoreThanALimitAreKept() throws Exception {
        compare(1);
        desktop.sql("with recursive n (i) as (select 2 union all select i + 1 from n where i < 200400) insert into"
                + " stage_want (author, sequence, record, model, snapshot, newest, comparison) select (select author"
                + " from stage_want), i, randomblob(16), 'tag', x'a0', 0, 0 from n");

        while (sweep(10 * PART)) {
            assertThat(staged()).isGreaterThanOrEqualTo(199_000);
        }

        assertThat(staged()).isBetween(199_000, 200_001);
    }

    @Test
    void theRecordsOfAFoldAreListedInPartsAndARestartAmongThemGoesOn() throws Exception {
        desktop.desk = new SyncDesk(desktop.desk.log(), (_, _) -> { }, _ -> { }, PART);
        laptop.editMany(0, 450);
        laptop.loseLog();
        TestDevice.talk(laptop, desktop, _ -> desktop.isFolding());

        int listed = rows("stage_record", "model");
        assertThat(listed).isBetween(1, PART);
        desktop.run(tx -> tx.staging().fold(PART));
        assertThat(rows("stage_record", "model")).isBetween(listed + 1, listed + PART);
        assertThat(desktop.tag(TestDevice.tagOf(1))).isEmpty();
        restart();

        assertThat(desktop.isFolding()).isFalse();
        assertThat(desktop.tag(TestDevice.tagOf(449))).isPresent();
        TestDevice.talk(laptop, desktop);
        assertThat(desktop.hash()).isEqualTo(laptop.hash());
    }
}
