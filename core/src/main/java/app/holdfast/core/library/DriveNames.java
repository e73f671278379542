package app.holdfast.core.library;

import java.util.Collection;

/// What drives are called when their own labels do not tell them apart: pure.
///
/// A copy has the label of the drive that it is a copy of. It is called by that with a number, such as `Backup 2 (2)`,
/// until somebody gives it another label.
final class DriveNames {

    private static final int FIRST_COPY = 2;

    private DriveNames() {
    }

    /// @param label that the copy shares with its original
    /// @param taken names of all drives
    static String ofCopy(String label, Collection<String> taken) {
        int number = FIRST_COPY;
        while (taken.contains(numbered(label, number))) {
            number++;
        }
        return numbered(label, number);
    }

    private static String numbered(String label, int number) {
        return label + " (" + number + ")";
    }

    /// @param known what the drive was called so far; empty for none
    /// @param label that it has now
    /// @return the name so far, if that is the label with a number; else the label
    static String now(String known, String label) {
        boolean isNumbered = known.startsWith(label) && known.substring(label.length()).matches(" \\([1-9][0-9]*\\)");
        return isNumbered ? known : label;
    }
}
