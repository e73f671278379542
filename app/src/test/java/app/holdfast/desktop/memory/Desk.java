package app.holdfast.desktop.memory;

import app.holdfast.desktop.fx.Live;
import app.holdfast.desktop.fx.Toasts;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.vaults.ExchangeModel;
import app.holdfast.desktop.vaults.ImportModel;
import app.holdfast.desktop.vaults.VaultDoors;
import app.holdfast.desktop.vaults.VaultsModel;
import app.holdfast.desktop.vaults.VaultsScreen;
import app.holdfast.ui.Texts;
import java.time.Duration;
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
    /// After which vaults lock themselves.
    public Duration idle = Duration.ofMinutes(5);
    private final AtomicLong ids = new AtomicLong(1_000);

    /// Vaults whose keys cost nothing, with all work done at once.
    public VaultsScreen.Models vaults(MemoryDevices devices) {
        VaultsModel vaults = new VaultsModel(live, words, toasts, VaultDoors.of(library, Runnable::run, 0),
                () -> idle);
        return new VaultsScreen.Models(vaults, new ImportModel(words, toasts, vaults),
                new ExchangeModel(live, words, toasts, vaults, devices.vaults()));
    }

    public UUID newId() {
        return new UUID(8, ids.incrementAndGet());
    }

    public List<String> toastTitles() {
        return toasts.shown().stream().map(Toasts.Toast::title).toList();
    }
}
