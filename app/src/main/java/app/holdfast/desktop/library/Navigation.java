package app.holdfast.desktop.library;

import java.util.ArrayDeque;
import java.util.Deque;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Where the window is, was, and can go back to.
public final class Navigation {

    /// Steps that are remembered each way; the oldest is forgotten first.
    static final int STEPS_MAX = 100;

    private final ReadOnlyObjectWrapper<Place> place;
    private final ReadOnlyBooleanWrapper canGoBack = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canGoForward = new ReadOnlyBooleanWrapper();
    private final Deque<Place> behind = new ArrayDeque<>();
    private final Deque<Place> ahead = new ArrayDeque<>();

    public Navigation(Place start) {
        place = new ReadOnlyObjectWrapper<>(start);
    }

    public ReadOnlyObjectProperty<Place> place() {
        return place.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canGoBack() {
        return canGoBack.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canGoForward() {
        return canGoForward.getReadOnlyProperty();
    }

    public void go(Place next) {
        if (next.equals(place.get())) {
            return;
        }
        remember(behind, place.get());
        ahead.clear();
        show(next);
    }

    /// Goes without leaving a step: for a place that is only a later form of this one, such as a longer search.
    public void replace(Place next) {
        show(next);
    }

    public void back() {
        if (!behind.isEmpty()) {
            remember(ahead, place.get());
            show(behind.pop());
        }
    }

    public void forward() {
        if (!ahead.isEmpty()) {
            remember(behind, place.get());
            show(ahead.pop());
        }
    }

    private void show(Place next) {
        place.set(next);
        canGoBack.set(!behind.isEmpty());
        canGoForward.set(!ahead.isEmpty());
    }

    private static void remember(Deque<Place> steps, Place step) {
        steps.push(step);
        if (steps.size() > STEPS_MAX) {
            steps.removeLast();
        }
    }
}
