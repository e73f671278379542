package app.holdfast.planted.tags;

import javafx.application.Platform;

/// Builds a bridge of its own.
public final class TouchesTheFxThread {

    void later(Runnable work) {
        Platform.runLater(work);
    }
}
