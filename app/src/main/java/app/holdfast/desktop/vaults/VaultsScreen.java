package app.holdfast.desktop.vaults;

import app.holdfast.desktop.fx.Dialogs;
import app.holdfast.desktop.fx.Words;

/// All that the window shows of vaults: the page, the dialogs, what lies over the window while something is dragged.
public final class VaultsScreen {

    private final Models models;
    private final Words words;
    private final Dialogs dialogs;
    private final VaultFiles files;
    private final VaultsView view;
    private final DropOverlay overlay;

    public record Models(VaultsModel vaults, ImportModel imports, ExchangeModel exchange) {}

    public VaultsScreen(Models models, Words words, Dialogs dialogs, VaultFiles files) {
        this.models = models;
        this.words = words;
        this.dialogs = dialogs;
        this.files = files;
        view = new VaultsView(models.vaults(), words, dialogs, files, new VaultsView.Actions(this::create,
                this::importFiles, models.exchange()::begin));
        overlay = new DropOverlay(models.imports(), words);
    }

    public VaultsView view() {
        return view;
    }

    public DropOverlay overlay() {
        return overlay;
    }

    /// To be called when the window is on the screen: a file may already wait.
    public void start() {
        new ImportDialog(models.imports(), models.vaults(), words, dialogs, files);
        new ExchangeDialog(models.exchange(), models.vaults(), models.imports(), words, dialogs);
    }

    public void create() {
        VaultDialogs.create(new VaultDialogs.On(models.vaults(), words, dialogs), files);
    }

    /// Asks for snapshots.
    public void importFiles() {
        models.imports().take(files.vaults().get());
    }
}
