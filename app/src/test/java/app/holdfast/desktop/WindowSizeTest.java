package app.holdfast.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowSizeTest {

    @Test
    void aLargeScreenGivesTheWindowWhatItWants() {
        assertThat(WindowSize.on(2560, 1400)).isEqualTo(new WindowSize(1280, 800, 960, 640));
        assertThat(WindowSize.on(2560, 1400).isOfScreen()).isFalse();
    }

    @Test
    void theWindowOfASmallScreenIsNoLargerThanTheScreen() {
        assertThat(WindowSize.on(1366, 728)).isEqualTo(new WindowSize(1280, 728, 960, 640));
        assertThat(WindowSize.on(1366, 728).isOfScreen()).isTrue();
    }

    @Test
    void onAMuchEnlargedScreenEvenTheLeastSizeFits() {
        assertThat(WindowSize.on(683, 364)).isEqualTo(new WindowSize(683, 364, 683, 364));
    }
}
