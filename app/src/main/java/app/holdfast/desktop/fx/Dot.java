package app.holdfast.desktop.fx;

import javafx.scene.layout.Region;

/// The 8 px mark of a state. Shape and colour differ; the words that say the same stand near it, for those who see
/// neither.
public final class Dot extends Region {

    /// AWAY is hollow: away is normal, not wrong.
    public enum State { ONLINE, MOVING, AWAY, LOOK, FAILED }

    public Dot() {
        getStyleClass().add("dot");
    }

    public Dot(State state) {
        this();
        set(state);
    }

    public void set(State state) {
        getStyleClass().setAll("dot", switch (state) {
            case ONLINE -> "online";
            case MOVING -> "syncing";
            case AWAY -> "offline";
            case LOOK -> "conflict";
            case FAILED -> "danger";
        });
    }
}
