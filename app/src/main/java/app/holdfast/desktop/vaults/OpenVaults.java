package app.holdfast.desktop.vaults;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.VaultContent;
import app.holdfast.core.api.Vaults;
import app.holdfast.desktop.fx.Live;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableMap;

/// The vaults that are open in this window, by their file, and all work on them. Asked and answered on the JavaFX
/// thread; the work itself is the background's.
///
/// What is changed is saved at once. Where saving fails the vault is locked, so that what the window shows is always
/// what the file holds.
final class OpenVaults {

    private final Live live;
    private final VaultDoors doors;
    private final ObservableMap<Path, Opened> open = FXCollections.observableHashMap();
    private boolean closed;

    /// @param content as it was when it was last looked at
    record Opened(OpenVault vault, VaultContent content) {}

    /// Something that takes time.
    @FunctionalInterface
    interface Work<T> {
        T run() throws CoreException, IOException;
    }

    /// Something that is done to an open vault.
    @FunctionalInterface
    interface Deed<T> {
        T on(OpenVault vault) throws CoreException, IOException;
    }

    /// What is told of work that ended.
    record Told<T>(Consumer<T> done, Consumer<Throwable> failed) {}

    OpenVaults(Live live, VaultDoors doors) {
        this.live = live;
        this.doors = doors;
    }

    ObservableMap<Path, Opened> open() {
        return open;
    }

    VaultDoors doors() {
        return doors;
    }

    Optional<Opened> at(Path file) {
        return Optional.ofNullable(open.get(file));
    }

    /// @param password is wiped, whatever happens
    void unlock(Path file, byte[] password, Vaults.Opening opening, Told<Opened> told) {
        run(() -> {
            try {
                return looked(doors.listed().open(file, password, opening));
            } finally {
                Arrays.fill(password, (byte) 0);
            }
        }, told);
    }

    /// Makes a vault with nothing in it, which is open then.
    ///
    /// @param password is wiped, whatever happens
    void create(Path file, byte[] password, Told<Path> told) {
        Vaults.Locking usual = Vaults.Locking.usual();
        var locking = new Vaults.Locking(usual.version(), usual.derivation(), usual.saltFile(), doors.workFactor());
        run(() -> {
            try {
                OpenVault made = doors.listed().create(file, password, locking);
                return new Known(file.toRealPath(), looked(made));
            } finally {
                Arrays.fill(password, (byte) 0);
            }
        }, new Told<>(made -> {
            keep(made.file(), made.opened());
            told.done().accept(made.file());
        }, told.failed()));
    }

    private record Known(Path file, Opened opened) {}

    /// An opened vault is kept until it is locked.
    void keep(Path file, Opened opened) {
        Opened before = closed ? opened : open.put(file, opened);
        if (before != null) {
            before.vault().close();
        }
    }

    /// Changes a vault and saves it.
    <T> void change(Path file, Deed<T> deed, Told<T> told) {
        ask(file, vault -> {
            T done = deed.on(vault);
            try {
                vault.save();
            } catch (CoreException e) {
                vault.close();
                throw e;
            }
            return done;
        }, told);
    }

    /// Does something that changes nothing in the file.
    <T> void ask(Path file, Deed<T> deed, Told<T> told) {
        Opened opened = open.get(file);
        if (opened == null) {
            told.failed().accept(new CoreException.VaultLocked(file));
            return;
        }
        run(() -> deed.on(opened.vault()), new Told<>(done -> refresh(file, () -> told.done().accept(done)),
                failure -> refresh(file, () -> told.failed().accept(failure))));
    }

    /// Looks at a vault again; one that was locked meanwhile is open no more.
    private void refresh(Path file, Runnable then) {
        Opened opened = open.get(file);
        if (opened == null) {
            then.run();
            return;
        }
        run(() -> looked(opened.vault()), new Told<>(now -> {
            open.replace(file, opened, now);
            then.run();
        }, _ -> {
            open.remove(file, opened);
            then.run();
        }));
    }

    void lock(Path file) {
        Opened opened = open.remove(file);
        if (opened != null) {
            opened.vault().close();
        }
    }

    void lockAll() {
        List.copyOf(open.keySet()).forEach(this::lock);
    }

    /// Locks those of which nothing was asked for so long. Does not wait for one that is at work.
    ///
    /// @param locked told of each that is locked now
    void lockIdle(Duration idle, Consumer<Path> locked) {
        open.forEach((file, opened) -> run(() -> opened.vault().lockIfIdle(idle), new Told<>(is -> {
            if (is && open.remove(file, opened)) {
                locked.accept(file);
            }
        }, _ -> { })));
    }

    void close() {
        closed = true;
        lockAll();
    }

    <T> void run(Work<T> work, Told<T> told) {
        live.await(CompletableFuture.supplyAsync(() -> {
            try {
                return work.run();
            } catch (CoreException | IOException e) {
                throw new CompletionException(e);
            }
        }, doors.background()), told.done(), told.failed());
    }

    private static Opened looked(OpenVault vault) throws CoreException {
        return new Opened(vault, vault.content());
    }
}
