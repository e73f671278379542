package app.holdfast.core.vault;

import app.holdfast.core.api.CoreException;
import app.holdfast.core.api.OpenVault;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The process that [KilledSaveTest] kills and [FailingSaveTest] harms: it saves a vault again and again, and says how
/// often after each time, or why it could not.
final class SavingChild {

    static final String PASSWORD = "x";
    static final String FAILED = "failed ";

    private SavingChild() {
    }

    /// @param arguments the file, how often it was saved before, how often to try, a seed
    public static void main(String[] arguments) throws Exception {
        int from = Integer.parseInt(arguments[1]);
        long tries = Long.parseLong(arguments[2]);
        try (OpenVault vault = new Desk(Long.parseLong(arguments[3])).open(Path.of(arguments[0]), PASSWORD)) {
            for (int saved = from + 1; saved <= from + tries; saved++) {
                count(vault, saved);
                try {
                    vault.save();
                    System.out.println(saved);
                } catch (CoreException e) {
                    System.out.println(FAILED + e.code() + " " + e.getMessage());
                }
                if (System.out.checkError()) {
                    return; // nobody listens any more
                }
            }
        }
    }

    /// A value as long as the count: a record would be noted in JSON too, for which a process that is killed soon has
    /// to load half of Jackson.
    static void count(OpenVault vault, int saved) throws CoreException {
        vault.putValue(Desk.CLIENT, "count", new byte[saved], Optional.empty());
    }

    /// How often a vault was saved, as it says itself.
    static int count(OpenVault vault) throws CoreException {
        return vault.content().clients().stream().flatMap(client -> client.store().stream())
                .filter(value -> value.key().equals("count")).findFirst().orElseThrow().size();
    }

    /// The command that starts this program, but for its arguments.
    static List<String> program() {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
                "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                "-cp", System.getProperty("java.class.path"), SavingChild.class.getName());
    }

    /// What is being written beside a vault's file, or was when a process died.
    static List<String> siblings(Path file) {
        String[] names = Objects.requireNonNull(file.toFile().getParentFile().list());
        return Arrays.stream(names).filter(name -> name.endsWith(".saving")).toList();
    }
}
