package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.api.SyncEvent;
import app.holdfast.core.change.Models;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The log keeps what some member may still have to be sent, and nothing else (ADR 239).
final class WantedLogTest {

    @TempDir
    private Path folder;

    private TestDevice laptop;
    private TestDevice desktop;
    private TestDevice tablet;

    @BeforeEach
    void pair() throws Exception {
        laptop = new TestDevice(folder.resolve("laptop"), 1);
        desktop = new TestDevice(folder.resolve("desktop"), 2);
        tablet = new TestDevice(folder.resolve("tablet"), 3);
        TestDevice.pair(laptop, desktop);
        TestDevice.talk(laptop, desktop);
        assertThat(desktop.loggedChanges()).isZero();
    }

    @AfterEach
    void close() {
        List.of(laptop, desktop, tablet).forEach(TestDevice::close);
    }

    private void addTablet() throws Exception {
        tablet.join(laptop.run(tx -> tx.state().library()));
        laptop.knows(tablet);
        TestDevice.talk(laptop, tablet);
        TestDevice.talk(laptop, desktop);
        TestDevice.talk(desktop, tablet);
        TestDevice.talk(laptop, desktop);
        assertThat(tablet.hash()).isEqualTo(laptop.hash());
    }

    @Test
    void whatComesFromTheOnlyOtherDeviceIsNotLogged() throws Exception {
        laptop.edit(TestDevice.tagOf(1), Models.NAME, "one");
        assertThat(laptop.loggedChanges()).isEqualTo(1);

        TestDevice.talk(laptop, desktop, _ -> desktop.tag(TestDevice.tagOf(1)).isPresent());

        assertThat(desktop.tag(TestDevice.tagOf(1))).isPresent();
        assertThat(desktop.loggedChanges()).isZero();
    }

    @Test
    void whatAThirdDeviceLacksIsLoggedUntilItHasIt() throws Exception {
        addTablet();
        long before = desktop.loggedChanges();
        laptop.edit(TestDevice.tagOf(1), Models.NAME, "one");
        TestDevice.talk(laptop, desktop);
        assertThat(desktop.loggedChanges()).isEqualTo(before + 1);
        long reconciled = tablet.noted(SyncEvent.Kind.RECONCILED);

        TestDevice.talk(desktop, tablet);

        assertThat(tablet.hash()).isEqualTo(laptop.hash());
        assertThat(tablet.noted(SyncEvent.Kind.RECONCILED)).isEqualTo(reconciled);
        assertThat(desktop.loggedChanges()).isLessThanOrEqualTo(before);
    }

    @Test
    void ofMoreThanTheLogHoldsTheLastIsKept() throws Exception {
        addTablet();
        laptop.editMany(0, 60_000);
        TestDevice.talk(laptop, desktop);
        assertThat(desktop.hash()).isEqualTo(laptop.hash());

        laptop.editMany(100_000, 60_000);

        long bytes = laptop.run(_ -> laptop.desk.log().bytes());
        assertThat(bytes).isBetween(200_000L, 500_000L);
        TestDevice.talk(laptop, desktop);
        assertThat(desktop.hash()).isEqualTo(laptop.hash());
    }
}
