package app.holdfast.planted.tags;

import app.holdfast.core.api.Command;
import org.jspecify.annotations.Nullable;

/// A view that makes a command.
public final class DecidingView {

    @Nullable Command made;
}
