package app.holdfast.desktop.vaults;

import app.holdfast.core.api.CoreEvent;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.DeviceRow;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.VaultExchanges;
import app.holdfast.core.api.VaultMerge;
import app.holdfast.core.api.VaultMerge.Preview;
import app.holdfast.core.api.VaultTaking;
import app.holdfast.desktop.fx.Live;
import app.holdfast.desktop.fx.Toasts;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.vaults.OpenVaults.Deed;
import app.holdfast.desktop.vaults.OpenVaults.Opened;
import app.holdfast.desktop.vaults.OpenVaults.Told;
import app.holdfast.desktop.vaults.VaultsModel.Page;
import app.holdfast.ui.Text;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Synchronizing an open vault with another device's: this side takes, or gives when it is asked.
///
///     IDLE --begin--> DEVICES --ask--> ASKING --agreed there--> CHOOSING --confirmed--> TAKING --saved--> IDLE
///                        ^----no, or failed--'                     ^-------failed----------'
///     IDLE --asked from there--> ASKED --accept, refuse, over--> IDLE
///
/// Who is asked while something else is under way is asked when that is over, if it still waits.
public final class ExchangeModel {

    private final Live live;
    private final Words words;
    private final Toasts toasts;
    private final VaultsModel vaults;
    private final VaultExchanges exchanges;
    private final ReadOnlyObjectWrapper<Step> step = new ReadOnlyObjectWrapper<>(new Step.Idle());
    private final ReadOnlyObjectWrapper<ImportModel.Outlook> outlook =
            new ReadOnlyObjectWrapper<>(ImportModel.Outlook.NONE);
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(-1);
    private final Deque<CoreEvent.VaultAsked> waiting = new ArrayDeque<>();
    private CompletableFuture<VaultTaking> asking = new CompletableFuture<>();
    private long current;

    public sealed interface Step {
        record Idle() implements Step {}

        /// @param problem why the last one gave nothing; empty for none
        record Devices(Path file, String name, List<DeviceRow> devices, String problem) implements Step {}

        record Asking(Path file, String name, DeviceRow device) implements Step {}

        record Choosing(Path file, String name, DeviceRow device, VaultTaking taking) implements Step {}

        record Taking(Path file, String name, DeviceRow device, VaultTaking taking) implements Step {}

        /// Somebody else asks.
        ///
        /// @param problem why nothing was given; empty for none
        record Asked(CoreEvent.VaultAsked question, String problem) implements Step {}
    }

    public ExchangeModel(Live live, Words words, Toasts toasts, VaultsModel vaults, VaultExchanges exchanges) {
        this.live = live;
        this.words = words;
        this.toasts = toasts;
        this.vaults = vaults;
        this.exchanges = exchanges;
    }

    ReadOnlyObjectProperty<Step> step() {
        return step.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<ImportModel.Outlook> outlook() {
        return outlook.getReadOnlyProperty();
    }

    /// 0 to 1; less while that is not known.
    ReadOnlyDoubleProperty progress() {
        return progress.getReadOnlyProperty();
    }

    void begin(Page.Open page) {
        if (step.get() instanceof Step.Idle) {
            devices(page.file(), page.line().name(), "");
        }
    }

    private void devices(Path file, String name, String problem) {
        long number = ++current;
        live.once(LibraryReader::devices, all -> ifCurrent(number, () -> step.set(new Step.Devices(file, name,
                all.stream().filter(device -> !device.self()).toList(), problem))));
    }

    /// Asks a device for what it agrees to give.
    void ask(DeviceRow device) {
        if (!(step.get() instanceof Step.Devices(Path file, String name, List<DeviceRow> _, String _))) {
            return;
        }
        Optional<Opened> opened = vaults.open().at(file);
        if (opened.isEmpty()) {
            devices(file, name, vaults.problem(new CoreException.VaultLocked(file)));
            return;
        }
        long number = ++current;
        outlook.set(ImportModel.Outlook.NONE);
        step.set(new Step.Asking(file, name, device));
        CompletionStage<VaultTaking> asked = exchanges.ask(opened.get().vault(), device.id());
        asking = asked.toCompletableFuture();
        live.await(asked, taking -> {
            if (number == current) {
                step.set(new Step.Choosing(file, name, device, taking));
            } else {
                taking.close();
            }
        }, failure -> ifCurrent(number, () -> devices(file, name, vaults.problem(failure))));
    }

    void look(VaultMerge.Policy policy, Set<String> clients) {
        if (!(step.get() instanceof Step.Choosing choosing)) {
            return;
        }
        long number = current;
        vaults.open().run(() -> {
            Preview all = choosing.taking().preview(VaultMerge.all(policy));
            Preview chosen = clients.isEmpty() ? all : choosing.taking().preview(new VaultMerge(policy, clients,
                    Set.of(), Set.of(), true, Map.of()));
            return new ImportModel.Outlook(Optional.of(all), Optional.of(chosen), "");
        }, new Told<>(seen -> ifCurrent(number, () -> outlook.set(seen)), failure -> ifCurrent(number, () ->
                outlook.set(new ImportModel.Outlook(Optional.empty(), Optional.empty(), vaults.problem(failure))))));
    }

    /// Fetches what was looked at last, and saves the vault if that changes it.
    void take() {
        Optional<Preview> seen = outlook.get().chosen();
        if (!(step.get() instanceof Step.Choosing choosing) || seen.isEmpty()) {
            return;
        }
        long number = current;
        progress.set(-1);
        step.set(new Step.Taking(choosing.file(), choosing.name(), choosing.device(), choosing.taking()));
        Deed<Boolean> taking = _ -> {
            wait(choosing.taking().take(seen.get(), now -> live.onScreen(() ->
                    progress.set(now.all() == 0 ? -1 : (double) now.received() / now.all()))));
            return seen.get().isToBeSaved();
        };
        Told<Boolean> told = new Told<>(changed -> {
            vaults.note(choosing.file(), Text.VAULT_HISTORY_TAKEN);
            toasts.done(words.get(changed ? Text.EXCHANGE_TAKEN : Text.EXCHANGE_SAME, choosing.name(),
                    choosing.device().name()));
            choosing.taking().close();
            ifCurrent(number, this::idle);
        }, failure -> ifCurrent(number, () -> {
            toasts.failed(words.get(Text.EXCHANGE_FAILED, choosing.device().name()), vaults.problem(failure));
            step.set(choosing);
        }));
        if (seen.get().isToBeSaved()) {
            vaults.open().change(choosing.file(), taking, told);
        } else {
            vaults.open().ask(choosing.file(), taking, told);
        }
    }

    /// On a thread of the background, which may wait.
    private static void wait(CompletionStage<Void> stage) throws CoreException {
        try {
            stage.toCompletableFuture().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CoreException known) {
                throw known;
            }
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    public void heard(CoreEvent moment) {
        if (moment instanceof CoreEvent.VaultAsked asked) {
            waiting.add(asked);
            next();
        } else if (moment instanceof CoreEvent.VaultAskedNoMore over) {
            waiting.removeIf(asked -> asked.exchange().equals(over.exchange()));
            if (step.get() instanceof Step.Asked shown && shown.question().exchange().equals(over.exchange())) {
                idle();
            }
        } else if (moment instanceof CoreEvent.VaultGiven given) {
            toasts.done(words.get(Text.EXCHANGE_GIVEN, given.name(), given.records()));
        }
    }

    private void next() {
        if (step.get() instanceof Step.Idle && !waiting.isEmpty()) {
            current++;
            step.set(new Step.Asked(waiting.remove(), ""));
        }
    }

    /// Gives from an open vault.
    ///
    /// @param clients ids; empty for all
    void accept(Path file, Set<String> clients) {
        if (!(step.get() instanceof Step.Asked asked)) {
            return;
        }
        Optional<Opened> opened = vaults.open().at(file);
        UUID exchange = asked.question().exchange();
        long number = current;
        vaults.open().run(() -> {
            exchanges.accept(exchange, opened.orElseThrow(() -> new CoreException.VaultLocked(file)).vault(), clients);
            return true;
        }, new Told<>(_ -> {
            vaults.note(file, Text.VAULT_HISTORY_GIVEN);
            ifCurrent(number, this::idle);
        }, failure -> ifCurrent(number, () -> step.set(new Step.Asked(asked.question(), vaults.problem(failure))))));
    }

    /// Leaves the step that is shown; who asks is told no.
    void cancel() {
        current++;
        switch (step.get()) {
            case Step.Asked asked -> exchanges.refuse(asked.question().exchange());
            case Step.Choosing choosing -> choosing.taking().close();
            case Step.Taking taking -> taking.taking().close();
            case Step.Asking _ -> asking.cancel(false);
            case Step.Idle _, Step.Devices _ -> { }
        }
        idle();
    }

    private void idle() {
        current++;
        step.set(new Step.Idle());
        next();
    }

    public void close() {
        waiting.forEach(asked -> exchanges.refuse(asked.exchange()));
        waiting.clear();
        cancel();
    }

    private void ifCurrent(long number, Runnable then) {
        if (number == current) {
            then.run();
        }
    }
}
