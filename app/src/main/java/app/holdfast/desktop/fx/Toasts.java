package app.holdfast.desktop.fx;

import java.util.List;
import java.util.Optional;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// What has just happened, told in the corner of the window. Holds no state that anyone needs: a toast that was missed
/// is nothing lost.
public final class Toasts {

    /// When a fourth comes, the oldest goes.
    public static final int SHOWN_MAX = 3;

    private final ObservableList<Toast> shown = FXCollections.observableArrayList();
    private final ObservableList<Toast> shownShown = FXCollections.unmodifiableObservableList(shown);
    private long made;

    public enum Tone { DONE, NEWS, FAILED }

    /// @param name what its button says
    public record Action(String name, Runnable run) {}

    /// @param number tells apart those that say the same
    public record Toast(long number, Tone tone, String title, Optional<String> detail, Optional<Action> action) {}

    /// Newest last.
    public ObservableList<Toast> shown() {
        return shownShown;
    }

    public void done(String title) {
        show(new Toast(made++, Tone.DONE, title, Optional.empty(), Optional.empty()));
    }

    public void done(String title, Action action) {
        show(new Toast(made++, Tone.DONE, title, Optional.empty(), Optional.of(action)));
    }

    public void news(String title, String detail) {
        show(new Toast(made++, Tone.NEWS, title, Optional.of(detail), Optional.empty()));
    }

    /// Something happened after which one may want to do something.
    public void offer(String title, String detail, Action action) {
        show(new Toast(made++, Tone.NEWS, title, Optional.of(detail), Optional.of(action)));
    }

    /// Stays until it is dismissed.
    public void failed(String title, String detail) {
        show(new Toast(made++, Tone.FAILED, title, Optional.of(detail), Optional.empty()));
    }

    /// Does what the newest toast offers that tells of something done: its button takes it back.
    ///
    /// @return whether there was one
    public boolean undo() {
        for (Toast toast : List.copyOf(shown).reversed()) {
            if (toast.tone() == Tone.DONE && toast.action().isPresent()) {
                dismiss(toast);
                toast.action().get().run().run();
                return true;
            }
        }
        return false;
    }

    public void dismiss(Toast toast) {
        shown.removeIf(toast::equals);
    }

    private void show(Toast toast) {
        if (shown.size() == SHOWN_MAX) {
            shown.removeFirst();
        }
        shown.add(toast);
    }
}
