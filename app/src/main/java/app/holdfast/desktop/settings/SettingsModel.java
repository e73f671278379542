package app.holdfast.desktop.settings;

import app.holdfast.core.api.Command;
import app.holdfast.core.api.LibraryReader;
import app.holdfast.core.api.Subscription;
import app.holdfast.desktop.failure.FailureText;
import app.holdfast.desktop.fx.Live;
import app.holdfast.desktop.fx.Toasts;
import app.holdfast.desktop.fx.Words;
import app.holdfast.desktop.settings.WindowChoices.Scheme;
import app.holdfast.ui.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// What a person has chosen, and what becomes of it. All of it holds at once but the language.
public final class SettingsModel {

    /// Kilobytes a second.
    private static final long LIMIT_MAX = 10_000_000;
    private static final int NAME_CHARS_MAX = 100;

    private final Live live;
    private final Words words;
    private final Toasts toasts;
    private final Home home;
    private final ReadOnlyStringWrapper deviceName = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper limit = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<WindowChoices> choices;
    private final Subscription name;
    private final Subscription rule;

    /// Where the choices lie.
    ///
    /// @param background writes files
    /// @param show       told of a scheme that holds from now on
    public record Home(Path data, WindowChoices choices, Executor background, Consumer<Scheme> show) {}

    public SettingsModel(Live live, Words words, Toasts toasts, Home home) {
        this.live = live;
        this.words = words;
        this.toasts = toasts;
        this.home = home;
        choices = new ReadOnlyObjectWrapper<>(home.choices());
        name = live.watchCalmly(LibraryReader::summary, summary -> deviceName.set(summary.deviceName()));
        rule = live.watchCalmly(reader -> reader.syncStatus().rule().bytesPerSecond(), bytes ->
                limit.set(bytes.map(each -> String.valueOf(each / 1000)).orElse("")));
    }

    public Path data() {
        return home.data();
    }

    public ReadOnlyStringProperty deviceName() {
        return deviceName.getReadOnlyProperty();
    }

    /// Kilobytes a second, or empty.
    public ReadOnlyStringProperty limit() {
        return limit.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<WindowChoices> choices() {
        return choices.getReadOnlyProperty();
    }

    /// @return whether it is one: not blank, not too long
    public boolean rename(String typed) {
        String stripped = typed.strip();
        if (stripped.isEmpty() || stripped.length() > NAME_CHARS_MAX) {
            return false;
        }
        if (!stripped.equals(deviceName.get())) {
            submit(new Command.RenameDevice(stripped));
        }
        return true;
    }

    /// @param typed kilobytes a second; blank for no limit
    /// @return whether it is one
    public boolean limitTo(String typed) {
        Optional<Long> bytes = bytes(typed);
        if (bytes.isEmpty() && !typed.isBlank()) {
            return false;
        }
        if (!typed.strip().equals(limit.get())) {
            submit(new Command.LimitSync(Optional.empty(), bytes));
        }
        return true;
    }

    /// @param language as [WindowChoices] has it
    public void speak(String language) {
        choose(new WindowChoices(language, choices.get().scheme(), choices.get().lockMinutes()));
    }

    public void dress(Scheme scheme) {
        choose(new WindowChoices(choices.get().language(), scheme, choices.get().lockMinutes()));
        home.show().accept(scheme);
    }

    /// @param minutes one of [WindowChoices#LOCK_MINUTES]
    public void lockAfter(int minutes) {
        choose(new WindowChoices(choices.get().language(), choices.get().scheme(), minutes));
    }

    public void close() {
        name.close();
        rule.close();
    }

    private void choose(WindowChoices now) {
        if (now.equals(choices.get())) {
            return;
        }
        choices.set(now);
        home.background().execute(() -> {
            try {
                now.write(home.data());
            } catch (IOException e) {
                live.onScreen(() -> toasts.failed(words.get(Text.SETTINGS_NOT_SAVED),
                        words.get(Text.SETTINGS_NOT_SAVED_DETAIL)));
            }
        });
    }

    private static Optional<Long> bytes(String typed) {
        try {
            long kilobytes = Long.parseLong(typed.strip());
            return kilobytes >= 1 && kilobytes <= LIMIT_MAX ? Optional.of(kilobytes * 1000) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private void submit(Command command) {
        live.submit(command, () -> { }, failure ->
                toasts.failed(words.get(Text.SETTINGS_NOT_SAVED), FailureText.of(failure, words.texts())));
    }
}
