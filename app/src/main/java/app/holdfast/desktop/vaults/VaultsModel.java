package app.holdfast.desktop.vaults;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.Subscription;
import app.holdfast.core.api.VaultContent;
import app.holdfast.core.api.VaultRow;
import app.holdfast.core.api.Vaults;
import app.holdfast.core.model.VaultId;
import app.holdfast.desktop.fx.Live;
import app.holdfast.desktop.fx.Toasts;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.vaults.OpenVaults.Opened;
import app.holdfast.desktop.vaults.OpenVaults.Told;
import app.holdfast.ui.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.MapChangeListener;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The list of vaults, the one that is chosen, and how it is opened and locked. What is done inside of an open one is
/// [VaultDeeds].
public final class VaultsModel {

    static final String EXTENSION = ".stronghold";

    private final Live live;
    private final Words words;
    private final Toasts toasts;
    private final OpenVaults open;
    private final VaultDeeds deeds;
    private final VaultHistory history;
    private final Supplier<Duration> idle;
    private final ObservableList<VaultLine> lines = FXCollections.observableArrayList();
    private final ObservableList<VaultLine> linesShown = FXCollections.unmodifiableObservableList(lines);
    private final ReadOnlyObjectWrapper<Page> page = new ReadOnlyObjectWrapper<>(new Page.Nothing());
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
    private final Map<VaultId, Attempt> attempts = new HashMap<>();
    private final List<Runnable> closing = new ArrayList<>();
    private final Subscription watching;
    private List<VaultRow> rows = List.of();
    private @Nullable VaultId chosen;
    /// A vault that was just made, and is not on the list yet.
    private @Nullable Path awaited;
    private long attempted;

    public enum State { LOCKED, OPEN, AWAY, MISSING }

    /// @param detail the second line: what it holds, or why it cannot be opened
    public record VaultLine(VaultRow row, State state, String name, String detail) {

        String spoken() {
            return name + ", " + detail;
        }
    }

    /// What is shown of the chosen vault.
    public sealed interface Page {
        record Nothing() implements Page {}

        /// @param problem why it was not opened; empty for none
        /// @param costly  that it takes more memory than is taken without asking
        record Locked(VaultLine line, String about, boolean busy, String problem, boolean costly) implements Page {}

        /// It cannot be opened on this device.
        record Elsewhere(VaultLine line, String title, String about) implements Page {}

        record Open(VaultLine line, Path file, String about, VaultContent content) implements Page {}
    }

    /// One unlocking; a later one of the same vault makes it void.
    private record Attempt(long number, boolean busy, String problem, boolean costly) {}

    /// @param idle after which an open vault locks itself; zero for never
    public VaultsModel(Live live, Words words, Toasts toasts, VaultDoors doors, Supplier<Duration> idle) {
        this.live = live;
        this.words = words;
        this.toasts = toasts;
        this.idle = idle;
        open = new OpenVaults(live, doors);
        history = new VaultHistory(words);
        deeds = new VaultDeeds(open, words, toasts, history);
        open.open().addListener((MapChangeListener<Path, Opened>) _ -> show());
        watching = live.watch(LibraryReader::vaults, answer -> {
            rows = answer;
            show();
        });
    }

    public ObservableList<VaultLine> lines() {
        return linesShown;
    }

    public ReadOnlyObjectProperty<Page> page() {
        return page.getReadOnlyProperty();
    }

    /// Such as `3 vaults, 1 unlocked`.
    public ReadOnlyStringProperty summary() {
        return summary.getReadOnlyProperty();
    }

    /// For what is done inside of an open vault.
    VaultDeeds deeds() {
        return deeds;
    }

    OpenVaults open() {
        return open;
    }

    List<VaultHistory.Line> history(VaultLine line) {
        return history.of(line.row());
    }

    Toasts toasts() {
        return toasts;
    }

    /// @param task runs when the window is closed
    void whenClosed(Runnable task) {
        closing.add(task);
    }

    void note(Path file, Text what) {
        history.add(file, what);
    }

    public void choose(VaultId id) {
        chosen = id;
        show();
    }

    /// @param password UTF-8; is wiped, whatever happens
    /// @param allowed  the person allows what takes very much memory
    void unlock(VaultLine line, byte[] password, boolean allowed) {
        Vaults.Opening usual = Vaults.Opening.usual();
        VaultId id = line.row().id();
        Path file = line.row().here().orElseThrow();
        long number = ++attempted;
        attempts.put(id, new Attempt(number, true, "", false));
        show();
        open.unlock(file, password, new Vaults.Opening(usual.derivation(), usual.saltFile(),
                allowed ? Vaults.WORK_FACTOR_MAX : usual.workFactorMax()), new Told<>(opened -> {
                    if (isCurrent(id, number)) {
                        attempts.remove(id);
                        history.add(file, Text.VAULT_HISTORY_OPENED);
                        open.keep(file, opened);
                    } else {
                        opened.vault().close();
                    }
                }, failure -> {
                    if (isCurrent(id, number)) {
                        attempts.put(id, new Attempt(number, false, problem(failure),
                                failure instanceof CoreException.VaultTooCostly));
                        show();
                    }
                }));
    }

    private boolean isCurrent(VaultId id, long number) {
        Attempt attempt = attempts.get(id);
        return attempt != null && attempt.number() == number;
    }

    /// A derivation cannot be stopped; what it opens is locked again at once.
    void cancelUnlocking(VaultLine line) {
        attempts.remove(line.row().id());
        show();
    }

    /// @param password is wiped, whatever happens
    /// @param told     of the failure in words; empty when it is made
    void create(Path file, byte[] password, Consumer<String> told) {
        open.create(file, password, new Told<>(made -> {
            awaited = made;
            history.add(made, Text.VAULT_HISTORY_MADE);
            show();
            told.accept("");
        }, failure -> told.accept(problem(failure))));
    }

    public void lock(Path file) {
        history.add(file, Text.VAULT_HISTORY_LOCKED);
        open.lock(file);
    }

    public void lockAll() {
        List.copyOf(open.open().keySet()).forEach(this::lock);
    }

    /// To be called now and then.
    public void lockIdle() {
        Duration limit = idle.get();
        if (!limit.isZero()) {
            open.lockIdle(limit, file -> {
                history.add(file, Text.VAULT_HISTORY_LOCKED);
                toasts.news(words.get(Text.VAULT_LOCKED_ITSELF, name(file.getFileName().toString())),
                        words.get(Text.VAULT_LOCKED_ITSELF_DETAIL));
            });
        }
    }

    /// Takes a vault of this device off the list; its file stays.
    void forget(VaultLine line) {
        line.row().here().ifPresent(open::lock);
        live.submit(new Command.ForgetVault(line.row().id()), () -> toasts.done(words.get(Text.VAULT_FORGOTTEN,
                line.name())), failure -> toasts.failed(words.get(Text.VAULT_FAILED, line.name()), problem(failure)));
    }

    /// Puts a file on the list.
    void list(Path file, Runnable done, Consumer<Throwable> failed) {
        awaited = file;
        live.submit(new Command.NoteVault(file, Vaults.Deed.SEEN), done, failed);
    }

    public void close() {
        watching.close();
        closing.forEach(Runnable::run);
        open.close();
    }

    String problem(Throwable failure) {
        return VaultDeeds.problem(failure, words);
    }

    /// A vault's name is its file's, without the ending.
    static String name(String file) {
        return file.toLowerCase(Locale.ROOT).endsWith(EXTENSION) && file.length() > EXTENSION.length()
                ? file.substring(0, file.length() - EXTENSION.length()) : file;
    }

    private void show() {
        Optional<VaultRow> made = rows.stream().filter(row -> awaited != null
                && row.here().filter(awaited::equals).isPresent()).findFirst();
        made.ifPresent(row -> {
            chosen = row.id();
            awaited = null;
        });
        List<VaultLine> now = rows.stream().map(this::line).toList();
        if (!now.equals(lines)) {
            lines.setAll(now);
        }
        long unlocked = now.stream().filter(line -> line.state() == State.OPEN).count();
        summary.set(now.isEmpty() ? "" : words.get(Text.VAULTS_SUMMARY, now.size(), unlocked));
        Optional<VaultLine> shown = now.stream().filter(line -> line.row().id().equals(chosen)).findFirst()
                .or(() -> now.stream().findFirst());
        chosen = shown.map(line -> line.row().id()).orElse(null);
        page.set(shown.map(this::page).orElse(new Page.Nothing()));
    }

    private VaultLine line(VaultRow row) {
        Optional<Opened> opened = row.here().flatMap(open::at);
        String name = name(row.name());
        if (opened.isPresent()) {
            VaultContent content = opened.get().content();
            long records = content.clients().stream().flatMap(client -> client.vaults().stream())
                    .mapToLong(vault -> vault.records().size()).sum();
            long clients = content.clients().stream().filter(client -> !ContentRows.isNames(client)).count();
            return new VaultLine(row, State.OPEN, name, words.get(Text.VAULT_HOLDS, clients, records));
        }
        if (row.here().isEmpty()) {
            return new VaultLine(row, State.AWAY, name, words.get(Text.VAULT_ON, row.deviceName()));
        }
        return row.missing() ? new VaultLine(row, State.MISSING, name, words.get(Text.VAULT_MISSING))
                : new VaultLine(row, State.LOCKED, name, words.get(Text.VAULT_LOCKED));
    }

    private Page page(VaultLine line) {
        VaultRow.Facts facts = line.row().facts();
        String about = words.get(Text.VAULT_ABOUT, facts.version(), words.size(facts.size()),
                words.date(facts.changed()));
        return switch (line.state()) {
            case AWAY -> new Page.Elsewhere(line, words.get(Text.VAULT_AWAY, line.name(), line.row().deviceName()),
                    about + "\n" + line.row().path());
            case MISSING -> new Page.Elsewhere(line, words.get(Text.VAULT_GONE, line.name()),
                    words.get(Text.VAULT_GONE_DETAIL, line.row().path()));
            case LOCKED -> {
                Attempt attempt = attempts.getOrDefault(line.row().id(), new Attempt(0, false, "", false));
                yield new Page.Locked(line, about, attempt.busy(), attempt.problem(), attempt.costly());
            }
            case OPEN -> {
                Path file = line.row().here().orElseThrow();
                long minutes = idle.get().toMinutes();
                yield new Page.Open(line, file, words.get(Text.VAULT_SNAPSHOT, facts.version(),
                        words.size(facts.size())) + " " + (minutes == 0 ? words.get(Text.VAULT_LOCKS_NEVER)
                        : words.get(Text.VAULT_LOCKS, minutes)), open.at(file).orElseThrow().content());
            }
        };
    }
}
