package app.holdfast.core.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ScanShareTest {

    private static final long SEED = Long.getLong("seed", 135);
    private static final Offset<Double> NEAR = Offset.offset(1e-9);

    @Test
    void aFolderIsSharedEvenlyWithItsFolders() {
        ScanShare share = new ScanShare(1);

        share.read(3);
        assertThat(share.done()).isCloseTo(0.25, NEAR);
        share.read(1);
        assertThat(share.done()).isCloseTo(0.375, NEAR);
        share.read(0);
        share.read(0);
        share.read(0);
        assertThat(share.done()).isCloseTo(1, NEAR);
    }

    @Test
    void itNeverGoesBackAndEndsAtOne() {
        System.out.println("ScanShareTest seed " + SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 100; round++) {
            ScanShare share = new ScanShare(2);
            double before = 0;
            for (int left = 2; left > 0; left--) {
                int folders = left > 40 ? 0 : random.nextInt(3);
                share.read(folders);
                left += folders;
                assertThat(share.done()).isGreaterThanOrEqualTo(before);
                before = share.done();
            }
            assertThat(share.done()).isCloseTo(1, NEAR);
        }
    }
}
