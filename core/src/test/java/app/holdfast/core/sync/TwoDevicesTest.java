package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.Models;
import app.holdfast.core.model.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoDevicesTest {

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

    private void talk() throws Exception {
        TestDevice.talk(laptop, desktop);
    }

    @Test
    void devicesThatTalkedHoldTheSame() throws Exception {
        laptop.edit(new UUID(1, 1), Models.NAME, "Trips");
        desktop.edit(new UUID(2, 2), Models.NAME, "Work");

        talk();

        assertThat(laptop.hash()).isEqualTo(desktop.hash());
        assertThat(laptop.hash().rows()).containsEntry(Models.TAG, 2L).containsEntry(Models.DEVICE, 2L);
    }

    @Test
    void whatWasThereBeforeJoiningIsBroughtAlong() throws Exception {
        TestDevice tablet = new TestDevice(folder.resolve("tablet"), 3);
        tablet.edit(new UUID(9, 9), Models.NAME, "Old");

        tablet.join(laptop.run(tx -> tx.state().library()));
        laptop.knows(tablet);
        TestDevice before = desktop;
        desktop = tablet;
        talk();
        before.close();

        assertThat(laptop.hash()).isEqualTo(tablet.hash());
        assertThat(laptop.tag(new UUID(9, 9))).isPresent();
    }

    @Test
    void editsOfDifferentFieldsAreBothKept() throws Exception {
        UUID tag = new UUID(1, 1);
        laptop.edit(tag, Models.NAME, "Trips");
        talk();

        laptop.edit(tag, Models.NAME, "Travels");
        desktop.edit(tag, Models.COLOR, "red");
        talk();

        var view = desktop.tag(tag).orElseThrow();
        assertThat(view.value(Models.NAME)).isEqualTo(new Value.Text("Travels"));
        assertThat(view.value(Models.COLOR)).isEqualTo(new Value.Text("red"));
        assertThat(laptop.hash()).isEqualTo(desktop.hash());
    }

    @Test
    void aDeletedTagStaysDeleted() throws Exception {
        UUID tag = new UUID(1, 1);
        laptop.edit(tag, Models.NAME, "Trips");
        talk();

        desktop.run(tx -> {
            tx.shared().delete(Models.TAG, tag);
            return true;
        });
        talk();
        talk();

        assertThat(laptop.tag(tag)).isEmpty();
        assertThat(laptop.hash()).isEqualTo(desktop.hash());
    }

    @Test
    void aLostLogIsReplacedByComparing() throws Exception {
        UUID kept = new UUID(1, 1);
        UUID deleted = new UUID(2, 2);
        laptop.edit(kept, Models.NAME, "Trips");
        laptop.edit(deleted, Models.NAME, "Gone");
        talk();
        laptop.run(tx -> {
            tx.shared().delete(Models.TAG, deleted);
            return true;
        });
        laptop.edit(kept, Models.COLOR, "red");
        desktop.edit(kept, Models.NAME, "Travels");
        laptop.close();
        Files.delete(folder.resolve("laptop/sync.db"));
        laptop = new TestDevice(folder.resolve("laptop"), 1);

        talk();

        var view = laptop.tag(kept).orElseThrow();
        assertThat(view.value(Models.NAME)).isEqualTo(new Value.Text("Travels"));
        assertThat(desktop.tag(deleted)).isEmpty();
        assertThat(laptop.hash()).isEqualTo(desktop.hash());
    }

    @Test
    void anAcknowledgedLogIsEmpty() throws Exception {
        laptop.edit(new UUID(1, 1), Models.NAME, "Trips");

        talk();

        assertThat(laptop.loggedChanges()).isZero();
    }
}
