package app.holdfast.core.vault;

import app.holdfast.core.api.OpenVault;
import java.nio.file.Path;

/// The process that [KilledSaveTest] kills: it saves a vault again and again, and says how often before each time.
final class SavingChild {

    static final String PASSWORD = "x";

    private SavingChild() {
    }

    /// @param arguments the file, how often it was saved before
    public static void main(String[] arguments) throws Exception {
        int from = Integer.parseInt(arguments[1]);
        try (OpenVault vault = new Desk(from).open(Path.of(arguments[0]), PASSWORD)) {
            for (int saved = from + 1; ; saved++) {
                Desk.put(vault, "count", Integer.toString(saved));
                vault.save();
                System.out.println(saved);
            }
        }
    }
}
