package app.holdfast.desktop.vaults;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.OpenVault;
import app.holdfast.core.api.VaultMerge;
import app.holdfast.core.api.VaultMerge.Effect;
import app.holdfast.core.api.VaultMerge.Policy;
import app.holdfast.core.api.VaultMerge.Preview;
import app.holdfast.core.api.Vaults;
import app.holdfast.desktop.fx.Toasts;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.vaults.OpenVaults.Opened;
import app.holdfast.desktop.vaults.OpenVaults.Told;
import app.holdfast.desktop.vaults.VaultsModel.State;
import app.holdfast.desktop.vaults.VaultsModel.VaultLine;
import app.holdfast.ui.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// Importing snapshots, one after the other: look, ask for the password, show what would be done, do it.
///
///     IDLE --file--> LOOKING --snapshot--> ASKING --password--> OPENING --opened--> CHOOSING --confirmed--> WRITING
///      ^               '----no snapshot--> REFUSED    ^-----wrong------'     ^          |                     |
///      '------------------- cancel, done: the next file ---------------------|----------'<------failed--------'
///
/// Nothing is written before the person confirms, not even a line of the library's list.
public final class ImportModel {

    /// Files that wait; more are told about and left out.
    static final int WAITING_MAX = 100;

    private final Words words;
    private final Toasts toasts;
    private final VaultsModel vaults;
    private final OpenVaults open;
    private final ReadOnlyObjectWrapper<Step> step = new ReadOnlyObjectWrapper<>(new Step.Idle());
    private final ReadOnlyObjectWrapper<Outlook> outlook = new ReadOnlyObjectWrapper<>(Outlook.NONE);
    private final Deque<Path> waiting = new ArrayDeque<>();
    private @Nullable Opened source;
    private long current;

    public sealed interface Step {
        record Idle() implements Step {}

        record Looking(Path file) implements Step {}

        /// It cannot be imported.
        record Refused(Path file, String problem) implements Step {}

        /// @param problem why the last password was not taken; empty for none
        /// @param costly  that opening takes more memory than is taken without asking
        record Asking(Vaults.Facts facts, String problem, boolean costly) implements Step {}

        record Opening(Vaults.Facts facts) implements Step {}

        /// @param opened the snapshot
        record Choosing(Vaults.Facts facts, Opened opened) implements Step {}

        record Writing(Vaults.Facts facts) implements Step {}
    }

    /// What the person has chosen so far.
    ///
    /// @param target  the vault that is merged into; empty keeps the snapshot as a vault of its own
    /// @param clients ids of the snapshot's; empty for all
    record Choice(Optional<Path> target, Policy policy, Set<String> clients) {}

    /// What would be done.
    ///
    /// @param all     of the whole snapshot
    /// @param chosen  of what is chosen
    /// @param problem why there is none; empty for none
    record Outlook(Optional<Preview> all, Optional<Preview> chosen, String problem) {
        static final Outlook NONE = new Outlook(Optional.empty(), Optional.empty(), "");
    }

    public ImportModel(Words words, Toasts toasts, VaultsModel vaults) {
        this.words = words;
        this.toasts = toasts;
        this.vaults = vaults;
        open = vaults.open();
    }

    ReadOnlyObjectProperty<Step> step() {
        return step.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Outlook> outlook() {
        return outlook.getReadOnlyProperty();
    }

    /// How many files wait behind this one.
    int waiting() {
        return waiting.size();
    }

    /// Begins with the first, if nothing is being imported.
    public void take(List<Path> files) {
        for (Path file : files) {
            if (waiting.size() < WAITING_MAX) {
                waiting.add(file);
            } else {
                toasts.failed(words.get(Text.IMPORT_TOO_MANY), words.get(Text.IMPORT_TOO_MANY_DETAIL, WAITING_MAX));
                break;
            }
        }
        if (step.get() instanceof Step.Idle) {
            next();
        }
    }

    private void next() {
        forgetSource();
        long number = ++current;
        outlook.set(Outlook.NONE);
        Path file = waiting.poll();
        if (file == null) {
            step.set(new Step.Idle());
            return;
        }
        step.set(new Step.Looking(file));
        open.run(() -> open.doors().aside().look(file), new Told<>(facts -> ifCurrent(number, () ->
                step.set(new Step.Asking(facts, "", false))), failure -> ifCurrent(number, () ->
                step.set(new Step.Refused(file, vaults.problem(failure))))));
    }

    private void ifCurrent(long number, Runnable then) {
        if (number == current) {
            then.run();
        }
    }

    /// @param password UTF-8; is wiped, whatever happens
    /// @param allowed  the person allows what takes very much memory
    void unlock(byte[] password, boolean allowed) {
        if (!(step.get() instanceof Step.Asking(Vaults.Facts facts, String _, boolean _))) {
            Arrays.fill(password, (byte) 0);
            return;
        }
        long number = current;
        Vaults.Opening usual = Vaults.Opening.usual();
        var opening = new Vaults.Opening(usual.derivation(), usual.saltFile(),
                allowed ? Vaults.WORK_FACTOR_MAX : usual.workFactorMax());
        step.set(new Step.Opening(facts));
        open.run(() -> {
            try {
                OpenVault vault = open.doors().aside().open(facts.file(), password, opening);
                return new Opened(vault, vault.content());
            } finally {
                Arrays.fill(password, (byte) 0);
            }
        }, new Told<>(opened -> {
            if (number != current) {
                opened.vault().close();
                return;
            }
            source = opened;
            step.set(new Step.Choosing(facts, opened));
        }, failure -> ifCurrent(number, () -> step.set(new Step.Asking(facts, vaults.problem(failure),
                failure instanceof CoreException.VaultTooCostly)))));
    }

    /// The snapshot that is chosen about.
    Optional<Path> file() {
        return step.get() instanceof Step.Choosing choosing ? Optional.of(choosing.facts().file()) : Optional.empty();
    }

    /// The vaults of this device that it can be merged into, open ones first.
    List<VaultLine> targets() {
        Optional<Path> own = file();
        return vaults.lines().stream()
                .filter(line -> line.state() == State.OPEN || line.state() == State.LOCKED)
                .filter(line -> !line.row().here().equals(own))
                .sorted(Comparator.comparing(line -> line.state() != State.OPEN)).toList();
    }

    /// Works out what would be done; [#outlook] tells it.
    void look(Choice choice) {
        long number = current;
        Opened from = source;
        if (choice.target().isEmpty() || from == null) {
            outlook.set(Outlook.NONE);
            return;
        }
        open.ask(choice.target().get(), target -> {
            Preview all = target.preview(from.vault(), VaultMerge.all(choice.policy()));
            Preview chosen = choice.clients().isEmpty() ? all : target.preview(from.vault(), merge(choice));
            return new Outlook(Optional.of(all), Optional.of(chosen), "");
        }, new Told<>(seen -> ifCurrent(number, () -> outlook.set(seen)), failure -> ifCurrent(number, () ->
                outlook.set(new Outlook(Optional.empty(), Optional.empty(), vaults.problem(failure))))));
    }

    private static VaultMerge merge(Choice choice) {
        return new VaultMerge(choice.policy(), choice.clients(), Set.of(), Set.of(), true, Map.of());
    }

    /// Merges what was looked at last.
    void merge(Path target) {
        Opened from = source;
        Optional<Preview> seen = outlook.get().chosen();
        if (!(step.get() instanceof Step.Choosing(Vaults.Facts facts, Opened opened)) || from == null
                || seen.isEmpty()) {
            return;
        }
        long number = current;
        step.set(new Step.Writing(facts));
        open.change(target, vault -> {
            vault.merge(from.vault(), seen.get());
            return true;
        }, new Told<>(_ -> {
            vaults.note(target, Text.VAULT_HISTORY_MERGED);
            toasts.done(words.get(Text.IMPORT_MERGED, fileName(facts.file()),
                    VaultsModel.name(fileName(target))) + " " + sentence(seen.get(), true));
            ifCurrent(number, this::next);
        }, failure -> failed(number, new Step.Choosing(facts, opened), failure)));
    }

    private void failed(long number, Step back, Throwable failure) {
        toasts.failed(words.get(Text.IMPORT_FAILED), vaults.problem(failure));
        ifCurrent(number, () -> {
            step.set(back);
            outlook.set(Outlook.NONE);
        });
    }

    /// Puts it on the list, where it is. It stays open: its password was typed a moment ago.
    void keep() {
        if (step.get() instanceof Step.Choosing(Vaults.Facts facts, Opened opened)) {
            long number = current;
            step.set(new Step.Writing(facts));
            open.run(() -> facts.file().toRealPath(), new Told<>(file -> listed(facts, file, opened, () ->
                    stayOpen(facts.file(), file)), failure ->
                    failed(number, new Step.Choosing(facts, opened), failure)));
        }
    }

    private void stayOpen(Path asOpened, Path file) {
        Opened kept = source;
        if (kept != null && open.at(file).isEmpty()) {
            source = null;
            open.doors().kept().accept(asOpened);
            vaults.note(file, Text.VAULT_HISTORY_OPENED);
            open.keep(file, kept);
        }
    }

    /// Copies it, and puts the copy on the list.
    ///
    /// @param to a file that is replaced if it is there: the person was asked
    void copy(Path to) {
        if (step.get() instanceof Step.Choosing(Vaults.Facts facts, Opened opened)) {
            long number = current;
            step.set(new Step.Writing(facts));
            open.run(() -> {
                Files.copy(facts.file(), to, StandardCopyOption.REPLACE_EXISTING);
                return to.toRealPath();
            }, new Told<>(copy -> listed(facts, copy, opened, () -> { }), failure ->
                    failed(number, new Step.Choosing(facts, opened), failure)));
        }
    }

    private void listed(Vaults.Facts facts, Path file, Opened opened, Runnable then) {
        long number = current;
        step.set(new Step.Writing(facts));
        vaults.list(file, () -> {
            toasts.done(words.get(Text.IMPORT_KEPT, VaultsModel.name(fileName(file))));
            ifCurrent(number, () -> {
                then.run();
                next();
            });
        }, failure -> failed(number, new Step.Choosing(facts, opened), failure));
    }

    /// Leaves this file; the next one is next.
    void cancel() {
        next();
    }

    /// Leaves this file and all that wait.
    public void close() {
        waiting.clear();
        next();
    }

    /// Such as `Adds 3 records, replaces 1, keeps 2 as they are.`
    String sentence(Preview preview, boolean done) {
        long added = preview.count(Effect.ADDED) + preview.count(Effect.BESIDE);
        long replaced = preview.count(Effect.CHANGED) + preview.count(Effect.REVOKED);
        long kept = preview.count(Effect.KEPT) + preview.count(Effect.STAYS_REVOKED);
        if (added + replaced + preview.newClients() == 0) {
            return words.get(Text.IMPORT_NOTHING);
        }
        return words.get(done ? Text.IMPORT_DID : Text.IMPORT_WOULD, added, replaced, kept);
    }

    void forgetSource() {
        if (source != null) {
            source.vault().close();
            source = null;
        }
    }

    static String fileName(Path file) {
        return String.valueOf(file.getFileName());
    }
}
