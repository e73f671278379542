package app.holdfast.desktop.drives;

/// What to do to reach files on a drive that is away.
///
/// @param drive what it is called
/// @param line  such as `Plug in Backup 2 – shelf 3`
/// @param title the same without the shelf
/// @param shelf where the person keeps it, in their words; empty for nothing noted
/// @param seen  such as `Last seen on studio-pc, 3 Nov`
public record PlugIn(String drive, String line, String title, String shelf, String seen) {

    /// For a column: drive and shelf.
    public String shortLine() {
        return shelf.isEmpty() ? drive : drive + " – " + shelf;
    }
}
