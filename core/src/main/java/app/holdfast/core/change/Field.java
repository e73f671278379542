package app.holdfast.core.change;

/// One field of a model.
///
/// @param name a name that never changes; `x.*` stands for every field whose name begins with `x.`
/// @param type what commands may put into it
/// @param rule how versions that were written without knowledge of each other become one
public record Field(String name, FieldType type, MergeRule rule) {

    private static final String ANY = "*";

    /// @param charactersMax code points
    public static Field text(String name, int charactersMax) {
        return of(name, new FieldType.Text(charactersMax));
    }

    public static Field whole(String name, long min, long max) {
        return of(name, new FieldType.Whole(min, max));
    }

    public static Field flag(String name) {
        return of(name, new FieldType.Flag());
    }

    /// A reference; [Model#with(ForeignKey)] says to what.
    public static Field ref(String name) {
        return of(name, new FieldType.Ref());
    }

    public static Field bytes(String name, int bytesMax) {
        return of(name, new FieldType.Bytes(bytesMax));
    }

    /// Of any type, the latest version wins.
    public static Field of(String name, FieldType type) {
        return new Field(name, type, MergeRule.LATEST);
    }

    /// The same field with a merge rule of its own.
    public Field merging(MergeRule own) {
        return new Field(name, type, own);
    }

    /// Whether this declaration is about a field of that name.
    boolean isAbout(String field) {
        return isFamily() ? field.length() > prefix().length() && field.startsWith(prefix()) : field.equals(name);
    }

    boolean isFamily() {
        return name.endsWith(ANY);
    }

    /// The name, without the mark of a family.
    String prefix() {
        return isFamily() ? name.substring(0, name.length() - ANY.length()) : name;
    }
}
