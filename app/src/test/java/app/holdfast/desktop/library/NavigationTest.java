package app.holdfast.desktop.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.holdfast.desktop.memory.MemoryFiles;
import org.junit.jupiter.api.Test;

final class NavigationTest {

    private final Navigation navigation = new Navigation(Place.ALL_FILES);

    @Test
    void backLeadsWhereOneWasAndForwardThereAgain() {
        navigation.go(place(1));
        navigation.go(place(2));

        navigation.back();
        Place back = navigation.place().get();
        navigation.forward();

        assertThat(back).isEqualTo(place(1));
        assertThat(navigation.place().get()).isEqualTo(place(2));
    }

    @Test
    void goingElsewhereForgetsTheWayForward() {
        navigation.go(place(1));
        navigation.back();

        navigation.go(place(2));

        assertThat(navigation.canGoForward().get()).isFalse();
        assertThat(navigation.canGoBack().get()).isTrue();
    }

    @Test
    void aReplacedPlaceLeavesNoStep() {
        navigation.go(Place.search("i"));
        navigation.replace(Place.search("ice"));

        navigation.back();

        assertThat(navigation.place().get()).isEqualTo(Place.ALL_FILES);
    }

    @Test
    void goingNowhereLeavesNoStep() {
        navigation.go(Place.ALL_FILES);

        assertThat(navigation.canGoBack().get()).isFalse();
    }

    @Test
    void theOldestStepIsForgottenFirst() {
        for (int i = 1; i <= Navigation.STEPS_MAX + 5; i++) {
            navigation.go(place(i));
        }

        int steps = 0;
        while (navigation.canGoBack().get()) {
            navigation.back();
            steps++;
        }

        assertThat(steps).isEqualTo(Navigation.STEPS_MAX);
        assertThat(navigation.place().get()).isEqualTo(place(5));
    }

    private static Place place(int number) {
        return Place.location(MemoryFiles.locationId(number));
    }
}
