package app.holdfast.core.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.holdfast.core.model.LocationId;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PacingTest {

    private static final LocationId LOCATION = new LocationId(new UUID(1, 2));

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void aFileUnderWayWaitsForAScanAndIsReadOn() throws Exception {
        Pacing pacing = new Pacing(() -> asked.incrementAndGet() < 3);

        assertThat(pacing.of(LOCATION).before(1_000)).isTrue();
        assertThat(asked).hasValue(3);
    }

    @Test
    void aFileUnderWayEndsWhenAPersonStopsItWhileAScanRuns() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Pacing[] pacing = new Pacing[1];
        pacing[0] = new Pacing(() -> {
            pacing[0].stop(LOCATION, calls.incrementAndGet() > 1);
            return true;
        });

        assertThat(pacing[0].of(LOCATION).before(1_000)).isFalse();
    }

    @Test
    void aPauseEndsEveryFileAndAStopThoseOfItsLocation() throws Exception {
        Pacing pacing = new Pacing(() -> false);
        LocationId other = new LocationId(new UUID(1, 3));

        pacing.stop(LOCATION, true);
        boolean stopped = pacing.of(LOCATION).before(1);
        boolean another = pacing.of(other).before(1);
        pacing.pause(true);

        assertThat(stopped).isFalse();
        assertThat(another).isTrue();
        assertThat(pacing.of(other).before(1)).isFalse();
    }

    @Test
    void theEndOfTheProgramIsNotHeldUpByAScan() {
        Pacing pacing = new Pacing(() -> true);

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> pacing.of(LOCATION).before(1)).isInstanceOf(InterruptedException.class);
    }
}
