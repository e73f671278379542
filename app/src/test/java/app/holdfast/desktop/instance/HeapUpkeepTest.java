package app.holdfast.desktop.instance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// When the heap of a program that runs for long is worth collecting (ADR 243).
class HeapUpkeepTest {

    private static final long MIB = 1 << 20;

    @Test
    void aSmallHeapIsLeftAlone() {
        assertThat(HeapUpkeep.isDue(60 * MIB, 0)).isFalse();
        assertThat(HeapUpkeep.isDue(60 * MIB, 10 * MIB)).isFalse();
    }

    @Test
    void whatGrewToTwiceOfWhatWasLeftIsCollected() {
        assertThat(HeapUpkeep.isDue(100 * MIB, 30 * MIB)).isTrue();
        assertThat(HeapUpkeep.isDue(80 * MIB, 30 * MIB)).isFalse();
    }

    @Test
    void aLibraryThatNeedsMuchIsNotCollectedAgainAndAgain() {
        assertThat(HeapUpkeep.isDue(310 * MIB, 300 * MIB)).isFalse();
    }

    @Test
    void itsThreadEndsWhenItIsClosed() throws Exception {
        var made = new Thread[1];
        HeapUpkeep upkeep = HeapUpkeep.begin(run -> made[0] = Thread.ofPlatform().daemon().unstarted(run));
        assertThat(made[0].isAlive()).isTrue();

        upkeep.close();

        made[0].join();
        assertThat(made[0].isAlive()).isFalse();
    }
}
