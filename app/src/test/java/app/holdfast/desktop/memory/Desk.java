package app.holdfast.desktop.memory;

import app.holdfast.desktop.fx.Live;
import app.holdfast.desktop.fx.Toasts;
import app.holdfast.desktop.fx.Words;
import app.holdfast.ui.Texts;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// What a model needs, with everything on the thread of the test: core answers at once, the screen hears at once.
public final class Desk {

    public final MemoryLibrary library = new MemoryLibrary(Runnable::run);
    public final MemoryFiles files = new MemoryFiles(library);
    public final Live live = new Live(library, Runnable::run, Runnable::run);
    public final Words words =
            new Words(Texts.of(Locale.ENGLISH), InstantSource.fixed(MemoryFiles.NOON), ZoneOffset.UTC);
    public final Toasts toasts = new Toasts();
    private final AtomicLong ids = new AtomicLong(1_000);

    public UUID newId() {
        return new UUID(8, ids.incrementAndGet());
    }

    public List<String> toastTitles() {
        return toasts.shown().stream().map(Toasts.Toast::title).toList();
    }
}
