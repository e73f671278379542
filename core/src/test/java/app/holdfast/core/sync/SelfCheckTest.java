package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.change.Fingerprint;
import app.holdfast.core.change.Models;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is held is compared from time to time though nothing seems to be missing (ADR 234), in virtual time.
final class SelfCheckTest {

    private static final long HOUR_MILLIS = 3_600_000;

    @TempDir
    private Path folder;

    private TestDevice laptop;
    private TestDevice desktop;
    private OpenTalks talks;

    @BeforeEach
    void pair() throws Exception {
        laptop = new TestDevice(folder.resolve("laptop"), 1);
        desktop = new TestDevice(folder.resolve("desktop"), 2);
        laptop.checksItself();
        desktop.checksItself();
        TestDevice.pair(laptop, desktop);
        laptop.editMany(0, 300);
        talks = new OpenTalks();
        talks.link(laptop, desktop);
        talks.settle();
    }

    @AfterEach
    void close() {
        laptop.close();
        desktop.close();
    }

    private void pass(long millis) throws Exception {
        talks.pass(millis, laptop, desktop);
    }

    @Test
    void whatIsDamagedBehindTheEnginesBackIsFoundAndHealedThoughNobodyAsks() throws Exception {
        desktop.run(tx -> tx.shared().fingerprint()); // a sum that is kept from now on
        assertThat(desktop.sql("delete from shared_dot where model = 'tag' and sequence % 2 = 0")).isPositive();
        assertThat(desktop.hash()).isNotEqualTo(laptop.hash());

        pass(2 * HOUR_MILLIS);

        assertThat(desktop.hash()).isEqualTo(laptop.hash());
        assertThat(desktop.tag(TestDevice.tagOf(7))).isPresent();
        assertThat(desktop.noted(SyncEvent.Kind.DIFFERED)).isEqualTo(1);
        assertThat(laptop.noted(SyncEvent.Kind.DIFFERED)).isEqualTo(1);
    }

    @Test
    void whoHoldsTheSameSaysSoOnceInAnHourAndIsNotAnswered() throws Exception {
        int before = talks.said.size();
        pass(SelfChecks.FIRST_MILLIS - OpenTalks.LOOK_MILLIS);
        assertThat(talks.said).hasSize(before);

        pass(6 * HOUR_MILLIS);

        assertThat(talks.said.subList(before, talks.said.size())).hasSizeBetween(8, 14)
                .allMatch(said -> said.message() instanceof SyncMessage.Check);
        assertThat(laptop.notes).noneMatch(note -> note.kind() == SyncEvent.Kind.DIFFERED);
    }

    @Test
    void namesAreReadSomeATimeAndNotAgainForEveryPeer() throws Exception {
        laptop.editMany(1_000, SelfChecks.NAMES_MAX);
        desktop.run(tx -> {
            assertThat(desktop.desk.selfChecks().haveSummed(tx)).isTrue();
            assertThat(desktop.desk.selfChecks().haveSummed(tx)).isTrue();
            return true;
        });

        boolean atOnce = laptop.run(tx -> laptop.desk.selfChecks().haveSummed(tx));
        laptop.edit(TestDevice.tagOf(1), Models.COLOR, "red");
        laptop.run(tx -> {
            tx.shared().delete(Models.TAG, TestDevice.tagOf(2));
            tx.shared().delete(Models.TAG, TestDevice.tagOf(10_999));
            return true;
        });
        boolean inTheSameMoment = laptop.run(tx -> laptop.desk.selfChecks().haveSummed(tx));
        laptop.nowMillis += SelfChecks.PAUSE_MILLIS;
        boolean later = laptop.run(tx -> laptop.desk.selfChecks().haveSummed(tx));

        assertThat(atOnce).isFalse();
        assertThat(inTheSameMoment).isFalse();
        assertThat(later).isTrue();
        talks.settle();
        Fingerprint here = laptop.run(tx -> tx.shared().fingerprint());
        Fingerprint there = desktop.run(tx -> tx.shared().fingerprint());
        assertThat(here).isEqualTo(there);
    }

    @Test
    void nothingIsComparedWhileSomethingIsUnderWay() throws Exception {
        talks.silence(desktop, true);
        laptop.edit(new UUID(9, 9), Models.NAME, "not there yet");
        pass(2 * HOUR_MILLIS);

        assertThat(talks.said(laptop, desktop, SyncMessage.Check.class)).isEmpty();
    }
}
