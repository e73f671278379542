package app.holdfast.core.change;

/// Says that a field holds the id of a record or row of another model.
///
/// @param field  a field of type [FieldType.Ref]
/// @param target a model's name
public record ForeignKey(String field, String target, Need need) {

    /// What the record is without what it points to.
    public enum Need {
        /// Nothing: it is deleted with it, and writing it keeps it alive (R9). Unseen until it is here.
        REQUIRED,
        /// The same record; the field reads as nothing.
        OPTIONAL,
        /// Kept and passed on, but unseen until what it points to is here; never deleted with it.
        WEAK
    }

    public static ForeignKey required(String field, String target) {
        return new ForeignKey(field, target, Need.REQUIRED);
    }

    public static ForeignKey optional(String field, String target) {
        return new ForeignKey(field, target, Need.OPTIONAL);
    }

    public static ForeignKey weak(String field, String target) {
        return new ForeignKey(field, target, Need.WEAK);
    }
}
