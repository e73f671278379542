package app.holdfast.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.core.change.Models;
import app.holdfast.core.change.Snapshot;
import app.holdfast.core.model.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A name that was given twice is one record's both times, and different fields of it were changed (R7, ADR 230).
class OneRecordTwiceTest extends RolledBack {

    @Override
    void writeWhatIsLost() throws Exception {
        laptop.edit(EARLY, Models.COLOR, "blue");
    }

    @Test
    void bothChangesAreKept() throws Exception {
        laptop.edit(EARLY, Models.NAME, "renamed");

        meet();

        for (TestDevice device : List.of(laptop, desktop, tablet)) {
            Snapshot tag = device.tag(EARLY).orElseThrow();
            assertThat(tag.value(Models.NAME)).isEqualTo(new Value.Text("renamed"));
            assertThat(tag.value(Models.COLOR)).isEqualTo(new Value.Text("blue"));
        }
    }

    @Test
    void bothChangesAreKeptBetweenTwoOthers() throws Exception {
        laptop.edit(EARLY, Models.NAME, "renamed");
        TestDevice.talk(laptop, tablet);

        for (int round = 0; round < 3; round++) {
            TestDevice.talk(desktop, tablet);
        }

        for (TestDevice device : List.of(desktop, tablet)) {
            Snapshot tag = device.tag(EARLY).orElseThrow();
            assertThat(tag.value(Models.NAME)).isEqualTo(new Value.Text("renamed"));
            assertThat(tag.value(Models.COLOR)).isEqualTo(new Value.Text("blue"));
        }
    }
}
